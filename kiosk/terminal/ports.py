"""What the terminal needs from outside, as narrow interfaces, and the events it hears.

Production wires threads behind them, the simulation wires plain objects under simulated time.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from drivers.acceptors.contract import AcceptorEvent
from drivers.printers.contract import PrinterEvent
from kiosk.terminal.reprint import Reprint
from kiosk.terminal.service import Collect
from kiosk.terminal.slip_orders import PrintSlip
from kiosk.terminal.snapshot import Snapshot
from kiosk.terminal.touch import Touch
from offline_queue.enquiry.messages import AccountTold
from offline_queue.sync.messages import SyncEvent
from terminal_api.accounts import AccountQuestion
from terminal_api.collections import CollectionBatch
from terminal_api.notes import NoteReportBatch
from terminal_api.payments import PaymentBatch


@dataclass(frozen=True, slots=True)
class Tick:
    """Time has passed; look at the deadlines."""


@dataclass(frozen=True, slots=True)
class Close:
    """The program is to end: stop the acceptor; money inside stays recorded and is settled at the
    next start.
    """


TerminalEvent = (
    Touch
    | AcceptorEvent
    | PrinterEvent
    | SyncEvent
    | AccountTold
    | Collect
    | Reprint
    | PrintSlip
    | Tick
    | Close
)


class Courier(Protocol):
    """Carries payments to the backend. Neither call blocks; answers come as sync events."""

    def submit(self, batch: PaymentBatch, *, ask_first: bool) -> None:
        """Deliver these until each is answered; ask for their status first after a restart."""

    def ask(self, numbers: tuple[int, ...]) -> None:
        """Ask how these stand, when there is nothing more urgent."""

    def report(self, batch: NoteReportBatch | CollectionBatch) -> None:
        """Tell of notes in no payment, or of closed periods, until each is answered for."""


class Enquirer(Protocol):
    """Asks the backend about an account before cash is taken, on a line of its own."""

    def ask(self, ticket: int, question: AccountQuestion) -> None:
        """Returns at once; the end comes as an `AccountTold` under this ticket, unless something
        newer was asked by then.
        """


Publish = Callable[[Snapshot], None]
"""Shows a snapshot; called by the terminal's thread."""

FreeSpace = Callable[[], int]
"""Megabytes free where the journal lies."""
