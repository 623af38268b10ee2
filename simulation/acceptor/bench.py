"""A test bench for acceptors: machine, line, host half and a small terminal, under simulated time.

The terminal here keeps just enough of a journal to say what it would have credited; the bench
knows where the paper really is. It takes any protocol's kit, so that one suite of tests holds for
all of them.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Final, Generic, TypeVar

from drivers.acceptors.contract import (
    AcceptorEvent,
    BillAcceptor,
    CycleId,
    Disputed,
    Enabled,
    Escrowed,
    Note,
    Ready,
    Returned,
    Returning,
    Stacked,
    StackedHow,
)
from drivers.acceptors.sans_io import AcceptorHost
from simulation.acceptor.machine import Machine
from simulation.acceptor.protocols import Build, HostBuild, Kit
from simulation.acceptor.rig import Rig

Decide = Callable[[BillAcceptor, Escrowed], None]
M = TypeVar("M", bound=Machine)
MINOR: Final = 100
CURRENCY: Final = "RUB"


def stack(host: BillAcceptor, event: Escrowed) -> None:
    """The usual decision."""
    host.stack(event.cycle)


def give_back(host: BillAcceptor, event: Escrowed) -> None:
    """The other decision."""
    host.give_back(event.cycle)


def undecided(host: BillAcceptor, event: Escrowed) -> None:
    """No decision at all."""


@dataclass(slots=True)
class Books:
    """What a terminal knows of money; outlives any host half, as a journal does.

    A note that an earlier life ordered to be stacked is `unresolved` until it is heard of again.
    """

    credited: dict[CycleId, Note] = field(default_factory=dict)
    returned: dict[CycleId, Note | None] = field(default_factory=dict)
    disputed: dict[CycleId, Note | None] = field(default_factory=dict)
    unresolved: Escrowed | None = None
    last_stacked: Note | None = None
    is_new_life: bool = False

    def take(self, event: AcceptorEvent) -> None:
        """Note down one event."""
        match event:
            case Escrowed():
                self.unresolved, self.is_new_life = event, False
            case Stacked() if event.cycle not in self.credited:
                self._stacked(event)
            case Returned():
                self.returned[event.cycle] = event.note
                self.unresolved = None
            case Disputed():
                self.disputed[event.cycle] = event.note
                self.unresolved = None
            case _:
                pass

    def _stacked(self, event: Stacked) -> None:
        replayed = (
            self.is_new_life
            and event.how is StackedHow.RECOVERED
            and self.unresolved is None
            and self.last_stacked == event.note
        )
        if not replayed:
            self.credited[event.cycle] = event.note
        self.disputed.pop(event.cycle, None)
        self.last_stacked, self.unresolved = event.note, None


class Bench(Generic[M]):
    """Everything on one table; `machine` may be used directly by tests of one protocol.

    Args:
        remembers: what the host half keeps of the device's notes outlives it, as a file does.
        noise: see `Rig`.
        make_host: another host half than the kit's.
    """

    def __init__(
        self,
        kit: Kit[M],
        build: Build | None = None,
        *,
        remembers: bool = True,
        noise: Callable[[bytes, bool], bytes] | None = None,
        make_host: Callable[[HostBuild], AcceptorHost] | None = None,
    ) -> None:
        self.machine = kit.make_machine(build or Build(rng=Random(7)))
        self.body = self.machine.body
        self._make_host = make_host or kit.make_host
        self._remembers = remembers
        self._known: bytes | None = None
        self._lives = 0
        self.decide: Decide = stack
        self.settles = True
        self.books = Books()
        self.host = self._new_host()
        self.rig = Rig(self.host, self.machine, react=self._react, noise=noise)

    def _new_host(self) -> AcceptorHost:
        self._lives += 1
        return self._make_host(
            HostBuild(
                boot=f"boot{self._lives}",
                currency=CURRENCY,
                known=self._known,
                remember=self._remember if self._remembers else None,
            )
        )

    def _remember(self, known: bytes) -> None:
        self._known = known

    def _react(self, event: AcceptorEvent) -> None:
        self.books.take(event)
        match event:
            case Escrowed():
                self.decide(self.host, event)
            case Stacked() | Returning() | Returned() | Disputed() if self.settles:
                self.host.settled(event.cycle)
            case _:
                pass

    # --- what was told --------------------------------------------------------------------------

    @property
    def events(self) -> list[AcceptorEvent]:
        """Everything that was told, by all lives."""
        return self.rig.events

    def told(self, *kinds: type[AcceptorEvent]) -> list[AcceptorEvent]:
        """The events of some kinds."""
        return [event for event in self.events if isinstance(event, kinds)]

    def credited(self) -> list[int]:
        """Values that the terminal would have credited, in order."""
        return [note.minor // MINOR for note in self.books.credited.values()]

    # --- the terminal ---------------------------------------------------------------------------

    def start(self, *values: int) -> None:
        """Until the device accepts these values, or all of them."""
        self.rig.run_until(lambda: bool(self.told(Ready)))
        self.accept(*values)
        before = len(self.told(Enabled))
        self.rig.run_until(lambda: len(self.told(Enabled)) > before)

    def accept(self, *values: int) -> None:
        """Want these values, or all that the machine knows."""
        chosen = values or self.machine.values
        self.host.accept(frozenset(Note(minor=v * MINOR, currency=CURRENCY) for v in chosen))

    def new_life(self) -> None:
        """The terminal's process is killed and started again."""
        self.books.is_new_life = True
        self.host = self._new_host()
        self.rig.replace_host(self.host)

    # --- the machine ----------------------------------------------------------------------------

    def insert(self, value: int) -> bool:
        """Offer a note by its value in whole units; False when it is not drawn in."""
        return self.machine.insert(value, self.rig.now)

    def insert_until(self, value: int, condition: Callable[[], bool]) -> None:
        """Offer a note and let time pass until something holds."""
        assert self.insert(value)
        self.rig.run_until(condition)

    def cassette(self) -> list[int]:
        """Values of the notes that really are in a cassette, in order."""
        return [paper.value or 0 for paper in self.body.places.stacked]

    def returned(self) -> list[int]:
        """Values of the notes that really came back to the customer; 0 for what is no note."""
        return [paper.value or 0 for paper in self.body.places.returned]

    def power_cut(self) -> None:
        """Cut the device's power."""
        self.machine.power_cut()

    def power_on(self) -> None:
        """Give it back."""
        self.machine.power_on()

    def lose_acks(self, how_many: int) -> None:
        """Lose what the host acknowledges next."""
        self.machine.trouble.lose_acks = how_many

    def lose_answers(self, how_many: int) -> None:
        """Lose what the device says next."""
        self.machine.trouble.lose_answers = how_many

    def violations(self) -> list[str]:
        """What the host did although it may cost somebody money."""
        return self.body.violations

    def is_stacking(self) -> bool:
        """A note is on its way from escrow to the cassette."""
        return self.body.is_stacking

    def holds_event(self) -> bool:
        """A note's end is not acknowledged yet."""
        return self.body.end is not None
