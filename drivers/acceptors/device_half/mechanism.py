"""The machine inside any simulated acceptor: where the note is, what time, power and people do to it.

It knows phases and paper, no protocol: a device half orders it about, shows its phases in the
vendor's words, and acknowledges a note's end when the host has. What it holds is the physical truth,
so it must never depend on what a host believes. Behaviour after facts sheet ccnet sections 8.1-8.3,
which id003 section 7 and ssp section 9 share.
"""

from collections.abc import Callable
from dataclasses import dataclass

from drivers.acceptors.device_half.paper import Paper, Places
from drivers.acceptors.device_half.phases import (
    IN_ESCROW,
    MOVING,
    POWER_UPS,
    RESTING,
    RETURNABLE,
    STARTING,
    Ending,
    MechanismTiming,
    Phase,
    RejectCodes,
)

Watcher = Callable[[Phase, float], None]


@dataclass(frozen=True, slots=True)
class End:
    """A recognised note's end, which the machine remembers until it is acknowledged."""

    how: Ending
    paper: Paper


class Mechanism:
    """The machine. Times in monotonic seconds; `advance` before anything else.

    Args:
        capacity: notes that a cassette holds; None for any number.
        watch: told of each phase as it begins, with its moment; several may begin in one `advance`.
    """

    def __init__(
        self,
        timing: MechanismTiming,
        rejects: RejectCodes,
        *,
        capacity: int | None = None,
        watch: Watcher | None = None,
    ) -> None:
        self.timing = timing
        self._rejects = rejects
        self._capacity = capacity
        self._watch = watch
        self.until: float | None = None
        """When the phase ends by itself."""
        self.left_s = 0.0
        """What was left of stacking when it was paused."""
        self.numbered = 0
        """Number of the last piece of paper that was drawn in."""
        self.places = Places()
        self.violations: list[str] = []
        """What a host did although it may cost somebody money."""
        self.phase = Phase.POWER_UP
        self.powered = True
        self.paper: Paper | None = None
        """What is inside, outside the cassette."""
        self.in_stacker = False
        """The paper is past the point of no return, or a jam holds it there."""
        self.end: End | None = None
        self.counter = 0
        """Pieces stacked since the factory; 16 bits."""
        self.enabled: frozenset[int] = frozenset()
        """Values that are drawn in and kept."""
        self.escrowed: frozenset[int] = frozenset()
        """Those of them that wait for a decision; the others are stacked at once."""
        self.detail = 0
        """The vendor's code of the last reject or failure."""
        self.cassette_is_in = True
        self.jam_at: Phase | None = None
        self.failure: int | None = None
        self.stalled = False

    # --- what can be seen -----------------------------------------------------------------------

    @property
    def shown_end(self) -> End | None:
        """The end that hides the phase behind it; none while the machine starts."""
        return None if self.phase in STARTING else self.end

    @property
    def is_at_rest(self) -> bool:
        """Nothing moves, nothing is inside, no end waits, nothing is wrong."""
        return self.phase in RESTING and self.end is None and self.paper is None

    @property
    def is_moving(self) -> bool:
        """Something moves that will come to an end by itself; no host is needed for it."""
        return self.phase in MOVING and self.shown_end is None

    @property
    def is_stacking(self) -> bool:
        """A note is on its way from escrow to the cassette."""
        return self.phase is Phase.STACKING and self.shown_end is None

    @property
    def in_escrow(self) -> Paper | None:
        """The note that waits for a decision."""
        return self.paper if self.phase in IN_ESCROW else None

    # --- time -----------------------------------------------------------------------------------

    def next_deadline(self) -> float | None:
        """When something moves by itself."""
        return self.until if self.powered else None

    def advance(self, now: float) -> None:
        """Let everything happen that is due."""
        while self.powered and self.until is not None and now >= self.until:
            at, self.until = self.until, None
            self._timed(at)

    def _timed(self, at: float) -> None:
        match self.phase:
            case Phase.INITIALISING:
                self._initialised(at)
            case Phase.ACCEPTING:
                self._examined(at)
            case Phase.ESCROW | Phase.HOLDING:
                self.give_back(at)
            case Phase.STACKING:
                self._stacked(at)
            case Phase.RETURNING:
                self.end_returned(at)
            case Phase.REJECTING:
                self.out_to_customer()
                self.rest(at)
            case Phase.PAUSED:
                self.begin(Phase.STACKING, at, self.left_s)
            case _:
                self.rest(at)

    def begin(self, phase: Phase, now: float, after_s: float | None) -> None:
        """Begin a phase, which ends by itself after a while, or with None does not."""
        self.phase = phase
        self.until = None if after_s is None else now + after_s
        if self._watch is not None:
            self._watch(phase, now)

    def rest(self, now: float) -> None:
        """Whatever the machine is when nothing moves."""
        full = self._capacity is not None and len(self.places.cassette) >= self._capacity
        if self.jam_at is not None:
            self.begin(self.jam_at, now, None)
        elif not self.cassette_is_in:
            self.begin(Phase.CASSETTE_OUT, now, None)
        elif self.failure is not None:
            self.detail = self.failure
            self.begin(Phase.FAILED, now, None)
        elif full:
            self.begin(Phase.CASSETTE_FULL, now, None)
        else:
            self.begin(Phase.IDLING if self.enabled else Phase.DISABLED, now, None)

    def start_again(self, now: float) -> None:
        """Set up from the beginning, by itself; whatever was enabled is forgotten."""
        if self.powered and self.phase not in STARTING:
            self.enabled = self.escrowed = frozenset()
            self.begin(Phase.INITIALISING, now, self.timing.initialise_s)

    def _initialised(self, now: float) -> None:
        recover = self.in_stacker and self.paper is not None
        if recover and self.jam_at is None and self.cassette_is_in:
            self.begin(Phase.STACKING, now, None)
            self._stacked(now)
        else:
            self.rest(now)

    def _examined(self, now: float) -> None:
        paper = self.paper
        if paper is None or paper.flaw is not None or paper.value is None:
            flaw = paper.flaw if paper else None
            self.reject(self._rejects.unrecognised if flaw is None else flaw, now)
        elif paper.value not in self.enabled:
            self.reject(self._rejects.inhibited, now)
        elif paper.value in self.escrowed:
            self.begin(Phase.ESCROW, now, self.timing.escrow_s)
        else:
            self.stack(now)

    def _stacked(self, now: float) -> None:
        if self.stalled or self.paper is None or self.paper.value is None:
            return
        self.end = End(Ending.STACKED, self.paper)
        self.into_cassette()
        self.rest(now)

    def into_cassette(self) -> None:
        """What is inside falls into the cassette."""
        if self.paper is not None:
            self.places.cassette.append(self.paper)
            self.counter = (self.counter + 1) % 0x10000
        self.paper, self.in_stacker = None, False

    def end_returned(self, now: float) -> None:
        """The note has reached the customer's hand."""
        if self.paper is not None and self.paper.value is not None:
            self.end = End(Ending.RETURNED, self.paper)
        self.out_to_customer()
        self.rest(now)

    def out_to_customer(self) -> None:
        """What is inside goes to the customer."""
        if self.paper is not None:
            self.places.returned.append(self.paper)
        self.paper, self.in_stacker = None, False

    # --- what a host orders ---------------------------------------------------------------------

    def reset(self, now: float) -> None:
        """Abort, give back what can be given back, initialise."""
        if self.phase is Phase.STACKING:
            self.violations.append("RESET while stacking")
            self.into_cassette()
        end = self.shown_end
        if end is not None and end.how is Ending.STACKED:
            self.violations.append("RESET before the stacked event was acknowledged")
        if self.phase not in STARTING:
            self.end = None
        if self.phase in RETURNABLE or self.phase is Phase.POWER_UP_NOTE_IN_PATH:
            self.out_to_customer()
        self.enabled = self.escrowed = frozenset()
        self.begin(Phase.INITIALISING, now, self.timing.initialise_s)

    def enable(self, enabled: frozenset[int], escrowed: frozenset[int], now: float) -> None:
        """Draw in these values from now on, some of them into escrow; none disables.

        What becomes of a note in escrow is the protocol's to say.
        """
        if self.phase in POWER_UPS:
            return
        self.enabled, self.escrowed = enabled, escrowed
        if self.phase in RESTING:
            self.rest(now)

    def stack(self, now: float) -> None:
        """Move the note from escrow into the cassette."""
        self.in_stacker = True
        self.begin(Phase.STACKING, now, self.timing.stacking_s)

    def give_back(self, now: float) -> None:
        """Move the note from escrow back to the customer."""
        self.begin(Phase.RETURNING, now, self.timing.returning_s)

    def hold(self, now: float) -> None:
        """Keep the note in escrow for another while."""
        self.begin(Phase.HOLDING, now, self.timing.escrow_s)

    def reject(self, code: int, now: float) -> None:
        """Push a note back that is no longer wanted."""
        self.detail = code
        self.begin(Phase.REJECTING, now, self.timing.rejecting_s)

    def acknowledge(self) -> None:
        """The host has heard of the note's end."""
        self.end = None

    # --- what people do -------------------------------------------------------------------------

    def insert(self, value: int | None, now: float, *, flaw: int | None = None) -> bool:
        """A customer offers a note, or with None something that is none; False when the machine
        does not draw it in.
        """
        if not self.powered or self.phase is not Phase.IDLING or self.end is not None:
            return False
        self.numbered += 1
        self.paper = Paper(number=self.numbered, value=value, flaw=flaw)
        self.begin(Phase.ACCEPTING, now, self.timing.accepting_s)
        return True

    def insert_counterfeit(self, now: float) -> bool:
        """A customer offers a note that the sensors find false."""
        return self.insert(None, now, flaw=self._rejects.counterfeit)

    def pull_back(self, now: float) -> bool:
        """A customer pulls at a note; it comes out only while it is still being drawn in."""
        if not self.powered or self.phase is not Phase.ACCEPTING:
            return False
        self.reject(self._rejects.pulled, now)
        return True
