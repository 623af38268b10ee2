"""The language that every banknote acceptor speaks upward, whatever its wire protocol.

Edge-safe and level-safe: an event that the terminal has not settled is repeated, with the same cycle,
for as long as the device repeats it; the terminal may see it any number of times and must credit it
once. A *cycle* is one note's way from bezel to cassette; the host half of the driver gives it an
identity that is never used again, also not after a restart. This file must never know a vendor code.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType, Protocol

CycleId = NewType("CycleId", str)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Note:
    """One banknote denomination: its value in minor units (kopecks) and ISO 4217 currency."""

    minor: int
    currency: str

    def __str__(self) -> str:
        whole, rest = divmod(self.minor, 100)
        return f"{whole}.{rest:02d} {self.currency}" if rest else f"{whole} {self.currency}"


class StackedHow(StrEnum):
    """How the driver learnt that a note is in the cassette."""

    NORMAL = "normal"
    """The whole cycle was seen by this life of the driver."""
    RECOVERED = "recovered"
    """Reported for a cycle whose escrow this life of the driver did not see."""


class RejectReason(StrEnum):
    """Why the acceptor pushed a note back before it ever reached escrow."""

    UNRECOGNISED = "unrecognised"
    INHIBITED = "inhibited"
    INSERTION = "insertion"
    TRANSPORT = "transport"
    COUPON = "coupon"
    OTHER = "other"


class ReturnReason(StrEnum):
    """Why a note went from escrow back to the customer."""

    ORDERED = "ordered"
    TIMED_OUT = "timed_out"
    DEVICE = "device"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What the device says it is; empty text where it says nothing."""

    protocol: str
    model: str
    serial: str
    firmware: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Validating:
    """A note has entered and is being checked; nothing is known about it yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Escrowed:
    """A recognised note waits for `stack`, `give_back` or `hold`.

    `device_count` is the acceptor's own counter of stacked notes before this one, where it has one.
    """

    cycle: CycleId
    note: Note
    device_count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stacked:
    """A note is irrevocably in the cassette. Answer with `settled(cycle)` once that is durable."""

    cycle: CycleId
    note: Note
    how: StackedHow
    device_count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Returning:
    """A power-up found the note of this cycle where the only way is back to the customer, and the
    reset that gives it back waits for `settled(cycle)`: the record that it goes back must be durable
    first, because no device tells `Returned` again after another power cut. Repeated until then.
    Where no answer comes the driver gives it back after some seconds all the same.
    """

    cycle: CycleId
    note: Note | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """The note of this cycle left escrow towards the customer. Answer with `settled(cycle)`."""

    cycle: CycleId
    note: Note | None
    why: ReturnReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A note was refused before escrow; no money event. `raw` is the vendor's code for the log."""

    reason: RejectReason
    raw: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Disputed:
    """The device gave no way to know where the note of this cycle is (jam, reset while stacking)."""

    cycle: CycleId
    note: Note | None
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A numbered fault (see `drivers.acceptors.faults`); `raw` is the vendor's code for the log."""

    number: int
    raw: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """The device is set up, holds no note, reports no fault, and every event of an earlier life has
    been told. Sent once after start-up and again each time a fault or a reset is over. The device
    accepts nothing until `accept`.

    `device_count` is the acceptor's own counter of stacked notes now, where it has one.
    """

    identity: Identity
    denominations: tuple[Note, ...]
    device_count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Enabled:
    """The device confirms that it accepts notes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disabled:
    """The device confirms that it accepts nothing and no note is inside or moving."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CassetteOut:
    """The cassette was taken out or opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CassetteIn:
    """The cassette is back; `Ready` follows when the device has set itself up again."""


AcceptorEvent = (
    Validating
    | Escrowed
    | Stacked
    | Returning
    | Returned
    | Rejected
    | Disputed
    | Fault
    | Ready
    | Enabled
    | Disabled
    | CassetteOut
    | CassetteIn
)


class BillAcceptor(Protocol):
    """Commands of the terminal. None of them blocks; answers come as events."""

    def accept(self, denominations: frozenset[Note]) -> None:
        """Accept these denominations, each into escrow, until `stop`."""

    def stop(self) -> None:
        """Accept nothing more. A note that is already moving finishes its cycle first; `Disabled`
        tells when nothing is inside.
        """

    def stack(self, cycle: CycleId) -> None:
        """Put the escrowed note of this cycle into the cassette; no effect for any other cycle."""

    def give_back(self, cycle: CycleId) -> None:
        """Return the escrowed note of this cycle; no effect for any other cycle."""

    def hold(self, cycle: CycleId) -> None:
        """Keep the escrowed note waiting; renewed by the driver until `stack` or `give_back`."""

    def settled(self, cycle: CycleId) -> None:
        """The record of this cycle's end is durable: only now may the wire acknowledge it. After
        `Returning`: the record that it goes back is durable, only now may it be given back.
        """
