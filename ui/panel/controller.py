"""What the panel asks of a stand, and what the stand tells about itself.

All calls come from one worker thread, one after another; they may block for a while and may raise
PanelError with words for the person at the panel.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, Protocol

COUNTERFEIT: Final = "counterfeit"
NOTES_MINOR: Final = (1_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000)
"""Banknotes on the panel, in kopecks."""


class PanelError(RuntimeError):
    """The stand could not do it; the message is shown on the panel."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentLine:
    """One payment as the backend knows it."""

    number: int
    provider: str
    credited_minor: int
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelStatus:
    """The stand as it is now. `payments` newest first; `slip` is the picture of the last slip."""

    powered: bool
    network: bool
    paper: bool
    acceptor: str
    cassette_notes: int
    cassette_minor: int
    payments: tuple[PaymentLine, ...] = ()
    slip: Path | None = None


class PanelController(Protocol):
    """A stand that can be played with."""

    def insert(self, note: int | Literal["counterfeit"]) -> None:
        """Push a note in: a value in kopecks, or a counterfeit."""
        ...

    def cut_network(self, cut: bool) -> None:
        """Cut or join the line between terminal and backend."""
        ...

    def cut_power(self) -> None:
        """Take the power from terminal and devices at once."""
        ...

    def power_on(self) -> None:
        """Give the power back."""
        ...

    def paper(self, loaded: bool) -> None:
        """Take the paper out of the printer, or load it."""
        ...

    def status(self) -> PanelStatus:
        """Tell how everything is."""
        ...
