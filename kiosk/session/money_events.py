"""What can happen while money is taken: the events of the money table.

Values only; what each one means is said by `kiosk.session.money`. An event of a note is made only
after the note's record is durable.
"""

from dataclasses import dataclass

from drivers.acceptors.contract import CycleId, RejectReason, ReturnReason
from offline_queue.journal.records import Decision


@dataclass(frozen=True, slots=True)
class NoteEntered:
    """A note is being checked."""


@dataclass(frozen=True, slots=True)
class NoteWaits:
    """A note is in escrow, and this was decided and recorded for it."""

    cycle: CycleId
    minor: int
    decision: Decision


@dataclass(frozen=True, slots=True)
class NoteIn:
    """A note is in the cassette, recorded under this cycle."""

    cycle: str
    minor: int


@dataclass(frozen=True, slots=True)
class NoteBack:
    """A note went back from escrow."""

    cycle: str
    why: ReturnReason


@dataclass(frozen=True, slots=True)
class NoteRefused:
    """A note went back before escrow."""

    why: RejectReason


@dataclass(frozen=True, slots=True)
class NoteUnclear:
    """A note is disputed, recorded under this cycle."""

    cycle: str
    minor: int | None


@dataclass(frozen=True, slots=True)
class AcceptorOn:
    """The acceptor takes notes."""


@dataclass(frozen=True, slots=True)
class AcceptorOff:
    """The acceptor takes nothing and holds nothing."""


@dataclass(frozen=True, slots=True)
class AcceptorBack:
    """The acceptor is set up again after a fault."""


@dataclass(frozen=True, slots=True)
class AcceptorGone:
    """The acceptor has a fault that stops acceptance."""


@dataclass(frozen=True, slots=True)
class ServiceEnds:
    """Something else than the acceptor stopped the terminal (printer, disk)."""


@dataclass(frozen=True, slots=True)
class CollectorWaits:
    """Somebody is there to collect the cash: the session comes to its end now."""


@dataclass(frozen=True, slots=True)
class PayTouched:
    """The customer pressed "pay"."""


@dataclass(frozen=True, slots=True)
class LeaveTouched:
    """The customer pressed "back"."""


@dataclass(frozen=True, slots=True)
class StayTouched:
    """The customer said that she is still there, or touched what changes nothing of the payment."""


@dataclass(frozen=True, slots=True)
class TimePassed:
    """Look at the deadlines."""


MoneyEvent = (
    NoteEntered
    | NoteWaits
    | NoteIn
    | NoteBack
    | NoteRefused
    | NoteUnclear
    | AcceptorOn
    | AcceptorOff
    | AcceptorBack
    | AcceptorGone
    | ServiceEnds
    | CollectorWaits
    | PayTouched
    | LeaveTouched
    | StayTouched
    | TimePassed
)
