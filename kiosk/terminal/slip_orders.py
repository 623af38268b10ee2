"""The order to print a slip for whoever looks after the terminal, and the answers to it.

Given by the service menu, posted into the terminal's one queue like any other event. Such a slip has
a receipt number of its own, is on record before it is printed, and closes nothing.
"""

from dataclasses import dataclass
from enum import StrEnum

_LONGEST = 64


class ServiceSlip(StrEnum):
    """What can be ordered."""

    TEST = "test"
    """Every letter and the width of the paper."""
    INFORMATION = "information"
    """Versions, printer, the last collection, what waits for the backend."""
    SHIFT = "shift"
    """The present period, as an X report gives it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintSlip:
    """Print this slip. `request` is an identity that the caller gives to the order; it comes back
    with the answer. `language` is that of the slip, empty for the terminal's own.

    Raises:
        ValueError: the request is empty, longer than 64 characters, or no printable text.
    """

    request: str
    slip: ServiceSlip
    language: str = ""

    def __post_init__(self) -> None:
        request = self.request
        if not request.strip() or len(request) > _LONGEST or not request.isprintable():
            raise ValueError(f"request of a slip: 1 to {_LONGEST} printable characters")


class NotPrinted(StrEnum):
    """Why no slip came out. The same order may be given again."""

    STILL_WAITS = "still_waits"
    """One of the same kind is on its way to the printer."""
    PRINTER = "printer"
    """The printer cannot print now, or did not confirm the slip; its text is in the journal."""
    STORAGE = "storage"
    """The journal cannot be written, so that the slip could not be recorded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipOut:
    """The printer has confirmed the slip with this number."""

    request: str
    receipt_number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipRefused:
    """No slip came out, as far as is known."""

    request: str
    why: NotPrinted


SlipAnswer = SlipOut | SlipRefused
