"""Payments on the wire: what a terminal tells, what the backend answers.

What a terminal sends is checked strictly and knows no unknown field; what the backend answers may
carry fields of a later version, which an older terminal ignores. Amounts are integers of minor
units (kopecks), bounded so that sums stay exact in every language and database. A model must never
repair what it is given: content that does not add up is refused.
"""

from datetime import UTC, datetime
from enum import StrEnum
from itertools import pairwise
from typing import Annotated, Final, Self

from pydantic import (
    AwareDatetime,
    Field,
    StringConstraints,
    field_serializer,
    model_validator,
)

from terminal_api.shapes import Answered, Told

MAX_BATCH: Final = 500
MAX_NOTES: Final = 2000
MAX_EVIDENCE: Final = 50
MAX_MINOR: Final = 10**13
MAX_NUMBER: Final = 2**53 - 1
"""The largest integer that every JSON reader keeps exact."""

_PRINTABLE = r"^[^\x00-\x1f\x7f]*$"

TerminalId = Annotated[str, StringConstraints(pattern=r"^[0-9]{8}$")]
Number = Annotated[int, Field(ge=1, le=MAX_NUMBER)]
Amount = Annotated[int, Field(ge=0, le=MAX_MINOR)]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Code = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=_PRINTABLE)]
Identity = Annotated[str, StringConstraints(min_length=1, max_length=128, pattern=_PRINTABLE)]
FieldValue = Annotated[str, StringConstraints(max_length=500, pattern=_PRINTABLE)]


class NoteItem(Told):
    """One banknote by the identity of its accept cycle. `disputed`: nobody knows where it is, and
    `evidence` is what is known of its way; such a note may have the value 0, which says that it was
    not recognised. Without evidence the field is left out, as earlier versions wrote it.
    """

    cycle: Identity
    minor: Amount
    currency: Currency
    disputed: bool = False
    evidence: tuple[FieldValue, ...] = Field(
        default=(), max_length=MAX_EVIDENCE, exclude_if=lambda evidence: not evidence
    )

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if not self.disputed and (self.minor == 0 or self.evidence):
            raise ValueError("only a disputed note may lack a value, or have evidence")
        return self


class PaymentItem(Told):
    """One whole payment. `(terminal id, number)` is its identity for ever.

    `inserted = credited + fee + change`, and the notes that are not disputed make up `inserted`, to
    the kopeck; the disputed ones make up `disputed_minor`. `formed_at` is the terminal's own clock.
    """

    number: Number
    session: Identity
    provider_id: Annotated[int, Field(ge=0, le=MAX_NUMBER)]
    provider_code: Code
    account: FieldValue
    fields: dict[Code, FieldValue] = Field(max_length=50)
    currency: Currency
    inserted_minor: Amount
    fee_minor: Amount
    credited_minor: Amount
    change_minor: Amount = 0
    disputed_minor: Amount = 0
    fee_version: Code
    formed_at: AwareDatetime
    receipt_number: Annotated[int, Field(ge=0, le=MAX_NUMBER)]
    notes: tuple[NoteItem, ...] = Field(min_length=1, max_length=MAX_NOTES)

    @field_serializer("formed_at")
    def _one_form_of_an_instant(self, value: datetime) -> str:
        return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")

    @model_validator(mode="after")
    def _money_adds_up(self) -> Self:
        if self.inserted_minor != self.credited_minor + self.fee_minor + self.change_minor:
            raise ValueError("inserted is not credited + fee + change")
        if self.inserted_minor != self._sum_of_notes(disputed=False):
            raise ValueError("inserted is not the sum of the notes that are not disputed")
        if self.disputed_minor != self._sum_of_notes(disputed=True):
            raise ValueError("disputed is not the sum of the disputed notes")
        return self

    @model_validator(mode="after")
    def _notes_are_one_of_a_kind(self) -> Self:
        if any(note.currency != self.currency for note in self.notes):
            raise ValueError("a note has another currency than the payment")
        if len({note.cycle for note in self.notes}) != len(self.notes):
            raise ValueError("an accept cycle stands twice")
        return self

    def _sum_of_notes(self, *, disputed: bool) -> int:
        return sum(note.minor for note in self.notes if note.disputed is disputed)


class PaymentBatch(Told):
    """Up to 500 payments of one terminal, in ascending order of their numbers."""

    terminal_id: TerminalId
    payments: tuple[PaymentItem, ...] = Field(min_length=1, max_length=MAX_BATCH)

    @model_validator(mode="after")
    def _ascending(self) -> Self:
        if not _strictly_ascending([payment.number for payment in self.payments]):
            raise ValueError("payment numbers must ascend without repeats")
        return self


class Verdict(StrEnum):
    """What the backend did with one payment of a batch."""

    ACCEPTED = "accepted"
    """Stored now."""
    DUPLICATE = "duplicate"
    """Stored before with the very same content; nothing changed."""
    CONFLICT = "conflict"
    """The number or one of its notes is stored with other content; nothing changed, alarm."""
    REJECTED = "rejected"
    """This item cannot be a payment; it was not stored. The rest of the batch is not affected."""


class PaymentStatus(StrEnum):
    """Where a payment stands at the backend. `credited` and `refused` are final."""

    ACCEPTED = "accepted"
    CREDITED = "credited"
    REFUSED = "refused"
    DISPUTED = "disputed"
    UNKNOWN = "unknown"
    """The backend has no payment of this number."""


class PaymentAnswer(Answered):
    """The backend's answer for one payment. `uid` is the backend's identity of what it stored."""

    number: Number
    verdict: Verdict
    status: PaymentStatus
    uid: str | None
    message: str = ""


class BatchAnswer(Answered):
    """One answer for each payment of a batch, in the batch's order."""

    terminal_id: TerminalId
    answers: tuple[PaymentAnswer, ...]


class StatusQuestion(Told):
    """Which payments the terminal asks about: distinct numbers, in ascending order."""

    terminal_id: TerminalId
    numbers: tuple[Number, ...] = Field(min_length=1, max_length=MAX_BATCH)

    @model_validator(mode="after")
    def _ascending(self) -> Self:
        if not _strictly_ascending(self.numbers):
            raise ValueError("payment numbers must ascend without repeats")
        return self


class PaymentState(Answered):
    """What the backend holds under one number. `body_hash` is `terminal_api.body_hash` of what is
    stored: by it a terminal sees that a known number is really its own payment.
    """

    number: Number
    status: PaymentStatus
    uid: str | None
    body_hash: str | None = None


class StatusAnswer(Answered):
    """One state for each number asked, `unknown` where there is no payment."""

    terminal_id: TerminalId
    payments: tuple[PaymentState, ...]


def _strictly_ascending(numbers: tuple[int, ...] | list[int]) -> bool:
    return all(before < after for before, after in pairwise(numbers))
