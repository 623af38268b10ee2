"""Banknotes that stand in no payment, on the wire: what a terminal tells of them, what is answered.

A note that is in the box and belongs to no session is in suspense; one of which nobody knows where it
is, and that no session owns, is disputed. Each is told once; `(terminal id, cycle, state)` is its
identity for ever, so that telling it again changes nothing. A disputed note that turns up in the box
is told a second time, as suspense. These models must never carry anything of a customer.
"""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Final, Self

from pydantic import AwareDatetime, Field, field_serializer, model_validator

from terminal_api.payments import (
    MAX_EVIDENCE,
    MAX_MINOR,
    Amount,
    Currency,
    FieldValue,
    Identity,
    TerminalId,
    Verdict,
)
from terminal_api.shapes import Answered, Told

MAX_NOTE_REPORTS: Final = 500


class LooseState(StrEnum):
    """How a note stands that is in no payment."""

    SUSPENSE = "suspense"
    """In the box, credited to nobody."""
    DISPUTED = "disputed"
    """Nobody knows where it is."""


class NoteReport(Told):
    """One banknote by the identity of its accept cycle.

    `minor` and `currency` are null where a disputed note is not recognised. `disputed_minor` is for
    suspense alone: what was told of this very note as disputed before, in a payment or in a report;
    it stands in the books already. `at` is the terminal's own clock.
    """

    cycle: Identity
    state: LooseState
    minor: Annotated[int, Field(gt=0, le=MAX_MINOR)] | None
    currency: Currency | None
    disputed_minor: Amount = 0
    at: AwareDatetime
    evidence: tuple[FieldValue, ...] = Field(default=(), max_length=MAX_EVIDENCE)

    @field_serializer("at")
    def _one_form_of_an_instant(self, value: datetime) -> str:
        return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if (self.minor is None) != (self.currency is None):
            raise ValueError("a value needs its currency, and a currency its value")
        if self.state is LooseState.SUSPENSE and self.minor is None:
            raise ValueError("a note in the box has a value")
        if self.state is LooseState.DISPUTED and self.disputed_minor:
            raise ValueError("disputed_minor belongs to suspense")
        return self


class NoteReportBatch(Told):
    """Up to 500 reports of one terminal, each note and state once."""

    terminal_id: TerminalId
    notes: tuple[NoteReport, ...] = Field(min_length=1, max_length=MAX_NOTE_REPORTS)

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len({(one.cycle, one.state) for one in self.notes}) != len(self.notes):
            raise ValueError("a note stands twice in the same state")
        return self


class NoteReportAnswer(Answered):
    """What the backend did with one report: accepted, duplicate or conflict."""

    cycle: Identity
    state: LooseState
    verdict: Verdict
    message: str = ""


class NoteReportsAnswer(Answered):
    """One answer for each report of a batch, in the batch's order."""

    terminal_id: TerminalId
    answers: tuple[NoteReportAnswer, ...]
