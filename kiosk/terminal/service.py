"""Orders of people who serve the machine, and how the terminal answers them.

Close the period and count the cash; print a slip again (`kiosk.terminal.reprint`), or one of the
terminal itself (`kiosk.terminal.slip_orders`). The service menu
posts an order into the terminal's one queue like any other event; the answer goes to the
`TellService` that the terminal was built with. It must never hold a PIN or anything else that proves
who somebody is: that is checked before.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from kiosk.terminal.reprint import Reprinted, ReprintRefused
from kiosk.terminal.slip_orders import SlipAnswer

_LONGEST = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Collect:
    """Close the period: the collector is about to take the cassette, or has just changed it.

    `request` is an identity that the caller gives to this order, new for each collection: an order
    that is given again (a second tap, a restart) closes no second period and is answered with the
    number of the first. `operator` is the name for the record and the slip.

    A session with money is finished first: the acceptor is stopped, a note on its way is waited for,
    the money becomes a payment to the confirmed account. With the cassette inside, the terminal then
    takes no money until the cassette has been out and is back (`CassetteOut`, `CassetteIn`, `Ready`
    from the acceptor) or `collection.hold_s` have passed.

    Raises:
        ValueError: one of the two is empty, longer than 64 characters, or no printable text.
    """

    request: str
    operator: str

    def __post_init__(self) -> None:
        for what, value in (("request", self.request), ("operator", self.operator)):
            if not value.strip() or len(value) > _LONGEST or not value.isprintable():
                raise ValueError(f"{what} of a collection: 1 to {_LONGEST} printable characters")


class NotCollected(StrEnum):
    """Why no period was closed. The same order may be given again."""

    SETTLING = "settling"
    """The acceptor has not yet told what an earlier life left open."""
    STORAGE = "storage"
    """The journal cannot be written."""
    BUSY = "busy"
    """Another order waits for the present session to end."""
    MONEY_MOVING = "money_moving"
    """The present session, or a note, did not come to its end in time."""
    CLOSING = "closing"
    """The program is ending."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """The period is closed, durably; `number` is the collection's."""

    request: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionRefused:
    """Nothing was closed by this order so far."""

    request: str
    why: NotCollected


ServiceAnswer = Collected | CollectionRefused | Reprinted | ReprintRefused | SlipAnswer

TellService = Callable[[ServiceAnswer], None]
"""Takes an answer, on the terminal's thread; must not block."""


def nobody(_answer: ServiceAnswer) -> None:
    """For a terminal without a service menu."""
