"""Closed periods of the cash box on the wire: what was taken out, by the terminal's own count.

A period is closed once, and its number is its identity for ever: `(terminal id, period)`. Counts are
what the journal expects in the box; a person counts the vault later. These models must never carry
anything of a customer.
"""

from datetime import UTC, datetime
from typing import Annotated, Final, Self

from pydantic import AwareDatetime, Field, StringConstraints, field_serializer, model_validator

from terminal_api.payments import MAX_MINOR, Currency, Identity, Number, TerminalId, Verdict
from terminal_api.shapes import Answered, Told

MAX_COLLECTIONS: Final = 50
MAX_IN_QUESTION: Final = 2000
_MAX_DENOMINATIONS: Final = 200

Operator = Annotated[str, StringConstraints(max_length=64, pattern=r"^[^\x00-\x1f\x7f]*$")]
Value = Annotated[int, Field(gt=0, le=MAX_MINOR)]


class DenominationCount(Told):
    """So many notes of one denomination."""

    currency: Currency
    minor: Value
    count: Annotated[int, Field(gt=0, le=10**6)]


class NoteInDoubt(Told):
    """A note of the period that is disputed, or in the box and credited to nobody. Value and currency
    are null where it is not recognised.
    """

    cycle: Identity
    minor: Value | None
    currency: Currency | None


class CollectionItem(Told):
    """One closed period. Notes in suspense are among the counts, disputed ones are not. `opened_at`
    is null where the journal does not know it; both instants are the terminal's own clock.
    """

    period: Number
    opened_at: AwareDatetime | None
    closed_at: AwareDatetime
    operator_id: Operator
    counts: tuple[DenominationCount, ...] = Field(max_length=_MAX_DENOMINATIONS)
    disputed: tuple[NoteInDoubt, ...] = Field(max_length=MAX_IN_QUESTION)
    suspense: tuple[NoteInDoubt, ...] = Field(max_length=MAX_IN_QUESTION)

    @field_serializer("opened_at", "closed_at")
    def _one_form_of_an_instant(self, value: datetime | None) -> str | None:
        if value is None:
            return None
        return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")

    @model_validator(mode="after")
    def _each_denomination_once(self) -> Self:
        if len({(one.currency, one.minor) for one in self.counts}) != len(self.counts):
            raise ValueError("a denomination stands twice")
        return self

    def total_minor(self, currency: str) -> int:
        """What the box held in this currency."""
        return sum(one.minor * one.count for one in self.counts if one.currency == currency)

    @property
    def currencies(self) -> tuple[str, ...]:
        """Those that the box held."""
        return tuple(sorted({one.currency for one in self.counts}))


class CollectionBatch(Told):
    """Closed periods of one terminal, in ascending order."""

    terminal_id: TerminalId
    collections: tuple[CollectionItem, ...] = Field(min_length=1, max_length=MAX_COLLECTIONS)

    @model_validator(mode="after")
    def _ascending(self) -> Self:
        periods = [one.period for one in self.collections]
        if periods != sorted(set(periods)):
            raise ValueError("periods must ascend without repeats")
        return self


class CollectionAnswer(Answered):
    """What the backend did with one period: accepted, duplicate or conflict."""

    period: Number
    verdict: Verdict
    message: str = ""


class CollectionsAnswer(Answered):
    """One answer for each period of a batch, in the batch's order."""

    terminal_id: TerminalId
    answers: tuple[CollectionAnswer, ...]
