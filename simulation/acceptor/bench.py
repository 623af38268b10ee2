"""A test bench for acceptors: machine, line, host half and a small terminal, under simulated time.

The terminal here keeps just enough of a journal to say what it would have credited; the bench
knows where the paper really is. Every protocol gets a bench of this shape, so that one suite of
tests holds for all of them.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Protocol

from drivers.acceptors.ccnet.codes import State
from drivers.acceptors.ccnet.device import CcnetDevice
from drivers.acceptors.ccnet.device_body import DeviceTiming
from drivers.acceptors.ccnet.host import CcnetHost
from drivers.acceptors.ccnet.timing import HostTiming
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
from simulation.acceptor.notes import RUBLES, bill_type_of, ruble_table, validator_identification
from simulation.acceptor.rig import Rig

Decide = Callable[[BillAcceptor, Escrowed], None]
MINOR: Final = 100


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


class AcceptorBench(Protocol):
    """What a suite of tests for all protocols may use."""

    host: AcceptorHost
    rig: Rig
    books: Books
    decide: Decide
    settles: bool

    def insert(self, value: int) -> bool:
        """Offer a note by its value in whole units; False when it is not drawn in."""

    def cassette(self) -> list[int]:
        """Values of the notes that really are in the cassette, in order."""

    def returned(self) -> list[int]:
        """Values of the notes that really came back to the customer."""

    def power_cut(self) -> None:
        """Cut the device's power."""

    def power_on(self) -> None:
        """Give it back."""

    def lose_acks(self, how_many: int) -> None:
        """Lose what the host acknowledges next."""

    def lose_answers(self, how_many: int) -> None:
        """Lose what the device says next."""

    def new_life(self) -> None:
        """The terminal's process is killed and started again."""

    def violations(self) -> list[str]:
        """What the host did although it may cost somebody money."""

    def is_stacking(self) -> bool:
        """A note is on its way from escrow to the cassette."""

    def holds_event(self) -> bool:
        """A note's end is not acknowledged yet."""


class CcnetBench:
    """`AcceptorBench` for CCNET; `device` and `host` may be used directly by tests of CCNET."""

    def __init__(
        self,
        *,
        timing: HostTiming | None = None,
        device_timing: DeviceTiming | None = None,
        has_counter: bool = True,
        ack_patience_s: float | None = None,
        remembers: bool = True,
        noise: Callable[[bytes, bool], bytes] | None = None,
    ) -> None:
        self.device = CcnetDevice(
            table=ruble_table(),
            identification=validator_identification(),
            timing=device_timing,
            has_counter=has_counter,
            ack_patience_s=ack_patience_s,
            rng=random.Random(7),
        )
        self._timing = timing
        self._remembers = remembers
        self._table: bytes | None = None
        self._lives = 0
        self.decide: Decide = stack
        self.settles = True
        self.books = Books()
        self.host = self._new_host()
        self.rig = Rig(self.host, self.device, react=self._react, noise=noise)

    def _new_host(self) -> CcnetHost:
        self._lives += 1
        return CcnetHost(
            f"boot{self._lives}",
            "RUB",
            timing=self._timing,
            known_table=self._table,
            remember_table=self._remember if self._remembers else None,
        )

    def _remember(self, table: bytes) -> None:
        self._table = table

    def _react(self, event: AcceptorEvent) -> None:
        self.books.take(event)
        match event:
            case Escrowed():
                self.decide(self.host, event)
            case Stacked() | Returning() | Returned() | Disputed() if self.settles:
                self.host.settled(event.cycle)
            case _:
                pass

    @property
    def events(self) -> list[AcceptorEvent]:
        """Everything that was told, by all lives."""
        return self.rig.events

    def told(self, *kinds: type[AcceptorEvent]) -> list[AcceptorEvent]:
        """The events of some kinds."""
        return [event for event in self.events if isinstance(event, kinds)]

    def start(self, *values: int) -> None:
        """Until the device accepts these values, or all of them."""
        self.rig.run_until(lambda: bool(self.told(Ready)))
        chosen = values or tuple(RUBLES.values())
        self.host.accept(frozenset(Note(minor=v * MINOR, currency="RUB") for v in chosen))
        before = len(self.told(Enabled))
        self.rig.run_until(lambda: len(self.told(Enabled)) > before)

    def start_again(self) -> None:
        """A new life wants the same as the last one."""
        self.host.accept(frozenset(Note(minor=v * MINOR, currency="RUB") for v in RUBLES.values()))

    def insert(self, value: int) -> bool:
        return self.device.body.insert(bill_type_of(value), self.rig.now)

    def insert_until(self, value: int, condition: Callable[[], bool]) -> None:
        """Offer a note and let time pass until something holds."""
        assert self.insert(value)
        self.rig.run_until(condition)

    def cassette(self) -> list[int]:
        return [RUBLES[note.bill_type or 0] for note in self.device.body.in_cassette]

    def returned(self) -> list[int]:
        return [RUBLES.get(note.bill_type or 0, 0) for note in self.device.body.places.returned]

    def credited(self) -> list[int]:
        """Values that the terminal would have credited, in order."""
        return [note.minor // MINOR for note in self.books.credited.values()]

    def power_cut(self) -> None:
        self.device.power_cut()

    def power_on(self) -> None:
        self.device.power_on()

    def lose_acks(self, how_many: int) -> None:
        self.device.lose_acks = how_many

    def lose_answers(self, how_many: int) -> None:
        self.device.lose_answers = how_many

    def new_life(self) -> None:
        self.books.is_new_life = True
        self.host = self._new_host()
        self.rig.replace_host(self.host)

    def violations(self) -> list[str]:
        return self.device.body.violations

    def is_stacking(self) -> bool:
        return self.device.body.shown is State.STACKING

    def holds_event(self) -> bool:
        return self.device.body.event is not None

    def is_shown(self, state: State) -> bool:
        """The device is in this state now."""
        return self.device.body.shown is state
