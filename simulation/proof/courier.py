"""The sync client of one life: the real machine, driven by simulated time instead of a thread."""

from collections.abc import Callable
from typing import assert_never

from kiosk.clock import Clock
from offline_queue.sync import SyncMachine
from offline_queue.sync.messages import (
    Idle,
    Send,
    SyncEvent,
    SyncRequest,
    TransportTrouble,
    Wait,
)
from offline_queue.sync.reports import Report
from simulation.proof.backend import Reply
from simulation.proof.gate import Gate
from simulation.proof.network import Network
from terminal_api.payments import PaymentBatch


class SimulatedCourier:
    """`Courier` for one life of the terminal."""

    def __init__(
        self,
        machine: SyncMachine,
        network: Network,
        clock: Clock,
        gate: Gate,
        post: Callable[[SyncEvent], None],
    ) -> None:
        self._machine = machine
        self._network = network
        self._clock = clock
        self._gate = gate
        self._post = post
        self._ended = False
        self.next_at: float | None = None

    def submit(self, batch: PaymentBatch, *, ask_first: bool) -> None:
        """See `Courier`."""
        self._gate.passing("before batch")
        self._machine.submit(batch, ask_first=ask_first, now=self._clock.monotonic())
        self.go_on()
        self._gate.passing("after batch")

    def ask(self, numbers: tuple[int, ...]) -> None:
        """See `Courier`."""
        self._machine.ask(numbers)
        self.go_on()

    def report(self, batch: Report) -> None:
        """See `Courier`."""
        self._machine.report(batch)
        self.go_on()

    @property
    def idle(self) -> bool:
        """Nothing is carried and nothing is asked."""
        return self.next_at is None and not self._machine.in_flight and not self._machine.carried

    def end(self) -> None:
        """The process is gone; answers reach nobody."""
        self._ended = True
        self.next_at = None

    def link_returned(self) -> None:
        """The line is good again."""
        self._machine.link_returned(self._clock.monotonic())
        self.go_on()

    def go_on(self) -> None:
        """Do what is due."""
        self.next_at = None
        step = self._machine.next_step(self._clock.monotonic())
        match step:
            case Send(request=request):
                self._network.carry(request, lambda outcome: self._landed(request, outcome))
            case Wait(until=until):
                self.next_at = None if self._machine.in_flight else until
            case Idle():
                pass
            case _ as never:
                assert_never(never)

    def _landed(self, _request: SyncRequest, outcome: Reply | TransportTrouble) -> None:
        if self._ended:
            return
        now = self._clock.monotonic()
        if isinstance(outcome, Reply):
            events = self._machine.on_answer(outcome.status, outcome.body, now)
        else:
            events = self._machine.on_transport_error(outcome, now)
        for event in events:
            self._post(event)
        self.go_on()
