"""The acceptor as the terminal has it: the real host half, the line, and the real device half.

Polls that cannot bring anything new are leapt over, see `leaping`. It must never tell the terminal
anything that the host half did not say.
"""

from collections.abc import Callable
from typing import Final, Protocol

from drivers.acceptors.contract import (
    AcceptorEvent,
    CassetteOut,
    CycleId,
    Disputed,
    Escrowed,
    Fault,
    Note,
    Ready,
    Rejected,
    Returned,
    Returning,
    Stacked,
    Validating,
)
from drivers.acceptors.sans_io import AcceptorHost
from simulation.acceptor.machine import Machine
from simulation.proof.clock import VirtualClock
from simulation.proof.doubts import Doubts
from simulation.proof.gate import Gate
from simulation.proof.leaping import Sleep
from simulation.proof.line import Line
from simulation.proof.trace import Trace

_NOTE_MOVES: Final = (Validating, Escrowed, Returning)
_NOTE_ENDED: Final = (Stacked, Returned, Rejected, Disputed)
_TROUBLE: Final = (Fault, CassetteOut)
_ABOUT_A_NOTE: Final = (Escrowed, Stacked, Returning, Returned, Disputed)

Post = Callable[[AcceptorEvent], None]


class Around(Protocol):
    """What outlives the host half; see `Surroundings`."""

    device: Machine
    line: Line
    clock: VirtualClock
    gate: Gate
    trace: Trace
    doubts: Doubts
    papers: dict[str, int]
    settled: set[int]
    leaps: bool


class HostSide:
    """`BillAcceptor` for one life of the terminal."""

    def __init__(self, host: AcceptorHost, around: Around, post: Post) -> None:
        self.host = host
        self._around = around
        self._device = around.device
        self._line = around.line
        self._clock = around.clock
        self._gate = around.gate
        self._trace = around.trace
        self._post = post
        self._dead = False
        self._sleep = Sleep(leaps=around.leaps)
        self.next_at: float | None = None
        """When `tick` is due."""
        self._said_at = self._asked_at = self._host_was = 0.0
        self._due: float | None = None
        """When the host half has something to do, by its own clock; looked up after all it does."""
        self._note_open = True
        self._in_trouble = True

    # --- BillAcceptor ---------------------------------------------------------------------------

    def accept(self, denominations: frozenset[Note]) -> None:
        self._order("accept", "", lambda: self.host.accept(denominations))

    def stop(self) -> None:
        self._order("stop", "", self.host.stop)

    def stack(self, cycle: CycleId) -> None:
        self._order("stack", cycle, lambda: self.host.stack(cycle))

    def give_back(self, cycle: CycleId) -> None:
        self._order("give back", cycle, lambda: self.host.give_back(cycle))

    def hold(self, cycle: CycleId) -> None:
        self._order("hold", cycle, lambda: self.host.hold(cycle))

    def settled(self, cycle: CycleId) -> None:
        self._order("settled", cycle, lambda: self._settle(cycle))

    def _settle(self, cycle: CycleId) -> None:
        self._around.settled.add(self._around.papers[cycle])
        self.host.settled(cycle)

    def _order(self, what: str, cycle: str, give: Callable[[], None]) -> None:
        """The driver's thread obeys at once, as fast as the real one can at best."""
        self._gate.passing("before order", what)
        if self._trace.wanted:
            self._trace.note("order", f"{what} {cycle}".rstrip())
        give()
        self.wake()
        self.tick()
        self._gate.passing("after order", what)

    # --- time and bytes -------------------------------------------------------------------------

    def tick(self) -> None:
        """Let time pass for the host half and put on the line what both ends have to say."""
        self._tell(self.host.tick(self._host_now()))
        self.flush()
        self._look_ahead()

    def plug(self) -> None:
        """The port is open."""
        self.wake()
        self._tell(self.host.port_opened(self._host_now()))
        self.flush()
        self._look_ahead()

    def unplug(self) -> None:
        """The port is gone."""
        self._line.drop_everything()
        self.wake()
        self._tell(self.host.port_lost(self._host_now()))
        self._look_ahead()

    def end(self) -> None:
        """The process is gone; what the line brings falls on deaf ears."""
        self._dead = True

    def wake(self) -> None:
        """Something happened at the device or was ordered: go on polling, on the same beat."""
        self._sleep.wake(self._clock.monotonic())
        self._look_ahead()

    @property
    def is_note_open(self) -> bool:
        """This life has not heard yet where the last note is, its own or one of an earlier life."""
        return self._note_open

    def flush(self) -> None:
        """Put on the line what both ends have to say."""
        if data := self.host.data_to_send():
            self._said_at = self._clock.monotonic()
            self._line.carry(data, self._to_device, to_device=True)
        self._flush_device()

    def _look_ahead(self) -> None:
        at = self._due = self.host.next_deadline()
        self.next_at = None if at is None else self._sleep.due(at + self._sleep.behind)

    def _host_now(self) -> float:
        now, due = self._clock.monotonic(), self._due
        # What is due by the world's clock is due by the host's, whatever the last digit says.
        is_due = due is not None and due + self._sleep.behind <= now
        soonest = max(self._host_was, due) if is_due and due else self._host_was
        self._host_was = max(now - self._sleep.behind, soonest)
        return self._host_was

    def _flush_device(self) -> None:
        if data := self._device.data_to_send():
            self._line.carry(data, self._to_host, to_device=False)

    def _to_device(self, data: bytes) -> None:
        waiting = self._device.body.end
        self._device.receive(data, self._clock.monotonic())
        if waiting is not None and self._device.body.end is None:
            self._end_forgotten(waiting.paper.number)
        self._flush_device()

    def _end_forgotten(self, paper: int) -> None:
        if paper not in self._around.settled:
            # Late or spoilt bytes: where a protocol numbers nothing, the device cannot tell.
            why = "an acknowledgement of something else was taken for that of its end"
            self._around.doubts.add(paper, why)

    def _to_host(self, data: bytes) -> None:
        if self._dead:
            return
        self._asked_at = self._said_at
        self._tell(self.host.receive(data, self._host_now()))
        self.flush()
        self._sleep.look(
            self._device,
            self._clock.monotonic(),
            self._asked_at,
            open_note=self._note_open or self._in_trouble,
            noisy=self._line.noise > 0,
        )
        self._look_ahead()

    def _tell(self, events: list[AcceptorEvent]) -> None:
        for event in events:
            self._sleep.stir()
            self._watch(event)
            if self._trace.wanted:
                self._trace.note("acceptor", told(event))
            self._post(event)

    def _watch(self, event: AcceptorEvent) -> None:
        if isinstance(event, _ABOUT_A_NOTE):
            self._around.papers.setdefault(event.cycle, self._paper_spoken_of())
        if isinstance(event, _NOTE_ENDED):
            self._note_open = False
        elif isinstance(event, _NOTE_MOVES):
            self._note_open = True
        elif isinstance(event, _TROUBLE):
            self._in_trouble = True
        elif isinstance(event, Ready):
            self._note_open = self._in_trouble = False

    def _paper_spoken_of(self) -> int:
        """The machine holds one note at a time: the one whose end waits, or the last that entered."""
        body = self._device.body
        return body.numbered if body.end is None else body.end.paper.number


def told(event: AcceptorEvent) -> str:
    """An event in one line."""
    parts = [type(event).__name__]
    for name in ("cycle", "note", "how", "why", "reason", "number", "device_count", "evidence"):
        value = getattr(event, name, None)
        if value is not None:
            parts.append(f"{name}={value.minor // 100 if isinstance(value, Note) else value}")
    return " ".join(parts)
