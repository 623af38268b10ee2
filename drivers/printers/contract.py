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


@dataclass(frozen=True, slots=True, kw_only=True)
class PrinterState:
    """One look at the printer. `reachable=False` means no valid answer: all else is then unknown."""

    reachable: bool
    online: bool = False
    cover_open: bool = False
    paper: Paper = Paper.UNKNOWN
    cutter_error: bool = False
    fatal_error: bool = False
    recoverable_error: bool = False
    raw: str = ""

    @property
    def can_print(self) -> bool:
        """True when a slip sent now should come out whole."""
        return (
            self.reachable
            and self.online
            and not self.cover_open
            and self.paper in (Paper.OK, Paper.NEAR_END)
            and not (self.cutter_error or self.fatal_error or self.recoverable_error)
        )


class SlipFailure(StrEnum):
    """Why a slip did not, or not surely, come out."""

    NOT_REACHABLE = "not_reachable"
    NOT_READY = "not_ready"
    WRITE_TIMED_OUT = "write_timed_out"
    NOT_CONFIRMED = "not_confirmed"


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


PrinterEvent = PrinterChanged | SlipPrinted | SlipFailed


class ReceiptPrinter(Protocol):
    """Commands of the terminal. None of them blocks; answers come as events."""

    def print_slip(self, slip: int, data: bytes) -> None:
        """Print these ready bytes; `slip` is the receipt number that the answer will carry."""
