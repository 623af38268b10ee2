"""Records about the cash box as a whole, and about the terminal's own clock.

A collection closes a period: what the journal expects in the box, what is disputed and what is in
suspense. `offline_queue.journal.records` joins these kinds to the others. They must hold nothing of
a customer: no account, no phone.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from terminal_api.notes import LooseState
from terminal_api.payments import Verdict


class CollectionHow(StrEnum):
    """What the terminal knew of the cassette when the period was closed."""

    ANNOUNCED = "announced"
    """It was inside and is to be taken out next; no money is taken until then."""
    CASSETTE_OUT = "cassette_out"
    """It was out at that moment."""
    CASSETTE_CHANGED = "cassette_changed"
    """It had been out and was back, and no note had been stacked since."""


class JumpSeen(StrEnum):
    """When a jump of the wall clock was noticed."""

    RUNNING = "running"
    START = "start"


@dataclass(frozen=True, slots=True, kw_only=True)
class CashCount:
    """So many notes of one denomination (kopecks)."""

    currency: str
    minor: int
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteInQuestion:
    """A note of this period that is disputed, or in the box and credited to nobody. `minor` is None
    where nobody knows its value; `at` is the wall clock of its record, as ISO 8601 text.
    """

    cycle: str
    minor: int | None
    currency: str
    at: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CashCollected:
    """A period is closed and the next one begins. `request` is the order's identity: one order
    closes one period, however often it is given. `since` is the wall clock of the period's first
    record, `at` that of its end; `payments` counts the payments formed in it, `openings` how often
    the cassette was opened without a collection.
    """

    kind: Literal["cash_collected"] = "cash_collected"
    number: int
    request: str
    operator: str
    how: CollectionHow
    receipt_number: int
    since: str
    at: str
    counts: tuple[CashCount, ...]
    disputed: tuple[NoteInQuestion, ...]
    suspense: tuple[NoteInQuestion, ...]
    payments: int
    openings: int
    slip_text: str
    template: str

    def total_minor(self, currency: str) -> int:
        """Kopecks that the journal expects in the box."""
        return sum(one.minor * one.count for one in self.counts if one.currency == currency)


@dataclass(frozen=True, slots=True, kw_only=True)
class CassetteOpened:
    """The cassette was taken out or opened. `expected` is false where neither a collection announced
    it nor the box was empty by the journal: such an opening is evidence, and changes no count.
    """

    kind: Literal["cassette_opened"] = "cassette_opened"
    expected: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockJumped:
    """The wall clock went another way than time did. `should_be` is what the terminal expected (at a
    start: the time of the last record), `became` what the clock said, both as ISO 8601 text;
    `difference_ms` is the second less the first.
    """

    kind: Literal["clock_jumped"] = "clock_jumped"
    seen: JumpSeen
    should_be: str
    became: str
    difference_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionReported:
    """The backend answered for the period of this number, and for those before it. `verdict` is None
    when it could not read the report at all; then, and after a conflict, a person must look.
    """

    kind: Literal["collection_reported"] = "collection_reported"
    number: int
    verdict: Verdict | None
    message: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteReported:
    """The backend answered for a note that stands in no payment. `verdict` is None when it could not
    read the report at all; then, and after a conflict, a person must look.
    """

    kind: Literal["note_reported"] = "note_reported"
    cycle: str
    state: LooseState
    verdict: Verdict | None
    message: str = ""
