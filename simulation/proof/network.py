"""The network between terminal and backend: it loses, doubles, delays, reorders, and speaks itself.

What it does to a request never depends on what the request says. It must never answer in the
backend's name what the backend would not say, except as a foreign page that is no answer at all.
"""

from collections.abc import Callable
from enum import StrEnum
from random import Random
from typing import Final

from offline_queue.sync.messages import SyncRequest, TransportTrouble
from simulation.proof.agenda import Agenda
from simulation.proof.backend import Backend, Reply
from simulation.proof.clock import VirtualClock
from simulation.proof.trace import Trace

PATIENCE_S: Final = 20.0
_PORTAL: Final = Reply(200, b"<html>Pay for the internet first</html>")
_BROKEN: Final = Reply(500, b"internal error")

Outcome = Callable[[Reply | TransportTrouble], None]


class Fate(StrEnum):
    """What becomes of one request."""

    WELL = "goes well"
    LOST = "request lost"
    MUTE = "answer lost"
    TWICE = "arrives twice"
    LATE = "arrives after its sender has given up"
    ERROR = "500 before anything was done"
    ERROR_AFTER = "500 after everything was done"
    PORTAL = "a foreign page answers"


_TROUBLES: Final = tuple(fate for fate in Fate if fate is not Fate.WELL)


class Network:
    """Carries one request at a time for a terminal, and old ones that are still on their way."""

    def __init__(
        self,
        backend: Backend,
        clock: VirtualClock,
        agenda: Agenda,
        trace: Trace,
        chance: Random,
    ) -> None:
        self._backend = backend
        self._clock = clock
        self._agenda = agenda
        self._trace = trace
        self._chance = chance
        self.bad_share = 0.0
        self.cable_out = False
        self.backend_down = False

    def carry(self, request: SyncRequest, tell: Outcome) -> None:
        """Take a request; `tell` is called once, later."""
        chance = self._chance
        delay = chance.uniform(0.02, 0.4)
        bad = chance.random() < self.bad_share
        fate = chance.choice(_TROUBLES) if bad else Fate.WELL
        if self.cable_out or self.backend_down:
            self._trace.note("network", "no connection")
            self._later(delay, lambda: tell(TransportTrouble.CONNECT))
            return
        self._trace.note("network", f"{request.path.rsplit('/', 1)[-1]}: {fate}")
        self._meet(fate, request, tell, delay)

    def _meet(self, fate: Fate, request: SyncRequest, tell: Outcome, delay: float) -> None:
        match fate:
            case Fate.WELL:
                self._later(delay, lambda: tell(self._serve(request)))
            case Fate.LOST:
                self._later(PATIENCE_S, lambda: tell(TransportTrouble.TIMEOUT))
            case Fate.MUTE:
                self._later(delay, lambda: self._serve(request))
                self._later(delay * 2, lambda: tell(TransportTrouble.BROKEN))
            case Fate.TWICE:
                again = self._chance.uniform(0.5, 60.0)
                self._later(delay, lambda: tell(self._serve(request)))
                self._later(again, lambda: self._serve(request))
            case Fate.LATE:
                after = PATIENCE_S + self._chance.uniform(0.1, 60.0)
                self._later(PATIENCE_S, lambda: tell(TransportTrouble.TIMEOUT))
                self._later(after, lambda: self._serve(request))
            case Fate.ERROR:
                self._later(delay, lambda: tell(_BROKEN))
            case Fate.ERROR_AFTER:
                self._later(delay, lambda: self._serve(request))
                self._later(delay, lambda: tell(_BROKEN))
            case Fate.PORTAL:
                self._later(delay, lambda: tell(_PORTAL))

    def _later(self, after_s: float, action: Callable[[], object]) -> None:
        self._agenda.plan(self._clock.monotonic() + after_s, lambda: _do(action))

    def _serve(self, request: SyncRequest) -> Reply | TransportTrouble:
        if self.backend_down:
            return TransportTrouble.BROKEN
        return self._backend.post(request.path, request.body)


def _do(action: Callable[[], object]) -> None:
    action()
