"""The order to print a slip again, and the answers to it.

Given by the service menu, or by the screen on which a customer looks a payment up. A copy says that
it is one, takes no receipt number and never stands for the first slip.
"""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Reprint:
    """Print the slip of this payment once more, marked as a copy. `request` is an identity that the
    caller gives to the order; it comes back with the answers.
    """

    request: str
    payment_number: int


class NotReprinted(StrEnum):
    """Why no copy came out. The same order may be given again."""

    UNKNOWN = "unknown"
    """The journal has no such payment."""
    STILL_WAITS = "still_waits"
    """The slip itself, or an earlier copy of it, has not come out yet: it comes by itself."""
    PRINTER = "printer"
    """The printer cannot print now, or did not confirm the copy."""
    STORAGE = "storage"
    """The journal cannot be written, so that the copy could not be recorded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reprinted:
    """The printer has confirmed the copy."""

    request: str
    payment_number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReprintRefused:
    """No copy came out, as far as is known."""

    request: str
    payment_number: int
    why: NotReprinted


ReprintAnswer = Reprinted | ReprintRefused
