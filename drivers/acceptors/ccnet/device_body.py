"""The machine inside a simulated CCNET validator: where the note is, what time and power do to it.

Facts sheet ccnet sections 8.1-8.3. Here is the physical truth that the terminal's books are
compared with, so nothing in this file may depend on what a host believes. Bytes are none of its
business.
"""

from dataclasses import dataclass, field
from typing import Final

from drivers.acceptors.ccnet.codes import POWER_UPS, Failure, Reject, State

NOTHING_SHOWN: Final = POWER_UPS | {State.INITIALIZE}
"""States that are reported even while an event waits for its acknowledgement."""
_RETURNABLE: Final = frozenset(
    {State.ACCEPTING, State.ESCROW, State.HOLDING, State.RETURNING, State.REJECTING}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceTiming:
    """How long a validator takes, in seconds."""

    initialise_s: float = 1.5
    accepting_s: float = 0.9
    stacking_s: float = 0.9
    returning_s: float = 0.8
    rejecting_s: float = 0.6
    cheated_s: float = 1.0
    escrow_s: float = 10.0
    pause_s: float = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceNote:
    """A piece of paper in the machine; `bill_type` is None for what no sensor recognises."""

    number: int
    bill_type: int | None
    reject: Reject | None = None


@dataclass(slots=True)
class Places:
    """Where every note went that ever entered: the truth."""

    cassette: list[DeviceNote] = field(default_factory=list)
    collected: list[DeviceNote] = field(default_factory=list)
    returned: list[DeviceNote] = field(default_factory=list)
    removed: list[DeviceNote] = field(default_factory=list)
    """Taken out of a jam by hand."""


class DeviceBody:
    """The machine. Times in monotonic seconds; `advance` before anything else."""

    def __init__(self, timing: DeviceTiming, *, capacity: int | None = None) -> None:
        self._timing = timing
        self._capacity = capacity
        self._until: float | None = None
        self._left_s = 0.0
        self.numbered = 0
        self.places = Places()
        self.violations: list[str] = []
        """What a host did although it may cost somebody money."""
        self.state = State.POWER_UP
        self.powered = True
        self.note: DeviceNote | None = None
        self.in_stacker = False
        """The note is past the point of no return, or a jam holds it there."""
        self.event: tuple[State, int] | None = None
        self.counter = 0
        self.enabled = 0
        self.escrowed = 0
        self.detail = 0
        self.cassette_is_in = True
        self.jam_at: State | None = None
        self.failure: Failure | None = None
        self.stalled = False

    @property
    def shown(self) -> State:
        """What POLL reports: a waiting event hides the state behind it."""
        if self.event is not None and self.state not in NOTHING_SHOWN:
            return self.event[0]
        return self.state

    @property
    def in_cassette(self) -> tuple[DeviceNote, ...]:
        """Every note that ever reached a cassette of this machine."""
        return (*self.places.collected, *self.places.cassette)

    # --- time -----------------------------------------------------------------------------------

    def next_deadline(self) -> float | None:
        """When something moves by itself."""
        return self._until if self.powered else None

    def advance(self, now: float) -> None:
        """Let everything happen that is due."""
        while self.powered and self._until is not None and now >= self._until:
            at, self._until = self._until, None
            self._timed(at)

    def _timed(self, at: float) -> None:
        match self.state:
            case State.INITIALIZE:
                self._initialised(at)
            case State.ACCEPTING:
                self._examined(at)
            case State.ESCROW | State.HOLDING:
                self.give_back(at)
            case State.STACKING:
                self._stacked()
            case State.RETURNING:
                self._returned()
            case State.REJECTING:
                self._out_to_customer()
                self.rest()
            case State.PAUSE:
                self._go(State.STACKING, at, self._left_s)
            case _:
                self.rest()

    def _go(self, state: State, now: float, after_s: float | None) -> None:
        self.state = state
        self._until = None if after_s is None else now + after_s

    def rest(self) -> None:
        """Whatever the machine is when nothing moves."""
        full = self._capacity is not None and len(self.places.cassette) >= self._capacity
        self._until = None
        if self.jam_at is not None:
            self.state = self.jam_at
        elif not self.cassette_is_in:
            self.state = State.CASSETTE_OUT
        elif self.failure is not None:
            self.state, self.detail = State.FAILURE, self.failure
        elif full:
            self.state = State.CASSETTE_FULL
        else:
            self.state = State.IDLING if self.enabled else State.UNIT_DISABLED

    def _initialised(self, now: float) -> None:
        recover = self.in_stacker and self.note is not None
        if recover and self.jam_at is None and self.cassette_is_in:
            self._go(State.STACKING, now, None)
            self._stacked()
        else:
            self.rest()

    def _examined(self, now: float) -> None:
        note = self.note
        if note is None or note.bill_type is None or note.reject is not None:
            self.reject((note and note.reject) or Reject.IDENTIFICATION, now)
        elif not self.enabled >> note.bill_type & 1:
            self.reject(Reject.INHIBITED, now)
        elif self.escrowed >> note.bill_type & 1:
            self._go(State.ESCROW, now, self._timing.escrow_s)
            self.detail = note.bill_type
        else:
            self.stack(now)

    def _stacked(self) -> None:
        if self.stalled or self.note is None or self.note.bill_type is None:
            return
        self.event = (State.BILL_STACKED, self.note.bill_type)
        self._into_cassette()
        self.rest()

    def _into_cassette(self) -> None:
        if self.note is not None:
            self.places.cassette.append(self.note)
            self.counter = (self.counter + 1) % 0x10000
        self.note, self.in_stacker = None, False

    def _returned(self) -> None:
        if self.note is not None and self.note.bill_type is not None:
            self.event = (State.BILL_RETURNED, self.note.bill_type)
        self._out_to_customer()
        self.rest()

    def _out_to_customer(self) -> None:
        if self.note is not None:
            self.places.returned.append(self.note)
        self.note, self.in_stacker = None, False

    # --- what a host orders ---------------------------------------------------------------------

    def reset(self, now: float) -> None:
        """RESET: abort, give back what can be given back, initialise."""
        if self.state is State.STACKING:
            self.violations.append("RESET while stacking")
            self._into_cassette()
        if self.shown is State.BILL_STACKED:
            self.violations.append("RESET before the stacked event was acknowledged")
        if self.state not in NOTHING_SHOWN:
            self.event = None
        if self.state in _RETURNABLE or self.state is State.POWER_UP_BILL_IN_VALIDATOR:
            self._out_to_customer()
        self.enabled = self.escrowed = 0
        self._go(State.INITIALIZE, now, self._timing.initialise_s)

    def enable(self, enabled: int, escrowed: int, now: float) -> None:
        """ENABLE BILL TYPES: masks of types; 0 disables."""
        if self.state in POWER_UPS:
            return
        self.enabled, self.escrowed = enabled, escrowed
        if self.state in (State.IDLING, State.UNIT_DISABLED):
            self.rest()
        elif self.state in (State.ESCROW, State.HOLDING) and not enabled:
            self.give_back(now)

    def stack(self, now: float) -> None:
        """Move the note from escrow into the cassette."""
        self.in_stacker = True
        self._go(State.STACKING, now, self._timing.stacking_s)

    def give_back(self, now: float) -> None:
        """Move the note from escrow back to the customer."""
        self._go(State.RETURNING, now, self._timing.returning_s)

    def hold(self, now: float) -> None:
        """Keep the note in escrow for another while."""
        self._go(State.HOLDING, now, self._timing.escrow_s)

    def reject(self, reason: Reject, now: float) -> None:
        """Push a note back that never was in escrow."""
        self.detail = reason
        self._go(State.REJECTING, now, self._timing.rejecting_s)

    # --- what people do -------------------------------------------------------------------------

    def insert(self, bill_type: int | None, now: float, reject: Reject | None = None) -> bool:
        """A customer offers a note; False when the machine does not draw it in."""
        if not self.powered or self.shown is not State.IDLING:
            return False
        self.numbered += 1
        self.note = DeviceNote(number=self.numbered, bill_type=bill_type, reject=reject)
        self._go(State.ACCEPTING, now, self._timing.accepting_s)
        return True

    def push_second(self, now: float) -> bool:
        """A customer pushes a second note behind one that is being stacked."""
        if self.state is not State.STACKING or self._until is None:
            return False
        self._left_s = self._until - now
        self._go(State.PAUSE, now, self._timing.pause_s)
        return True

    def pull_second(self, now: float) -> bool:
        """The second note is pulled out again."""
        if not self.powered or self.state is not State.PAUSE:
            return False
        self._go(State.STACKING, now, self._left_s)
        return True

    def pull_back(self, now: float) -> bool:
        """A customer pulls at a note; it comes out only while it is still being drawn in."""
        if not self.powered or self.state is not State.ACCEPTING:
            return False
        self.reject(Reject.INSERTION, now)
        return True

    def cheat(self, now: float) -> None:
        """Something is being done to the note's way that no honest customer does."""
        if self.powered and self.state is State.IDLING:
            self._go(State.CHEATED, now, self._timing.cheated_s)

    def stall(self, *, on: bool, now: float) -> None:
        """Keep a note in STACKING for as long as wanted."""
        self.stalled = on
        if not on and self.powered and self.state is State.STACKING and self._until is None:
            self._until = now + self._timing.stacking_s

    def jam(self, where: State) -> None:
        """Something is stuck: VALIDATOR_JAMMED or CASSETTE_JAMMED; the note stays where it is."""
        self.jam_at = where
        moving = self.state in (State.STACKING, State.PAUSE)
        self.in_stacker = self.note is not None and (self.in_stacker or moving)
        if self.powered and self.state not in POWER_UPS:
            self.rest()

    def clear_jam(self, now: float, *, into_cassette: bool) -> None:
        """A technician frees the way: the note goes on into the cassette, or into his hand."""
        self.jam_at = None
        if self.note is not None and not (into_cassette and self.in_stacker):
            self.places.removed.append(self.note)
            self.note, self.in_stacker = None, False
        self._start_again(now)

    def fail(self, failure: Failure | None, now: float) -> None:
        """Break something, or with None repair it."""
        self.failure = failure
        if failure is None:
            self._start_again(now)
        elif self.powered and self.note is None and self.state not in NOTHING_SHOWN:
            self.rest()

    def take_cassette_out(self) -> None:
        """The cassette is pulled; a note on its way stays in the way, one in escrow comes back."""
        self.cassette_is_in = False
        if not self.powered or self.state in NOTHING_SHOWN:
            return
        if self.state in (State.ESCROW, State.HOLDING, State.RETURNING):
            self._returned()
        elif self.state in _RETURNABLE:
            self._out_to_customer()
        self.rest()

    def put_cassette_in(self, now: float, *, empty: bool) -> None:
        """A cassette is put in: the same one, or an empty one."""
        if empty:
            self.places.collected += self.places.cassette
            self.places.cassette.clear()
        self.cassette_is_in = True
        self._start_again(now)

    def _start_again(self, now: float) -> None:
        if self.powered and self.state not in NOTHING_SHOWN:
            self.enabled = self.escrowed = 0
            self._go(State.INITIALIZE, now, self._timing.initialise_s)

    # --- power ----------------------------------------------------------------------------------

    def power_cut(self) -> None:
        """The lights go out. What is in a motor's grip stays there."""
        self.powered = False
        self._until = None
        self.enabled = self.escrowed = 0
        if self.event is not None and self.event[0] is State.BILL_RETURNED:
            self.event = None
        if self.state is State.POWER_UP_BILL_IN_VALIDATOR or self.state in _RETURNABLE:
            self.in_stacker = False

    def usual_power_up(self) -> State:
        """The power-up state that fits what is in the machine."""
        if self.event is not None or (self.note is not None and self.in_stacker):
            return State.POWER_UP_BILL_IN_STACKER
        return State.POWER_UP if self.note is None else State.POWER_UP_BILL_IN_VALIDATOR

    def power_on(self, outcome: State | None = None) -> None:
        """Power is back. `outcome` forces one of POWER_UPS on a machine that could show it.

        A forced POWER_UP forgets: a note in the stacker falls into the cassette without a word.
        """
        state = outcome or self.usual_power_up()
        if state is State.POWER_UP:
            self.event = None
            self._into_cassette() if self.in_stacker else self._out_to_customer()
        elif state is State.POWER_UP_BILL_IN_VALIDATOR:
            state = state if self.note is not None else self.usual_power_up()
            self.in_stacker = self.in_stacker and state is not State.POWER_UP_BILL_IN_VALIDATOR
        elif state is State.POWER_UP_BILL_IN_STACKER:
            state = self.usual_power_up()
        self.powered = True
        self.state = state
