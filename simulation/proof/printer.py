"""A receipt printer with its driver, in simulated time: the paper, and what was told about it.

The paper is the truth: `slips` holds every slip of which a first line came out. It must never tell
that a slip is printed before all of it is.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random
from typing import Final

from drivers.printers.contract import (
    Paper,
    PrinterChanged,
    PrinterEvent,
    PrinterState,
    SlipFailed,
    SlipFailure,
    SlipPrinted,
)
from simulation.proof.agenda import Agenda
from simulation.proof.clock import VirtualClock
from simulation.proof.gate import Gate
from simulation.proof.trace import Trace

GOOD: Final = PrinterState(reachable=True, online=True, paper=Paper.OK)
NO_PAPER: Final = replace(GOOD, online=False, paper=Paper.OUT)
SILENT: Final = PrinterState(reachable=False)
STUCK: Final = replace(GOOD, online=False, cutter_error=True)

Post = Callable[[PrinterEvent], None]


@dataclass(slots=True)
class PaperSlip:
    """A slip of which something came out; `whole` when all of it did."""

    number: int
    data: bytes
    whole: bool = False


class Printer:
    """`ReceiptPrinter` for one life after the other."""

    def __init__(
        self, clock: VirtualClock, agenda: Agenda, gate: Gate, trace: Trace, chance: Random
    ) -> None:
        self._clock = clock
        self._agenda = agenda
        self._gate = gate
        self._trace = trace
        self._chance = chance
        self._post: Post | None = None
        self._life = 0
        self._jobs: deque[tuple[int, bytes]] = deque()
        self._printing: PaperSlip | None = None
        self.state = GOOD
        self.slips: list[PaperSlip] = []

    @property
    def idle(self) -> bool:
        """Nothing is being printed and nothing waits."""
        return not self._jobs and self._printing is None

    def attach(self, post: Post) -> None:
        """A life begins: its driver looks at the printer and tells what it sees."""
        self._life += 1
        self._post = post
        self._jobs.clear()
        self._printing = None
        life = self._life
        at = self._clock.monotonic() + 0.3
        self._agenda.plan(at, lambda: self._tell_state() if life == self._life else None)

    def detach(self) -> None:
        """The process ended; what is on paper stays there."""
        self._life += 1
        self._post = None
        self._jobs.clear()
        self._printing = None

    def become(self, state: PrinterState) -> None:
        """Something happens to the printer; a slip that is just coming out stays unconfirmed."""
        self.state = state
        self._trace.note("printer", "prints" if state.can_print else f"trouble: {state.paper}")
        if self._printing is not None and not state.can_print:
            slip, self._printing = self._printing, None
            self._fail(slip.number, SlipFailure.NOT_CONFIRMED, sent=True)
        self._tell_state()

    def print_slip(self, slip: int, data: bytes) -> None:
        """See the contract."""
        self._gate.passing("before slip")
        self._trace.note("printer", f"gets slip {slip}")
        self._jobs.append((slip, data))
        self._plan(0.05, self._begin)
        self._gate.passing("after slip")

    def part_from_the_last(self) -> None:
        """See the contract: half a slip and the next one are two pieces of paper here anyway."""

    def _plan(self, after_s: float, action: Callable[[], None]) -> None:
        life = self._life
        at = self._clock.monotonic() + after_s
        self._agenda.plan(at, lambda: action() if life == self._life else None)

    def _begin(self) -> None:
        if self._printing is not None or not self._jobs:
            return
        number, data = self._jobs.popleft()
        if not self.state.can_print:
            reachable = self.state.reachable
            why = SlipFailure.NOT_READY if reachable else SlipFailure.NOT_REACHABLE
            self._fail(number, why, sent=False)
            self._begin()
            return
        self._printing = PaperSlip(number, data)
        self.slips.append(self._printing)
        slip = self._printing
        self._plan(self._chance.uniform(1.0, 4.0), lambda: self._end(slip))

    def _end(self, slip: PaperSlip) -> None:
        if self._printing is not slip:
            return
        self._printing = None
        slip.whole = True
        self._tell(SlipPrinted(slip=slip.number))
        self._begin()

    def _fail(self, number: int, why: SlipFailure, *, sent: bool) -> None:
        self._tell(SlipFailed(slip=number, why=why, sent=sent))

    def _tell_state(self) -> None:
        self._tell(PrinterChanged(state=self.state))

    def _tell(self, event: PrinterEvent) -> None:
        if self._post is not None:
            self._trace.note("printer", type(event).__name__)
            self._post(event)
