"""What lands on simulated paper: lines, codes, feeds and cuts.

Plain data between the interpreter that reads bytes and the pictures made of them.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

from kiosk.receipts.model import Align


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A run of text in one style."""

    text: str
    bold: bool = False
    wide: bool = False
    tall: bool = False

    @property
    def columns(self) -> int:
        """How many columns of font A the run takes."""
        return len(self.text) * (2 if self.wide else 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedLine:
    """One line as it came out; no spans make an empty line."""

    spans: tuple[Span, ...]
    align: Align


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedQr:
    """A QR code that the printer drew. `module` is the side of one square in dots."""

    payload: str
    module: int
    correction: str
    align: Align


@dataclass(frozen=True, slots=True, kw_only=True)
class Fed:
    """Paper moved without print."""

    lines: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """The knife fell: the slip ends here."""

    partial: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedImage:
    """A picture that was sent dot by dot: rows of `width` dots, eight a byte, black where set."""

    width: int
    height: int
    dots: bytes
    align: Align


class PresenterMove(StrEnum):
    """What the presenter does with the slip that was cut."""

    PRESENT = "present"
    EJECT = "eject"
    RETRACT = "retract"


Mark = PrintedLine | PrintedQr | PrintedImage | Fed | Cut | PresenterMove


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperSlip:
    """One slip that left the printer: the bytes that made it and what they drew."""

    data: bytes
    marks: tuple[Mark, ...]
    complaints: tuple[str, ...]

    def with_tail(self, data: bytes) -> Self:
        """The same slip with the bytes that moved it after the cut."""
        return replace(self, data=self.data + data)
