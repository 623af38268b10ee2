"""The language that every receipt printer speaks upward.

A printer is told to print a slip and says what became of it; a slip counts as printed only when the
printer confirmed that everything before its answer was processed. This file must never decide
whether the terminal may take money: that is policy above.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Paper(StrEnum):
    """What the paper sensors say."""

    OK = "ok"
    NEAR_END = "near_end"
    OUT = "out"
    UNKNOWN = "unknown"


class Presenter(StrEnum):
    """What the presenter says. UNKNOWN also where the printer has none, or cannot tell."""

    EMPTY = "empty"
    HOLDING = "holding"
    JAM = "jam"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrinterState:
    """One look at the printer. `reachable=False` means no valid answer: all else is then unknown.

    Yes, no or unknown (None): what a printer does not tell is never taken for good news where its
    dialect should have told it (`online` is then None and it cannot print), and never for a fault
    where the dialect has no word for it.
    """

    reachable: bool
    online: bool | None = None
    cover_open: bool | None = None
    paper: Paper = Paper.UNKNOWN
    cutter_error: bool | None = None
    jam: bool | None = None
    head_hot: bool | None = None
    voltage_wrong: bool | None = None
    fatal_error: bool | None = None
    recoverable_error: bool | None = None
    presenter: Presenter = Presenter.UNKNOWN
    busy: bool | None = None
    raw: str = ""

    @property
    def can_print(self) -> bool:
        """True when a slip sent now should come out whole."""
        return (
            self.reachable
            and self.online is True
            and self.paper in (Paper.OK, Paper.NEAR_END)
            and not self.has_fault
        )

    @property
    def has_fault(self) -> bool:
        """True when something but the paper stands in the way of a slip."""
        return self.presenter is Presenter.JAM or True in (
            self.cover_open,
            self.cutter_error,
            self.jam,
            self.head_hot,
            self.voltage_wrong,
            self.fatal_error,
            self.recoverable_error,
        )

    @property
    def is_stopped(self) -> bool:
        """True when a slip at hand will not come out whole by itself; a hot head only waits."""
        stopped = (self.cover_open, self.cutter_error, self.jam, self.fatal_error)
        return self.paper is Paper.OUT or self.presenter is Presenter.JAM or True in stopped


class SlipFailure(StrEnum):
    """Why a slip did not, or not surely, come out."""

    NOT_REACHABLE = "not_reachable"
    NOT_READY = "not_ready"
    WRITE_TIMED_OUT = "write_timed_out"
    NOT_CONFIRMED = "not_confirmed"


class Removal(StrEnum):
    """What was done with a slip that nobody took."""

    RETRACTED = "retracted"
    EJECTED = "ejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrinterChanged:
    """The printer's state is now this one (sent at start and on every change)."""

    state: PrinterState


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipPrinted:
    """The printer confirmed that it has processed the whole slip."""

    slip: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipFailed:
    """The slip is not confirmed. `sent` tells whether any of its bytes may have reached paper."""

    slip: int
    why: SlipFailure
    sent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipTaken:
    """The presenter is empty again: the customer took the slip."""

    slip: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipNotTaken:
    """Nobody took the slip in time, so that it had to be removed."""

    slip: int
    removal: Removal


PrinterEvent = PrinterChanged | SlipPrinted | SlipFailed | SlipTaken | SlipNotTaken


class ReceiptPrinter(Protocol):
    """Commands of the terminal. None of them blocks; answers come as events."""

    def print_slip(self, slip: int, data: bytes) -> None:
        """Print these ready bytes; `slip` is the receipt number that the answer will carry."""

    def part_from_the_last(self) -> None:
        """An earlier life ended while a slip was coming out: what is left of it is thrown away or
        comes out and is cut off before the next slip, so that the two never hang together.
        """
