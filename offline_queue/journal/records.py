"""Everything the terminal remembers, as typed records.

A record states a fact that has happened or an intent that must be known after a crash. Records are
never changed; a new meaning gets a new kind or a new field with a default, so that journals of
earlier versions stay readable. They hold accounts and phones (they are the books); logs must not.
Amounts are integers of minor units (kopecks).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Literal, get_args

from pydantic import Field, TypeAdapter
from pydantic_core import SchemaSerializer

from config.catalogue_models import FeeBand
from offline_queue.journal.cash_records import (
    CashCollected,
    CassetteOpened,
    ClockJumped,
    CollectionReported,
    NoteReported,
)
from offline_queue.journal.delivery_records import PaymentsOfferedAgain
from offline_queue.journal.new_beginning_records import JournalSetAside, NumbersSkipped
from offline_queue.journal.slip_records import SlipMade
from terminal_api.payments import PaymentItem, PaymentStatus, Verdict


class Decision(StrEnum):
    """What the terminal decided for a note in escrow, recorded before the command leaves."""

    STACK = "stack"
    RETURN = "return"


class SessionEnd(StrEnum):
    """Why a session ended without a payment."""

    LEFT = "left"
    TIMED_OUT = "timed_out"
    RESTARTED = "restarted"
    NOT_POSSIBLE = "not_possible"


class PaymentTrigger(StrEnum):
    """What turned the money inside into a payment."""

    CUSTOMER = "customer"
    TIMED_OUT = "timed_out"
    RECOVERED = "recovered"
    MACHINE = "machine"


class SlipOutcome(StrEnum):
    """How printing a slip ended."""

    PRINTED = "printed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class TerminalStarted:
    """A life of the terminal begins; `boot` is unique for each start. `terminal_id` is empty in
    journals of versions that did not tell it.
    """

    kind: Literal["terminal_started"] = "terminal_started"
    boot: str
    version: str
    terminal_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionOpened:
    """The customer confirmed an account; from here a note may enter.

    It holds all that the payment needs, so that a restart with another catalogue changes nothing.
    `language` is that of the slip; empty in journals of versions that knew one only.
    """

    kind: Literal["session_opened"] = "session_opened"
    session: str
    provider_id: int
    provider_code: str
    provider_name: str
    account: str
    fields: tuple[tuple[str, str], ...]
    currency: str
    fee_version: str
    fee: tuple[FeeBand, ...]
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionClosed:
    """A session ended with nothing inside."""

    kind: Literal["session_closed"] = "session_closed"
    session: str
    why: SessionEnd


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteEscrowed:
    """A note waits in escrow and this is what will be ordered; durable before the order leaves."""

    kind: Literal["note_escrowed"] = "note_escrowed"
    session: str | None
    cycle: str
    minor: int
    currency: str
    decision: Decision
    device_count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteStacked:
    """A note is in the cassette. Without a session it is suspense. Durable before the acceptor gets
    its acknowledgement. `how` tells by which evidence: normal, recovered, counter.
    """

    kind: Literal["note_stacked"] = "note_stacked"
    session: str | None
    cycle: str
    minor: int
    currency: str
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteReturnOrdered:
    """A note goes back after all, whatever was decided for it at escrow: it is about to be given back
    to the customer by a reset or an order. Durable before that leaves, so that a device which has
    nothing more to say of it after another power cut leaves no doubt.
    """

    kind: Literal["note_return_ordered"] = "note_return_ordered"
    cycle: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteReturned:
    """The note of this cycle went back to the customer."""

    kind: Literal["note_returned"] = "note_returned"
    cycle: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteDisputed:
    """Nobody can say where this note is; its evidence goes to collection and support."""

    kind: Literal["note_disputed"] = "note_disputed"
    session: str | None
    cycle: str
    minor: int | None
    currency: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentFormed:
    """A payment exists: number, fee and slip are fixed. Ends its session and enters the outbox.
    `online` is what the slip says of the link.
    """

    kind: Literal["payment_formed"] = "payment_formed"
    item: PaymentItem
    trigger: PaymentTrigger
    slip_text: str
    template: str
    online: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentsSent:
    """These payments are about to leave; until answered their outcome is unknown."""

    kind: Literal["payments_sent"] = "payments_sent"
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentAnswered:
    """The backend said how a payment stands."""

    kind: Literal["payment_answered"] = "payment_answered"
    number: int
    verdict: Verdict | None
    status: PaymentStatus
    uid: str | None
    message: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentParked:
    """The backend cannot read this payment; it waits for a person and holds up nobody else."""

    kind: Literal["payment_parked"] = "payment_parked"
    number: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipStarted:
    """Bytes of this slip are about to go to the printer; until settled it may have come out."""

    kind: Literal["slip_started"] = "slip_started"
    receipt_number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipSettled:
    """How printing this slip ended."""

    kind: Literal["slip_settled"] = "slip_settled"
    receipt_number: int
    outcome: SlipOutcome
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceNoted:
    """Something a technician or an auditor will want to know of a device."""

    kind: Literal["device_noted"] = "device_noted"
    device: str
    event: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalPruned:
    """The records up to place `up_to` are removed: all that they began has ended. What followed from
    them is kept, sealed.

    Attributes:
        up_to: the last place that was removed.
        mac: the chain's HMAC at that place, in hex.
        kept: the seal of what is kept, in hex.
        archive: the name of the file that holds the removed records; empty where none is kept.
    """

    kind: Literal["journal_pruned"] = "journal_pruned"
    up_to: int
    mac: str
    kept: str
    archive: str = ""


JournalRecord = (
    TerminalStarted
    | SessionOpened
    | SessionClosed
    | NoteEscrowed
    | NoteStacked
    | NoteReturnOrdered
    | NoteReturned
    | NoteDisputed
    | PaymentFormed
    | PaymentsSent
    | PaymentAnswered
    | PaymentParked
    | PaymentsOfferedAgain
    | SlipMade
    | SlipStarted
    | SlipSettled
    | DeviceNoted
    | JournalPruned
    | CashCollected
    | CassetteOpened
    | ClockJumped
    | NoteReported
    | CollectionReported
    | JournalSetAside
    | NumbersSkipped
)

_ADAPTER: TypeAdapter[JournalRecord] = TypeAdapter(
    Annotated[JournalRecord, Field(discriminator="kind")]
)


# One for each kind: to look for the kind among all of them is most of the work.
_WRITERS: Mapping[type, SchemaSerializer] = {
    kind: TypeAdapter(kind).serializer for kind in get_args(JournalRecord)
}


def to_text(record: JournalRecord) -> str:
    """The JSON of a record, as the chain is computed over it: one line, no spaces, fields in the
    order in which they are declared.

    Raises:
        ValueError: some text in it is no text.
    """
    return _WRITERS[type(record)].to_json(record).decode()


def from_text(text: str) -> JournalRecord:
    """Read a record back.

    Raises:
        ValueError: the text is no record of any known kind.
    """
    return _ADAPTER.validate_json(text)


_ITEM_STARTS = '{"kind":"payment_formed","item":'
_JSON = json.JSONDecoder()


def item_text(body: str) -> str:
    """The payment in the text of a `PaymentFormed`, character by character as it was stored.

    Raises:
        ValueError: the text is no such record as `to_text` writes it.
    """
    start = len(_ITEM_STARTS)
    if not body.startswith(_ITEM_STARTS):
        raise ValueError("not a payment_formed as it is written")
    _, end = _JSON.raw_decode(body, start)
    return body[start:end]
