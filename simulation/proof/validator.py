"""The acceptor as the terminal has it: the real host half, the line, and the real device half.

Polls that cannot bring anything new are leapt over: the device is at rest, the host has heard so
several times, nothing about a note is open and nobody has touched anything. The next poll then falls
on the same beat on which it would have fallen.
"""

import math
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
    Stacked,
    Validating,
)
from drivers.acceptors.sans_io import AcceptorHost
from simulation.acceptor.machine import Machine
from simulation.proof.clock import VirtualClock
from simulation.proof.gate import Gate
from simulation.proof.line import Line
from simulation.proof.trace import Trace

BEAT_S: Final = 0.200
LEAP_BEATS: Final = 19
"""Less than the silence after which a host takes its device for dead (5 s)."""
SURE_AFTER: Final = 1
_OPENING: Final = (Validating, Escrowed, Fault, CassetteOut)
_CLOSING: Final = (Ready, Stacked, Returned, Rejected, Disputed)

Post = Callable[[AcceptorEvent], None]


class Around(Protocol):
    """What outlives the host half; see `Surroundings`."""

    device: Machine
    line: Line
    clock: VirtualClock
    gate: Gate
    trace: Trace
    excuses: list[str]
    end_is_told: bool
    has_counter: bool


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
        self._told_once: CycleId | None = None
        self._sleep_until = 0.0
        self._quiet = 0
        self._nothing_open = False
        self._shown = ""

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
        if cycle == self._told_once:
            self._told_once = None
        self._order("settled", cycle, lambda: self.host.settled(cycle))

    def _order(self, what: str, cycle: str, give: Callable[[], None]) -> None:
        """The driver's thread obeys at once, as fast as the real one can at best."""
        self._gate.passing(f"before order {what}")
        self._trace.note("order", f"{what} {cycle}".rstrip())
        give()
        self.wake()
        self.tick()
        self._gate.passing(f"after order {what}")

    # --- time and bytes -------------------------------------------------------------------------

    def next_at(self) -> float | None:
        """When `tick` is due."""
        at = self.host.next_deadline()
        return None if at is None else max(at, self._sleep_until)

    def tick(self) -> None:
        """Let time pass for the host half and put on the line what both ends have to say."""
        self._tell(self.host.tick(self._clock.monotonic()))
        self.flush()

    def plug(self) -> None:
        """The port is open."""
        self.wake()
        self._tell(self.host.port_opened(self._clock.monotonic()))
        self.flush()

    def unplug(self) -> None:
        """The port is gone."""
        self._line.drop_everything()
        self.wake()
        self._tell(self.host.port_lost(self._clock.monotonic()))

    def end(self) -> None:
        """The process is gone; what the line brings falls on deaf ears."""
        self._dead = True
        if self._told_once is not None and not self._around.has_counter:
            # A note found in the path at power-up goes back by the reset, which no device repeats.
            self._around.excuses.append("a return told once, to a life that could not record it")

    def wake(self) -> None:
        """Something happened at the device or was ordered: go on polling, on the same beat."""
        now = self._clock.monotonic()
        self._quiet = 0
        due = self.host.next_deadline()
        if due is not None and self._sleep_until > now:
            self._sleep_until = due + _beats(now - due) * BEAT_S

    def flush(self) -> None:
        """Put on the line what both ends have to say."""
        if data := self.host.data_to_send():
            self._line.carry(data, self._to_device, to_device=True)
        self._flush_device()

    def _flush_device(self) -> None:
        if data := self._device.data_to_send():
            self._line.carry(data, self._to_host, to_device=False)

    def _to_device(self, data: bytes) -> None:
        waiting = self._device.body.end
        self._device.receive(data, self._clock.monotonic())
        if waiting is not None and self._device.body.end is None and not self._around.end_is_told:
            # Late bytes of the line: the protocol numbers nothing, so the device cannot tell.
            self._around.excuses.append("an acknowledgement of something else was taken for it")
        self._flush_device()

    def _to_host(self, data: bytes) -> None:
        if self._dead:
            return
        self._tell(self.host.receive(data, self._clock.monotonic()))
        self.flush()
        self._look_whether_nothing_moves()

    def _tell(self, events: list[AcceptorEvent]) -> None:
        for event in events:
            self._quiet = 0
            if isinstance(event, Stacked | Returned):
                self._around.end_is_told = True
                if isinstance(event, Returned) and self._device.body.end is None:
                    self._told_once = event.cycle
            elif isinstance(event, Escrowed):
                self._around.end_is_told = False
            if isinstance(event, _CLOSING):
                self._nothing_open = True
            elif isinstance(event, _OPENING):
                self._nothing_open = False
            self._trace.note("acceptor", told(event))
            self._post(event)

    def _look_whether_nothing_moves(self) -> None:
        body, shown = self._device.body, self._device.shown
        if shown != self._shown or self._line.noise:
            self._shown, self._quiet = shown, 0
            return
        self._quiet += 1
        due = self.host.next_deadline()
        if due is None or self._quiet <= SURE_AFTER:
            return
        if body.is_moving:
            changes = self._device.next_deadline()
            self._leap(due, LEAP_BEATS if changes is None else _beats(changes - due))
        elif body.is_at_rest and self._nothing_open:
            self._leap(due, LEAP_BEATS)

    def _leap(self, due: float, beats: int) -> None:
        self._sleep_until = due + min(beats, LEAP_BEATS) * BEAT_S


def _beats(seconds: float) -> int:
    return max(0, math.ceil(seconds / BEAT_S))


def told(event: AcceptorEvent) -> str:
    """An event in one line."""
    parts = [type(event).__name__]
    for name in ("cycle", "note", "how", "why", "reason", "number", "device_count", "evidence"):
        value = getattr(event, name, None)
        if value is not None:
            parts.append(f"{name}={value.minor // 100 if isinstance(value, Note) else value}")
    return " ".join(parts)
