"""A person who comes for the cash, in the middle of everything.

He orders a collection at the terminal and takes the cassette when it is answered, or the other way
round; he asks again where no answer comes, and goes away in the end. What he takes is remembered
piece by piece, for the judge. He must never act on anything but the terminal's answer and the
machine.
"""

from collections.abc import Callable
from random import Random
from typing import Final

from drivers.acceptors.device_half import mishaps
from kiosk.terminal.service import Collect, Collected, ServiceAnswer
from simulation.acceptor.machine import Machine
from simulation.proof.agenda import Action, Agenda
from simulation.proof.clock import VirtualClock
from simulation.proof.doubts import Doubts
from simulation.proof.trace import Trace

ASKS_EVERY_S: Final = 8.0
PATIENCE_S: Final = 100.0

Order = Callable[[Collect], None]


class CashCollector:
    """One person at a time. `closed` holds what was in boxes when each period was closed."""

    def __init__(
        self,
        device: Machine,
        clock: VirtualClock,
        agenda: Agenda,
        trace: Trace,
        doubts: Doubts,
    ) -> None:
        self._device = device
        self._clock = clock
        self._agenda = agenda
        self._trace = trace
        self._doubts = doubts
        self._visits = 0
        self._chance = Random(0)
        self._request: str | None = None
        self._cassette_first = False
        self._has_cassette = False
        self._leave_at = 0.0
        self._touched: Action = lambda: None
        self.closed: dict[int, frozenset[int]] = {}
        """Number of the collection to the papers that had ever been stacked when it was recorded."""
        self.strays: dict[int, int] = {}
        """Papers in a box that was taken away that no period closed before has counted, each with the
        number of the last such period.
        """

    @property
    def busy(self) -> bool:
        """He is at the machine: nobody else touches the cassette."""
        return self._request is not None or self._has_cassette

    def period_closes(self, number: int) -> None:
        """The terminal is about to record this collection."""
        stacked = self._device.body.places.stacked
        self.closed[number] = frozenset(paper.number for paper in stacked)

    def come(self, chance: Random, order: Order, touched: Action) -> None:
        """He steps up, unless somebody is busy there already or the cassette is out. `touched` is
        called whenever he has done something to the machine.
        """
        if self.busy or not self._device.body.cassette_is_in:
            return
        self._visits += 1
        self._chance, self._touched = chance, touched
        self._request = f"collection-{self._visits}"
        self._leave_at = self._clock.monotonic() + PATIENCE_S
        self._cassette_first = chance.random() < 0.3
        if self._cassette_first:
            self._take_out()
        self._ask(order)

    def answered(self, answer: ServiceAnswer) -> None:
        """The terminal's word."""
        self._trace.note("collector", f"hears {type(answer).__name__} {answer.request}")
        if not isinstance(answer, Collected) or answer.request != self._request:
            return
        self._request = None
        if self._has_cassette:
            self._after(self._chance.uniform(0.5, 5.0), self._put_in_empty)
        elif self._chance.random() < 0.85:
            self._after(self._chance.uniform(0.5, 6.0), self._take_out)
            self._after(self._chance.uniform(7.0, 25.0), self._put_in_empty)

    def leave(self) -> None:
        """He finishes what he is at: the machine is to be left in order."""
        self._request = None
        if self._has_cassette:
            self._put_back()

    def _ask(self, order: Order) -> None:
        request = self._request
        if request is None:
            return
        if self._clock.monotonic() >= self._leave_at:
            self._trace.note("collector", "gives up")
            self.leave()
            return
        self._trace.note("collector", f"orders {request}")
        order(Collect(request=request, operator="Collector"))
        self._after(ASKS_EVERY_S, lambda: self._ask(order) if request == self._request else None)

    def _take_out(self) -> None:
        body = self._device.body
        if not body.cassette_is_in:
            return
        self._trace.note("collector", "takes the cassette out")
        self._doubts.add_for_inside(body, "cassette out with the note inside")
        mishaps.take_cassette_out(body, self._clock.monotonic())
        self._has_cassette = True
        self._touched()

    def _put_in_empty(self) -> None:
        if not self._has_cassette:
            return
        body = self._device.body
        known: frozenset[int] = frozenset().union(*self.closed.values())
        taken = [paper.number for paper in body.places.cassette]
        last = max(self.closed, default=0)
        self.strays.update({number: last for number in taken if number not in known})
        self._trace.note("collector", f"puts an empty cassette in, took {len(taken)}")
        mishaps.put_cassette_in(body, self._clock.monotonic(), empty=True)
        self._has_cassette = False
        self._touched()

    def _put_back(self) -> None:
        self._trace.note("collector", "puts the same cassette in again")
        mishaps.put_cassette_in(self._device.body, self._clock.monotonic(), empty=False)
        self._has_cassette = False
        self._touched()

    def _after(self, seconds: float, action: Action) -> None:
        self._agenda.plan(self._clock.monotonic() + seconds, action)
