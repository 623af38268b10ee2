"""A host half and a device half back to back, byte by byte, under simulated time.

Nothing here waits: time jumps to the next moment at which either half has something to do. The line
between them can be spoiled by `noise`.
"""

from collections.abc import Callable
from typing import Protocol

from drivers.acceptors.contract import AcceptorEvent
from drivers.acceptors.sans_io import AcceptorHost

LINE_DELAY_S = 0.002
LONGEST_STEP_S = 0.05


class WireHalf(Protocol):
    """What the rig needs of a device: the wire side of a `Machine`, or a puppet in a test."""

    def receive(self, data: bytes, now: float) -> object: ...
    def tick(self, now: float) -> object: ...
    def data_to_send(self) -> bytes: ...
    def next_deadline(self) -> float | None: ...


class Rig:
    """Two halves on one simulated line.

    Args:
        react: called with every event at the moment it is told, as the terminal would be.
        noise: changes the bytes that cross the line; the flag is True towards the device.
    """

    def __init__(
        self,
        host: AcceptorHost,
        device: WireHalf,
        *,
        react: Callable[[AcceptorEvent], None] | None = None,
        noise: Callable[[bytes, bool], bytes] | None = None,
        now: float = 1000.0,
    ) -> None:
        self.host = host
        self.device = device
        self.now = now
        self.events: list[AcceptorEvent] = []
        self.wire: list[tuple[bool, bytes]] = []
        """Everything that crossed the line; True is towards the device."""
        self.react = react
        self.is_plugged = True
        self._noise = noise

    def run(self, seconds: float) -> None:
        """Let this much time pass."""
        end = self.now + seconds
        self._exchange()
        while self.now < end:
            self.now = min(self._next(), end)
            self._exchange()

    def run_until(self, condition: Callable[[], bool], limit_s: float = 60.0) -> None:
        """Let time pass until the condition holds; AssertionError when it does not in time."""
        end = self.now + limit_s
        self._exchange()
        while not condition():
            if self.now >= end:
                raise AssertionError(f"not within {limit_s} s; events: {self.events[-8:]}")
            self.now = self._next()
            self._exchange()

    def hear(self, data: bytes) -> None:
        """Bytes that no device ever said reach the host."""
        self._tell(self.host.receive(data, self.now))

    def unplug(self) -> None:
        """The host's port is gone, and what was on its way with it."""
        self.is_plugged = False
        self._tell(self.host.port_lost(self.now))

    def plug(self) -> None:
        """The port is there again."""
        self.is_plugged = True
        self._tell(self.host.port_opened(self.now))

    def replace_host(self, host: AcceptorHost) -> None:
        """The process died and another one began."""
        self.host = host

    def _next(self) -> float:
        due = [self.host.next_deadline(), self.device.next_deadline()]
        soonest = min((at for at in due if at is not None), default=self.now + LONGEST_STEP_S)
        return min(max(soonest, self.now + 0.0005), self.now + LONGEST_STEP_S)

    def _exchange(self) -> None:
        """Both halves speak until neither has anything left to say at this moment."""
        self.device.tick(self.now)
        self._tell(self.host.tick(self.now))
        for _ in range(50):
            if not (self._to_device() | self._to_host()):
                return
        raise AssertionError("the two halves never stop talking")

    def _to_device(self) -> bool:
        data = self._carry(self.host.data_to_send(), to_device=True)
        if data:
            self.now += LINE_DELAY_S
            self.device.receive(data, self.now)
        return bool(data)

    def _to_host(self) -> bool:
        data = self._carry(self.device.data_to_send(), to_device=False)
        if data:
            self.now += LINE_DELAY_S
            self._tell(self.host.receive(data, self.now))
        return bool(data)

    def _carry(self, data: bytes, *, to_device: bool) -> bytes:
        if not self.is_plugged:
            return b""
        if data and self._noise is not None:
            data = self._noise(data, to_device)
        if data:
            self.wire.append((to_device, data))
        return data

    def _tell(self, events: list[AcceptorEvent]) -> None:
        for event in events:
            self.events.append(event)
            if self.react is not None:
                self.react(event)
        if events:
            self.events_told()

    def events_told(self) -> None:
        """Commands given in answer to events take effect at once."""
        more = self.host.tick(self.now)
        if more:
            self._tell(more)


def kinds(events: list[AcceptorEvent]) -> list[type]:
    """What kind each event is, where the rest does not matter."""
    return [type(event) for event in events]
