"""What is shown while notes are taken."""

from dataclasses import dataclass
from enum import StrEnum

from kiosk.terminal.snapshot.browsing import ProviderItem
from kiosk.terminal.snapshot.entry import FeeBandView


class NoteState(StrEnum):
    """A note as the customer sees it."""

    CHECKING = "checking"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    DISPUTED = "disputed"


class NoteProblem(StrEnum):
    """Why a note came back, in the customer's terms."""

    UNRECOGNISED = "unrecognised"
    NOT_ACCEPTED = "not_accepted"
    OVER_MAXIMUM = "over_maximum"
    NOT_IN_TIME = "not_in_time"
    MACHINE = "machine"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteLine:
    """One line of the list of notes; `minor` is None while a note is not recognised."""

    minor: int | None
    state: NoteState
    problem: NoteProblem | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyView:
    """The money screen. `missing_minor` is what is missing to the minimum (0 = enough),
    `room_minor` what may still be put in. `denominations` are taken now, `refused` are not, though
    the terminal knows them. `leaving` = pay was pressed and a note is still moving. `debt_minor` is
    what the provider says is to be paid, a hint, or the amount that it fixes; None = it told nothing.
    """

    provider: ProviderItem
    account: str
    inserted_minor: int
    fee_minor: int
    credited_minor: int
    bands: tuple[FeeBandView, ...]
    min_minor: int
    max_minor: int
    missing_minor: int
    room_minor: int
    notes: tuple[NoteLine, ...]
    denominations: tuple[int, ...]
    refused: tuple[int, ...]
    accepting: bool
    can_pay: bool
    can_leave: bool
    leaving: bool
    debt_minor: int | None = None
