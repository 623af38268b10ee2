"""From what a CCNET device says, poll by poll, to the life of each banknote.

CCNET has no numbers on its events: the same 81 is repeated until it is acknowledged, an
acknowledgement can get lost, and a power cut replays the event. So this book gives every note's
way an identity and decides for each 81 whether it is this note or another one (facts sheet ccnet
section 8.3). It must never turn doubt into a credit or into silence: what stays open becomes
`Disputed`.

| device says | no cycle | open cycle | ended cycle, device may still repeat it |
|---|---|---|---|
| 80 | new cycle, Escrowed | same, or old one resolved and new | new cycle, Escrowed |
| 81 | new cycle, Stacked recovered | Stacked | same, told again until settled |
| 82 | new cycle, Returned | Returned | same, told again until settled |
| 11 | (earlier life) new, as an open one | Returning; Returned after RESET | – |
| 12 | 81 must follow, else Disputed | 81 must follow, else Disputed | same note again |
| at rest | – | after a grace period Returned, or in doubt | proof that it was acknowledged |
| jam, failure | – | after a grace period in doubt | – |
| 80 of another note | – | in doubt; with a counter that note goes back | new cycle, Escrowed |

A cycle *in doubt* is what the device's counter says, asked at rest (see `recount`): Stacked,
Returned or Disputed; without a counter it is Disputed at once.
"""

from collections.abc import Callable
from typing import Final

from drivers.acceptors.ccnet.codes import COUPONS, POWER_UPS, State
from drivers.acceptors.ccnet.cycle import Cycle, Decision, Stage
from drivers.acceptors.ccnet.meanings import raw_text
from drivers.acceptors.ccnet.recount import ASKED_AT_MOST, COUNTER_SIZE, by_counter
from drivers.acceptors.ccnet.timing import HostTiming
from drivers.acceptors.contract import (
    AcceptorEvent,
    CycleId,
    Disputed,
    Escrowed,
    Note,
    Rejected,
    RejectReason,
    Returned,
    Returning,
    ReturnReason,
    Stacked,
    StackedHow,
)

AT_REST: Final = frozenset(
    {State.IDLING, State.UNIT_DISABLED, State.ACCEPTING, State.REJECTING, State.CHEATED}
)
"""States in which no earlier note can be in the device's way."""
UNDERWAY: Final = frozenset({State.STACKING, State.RETURNING, State.ESCROW, State.HOLDING})
"""States with a note inside that was recognised."""
MONEY_EVENTS: Final = frozenset({State.BILL_STACKED, State.BILL_RETURNED})
JAMS: Final = frozenset({State.VALIDATOR_JAMMED, State.CASSETTE_JAMMED, State.FAILURE})
FAILED: Final = JAMS | {State.CASSETTE_FULL, State.CASSETTE_OUT}


class CycleBook:
    """The one note that the device may still have something to say about.

    `note_of` names a bill type, None for one that is no note. `boot` must be unique for each start
    of the process, so that no cycle identity is ever used twice.
    """

    def __init__(
        self, boot: str, note_of: Callable[[int], Note | None], timing: HostTiming
    ) -> None:
        self._boot = boot
        self._note_of = note_of
        self._timing = timing
        self._numbered = 0
        self._resting_since: float | None = None
        self._unexplained = False
        self._doubtful: Cycle | None = None
        self._asked = 0
        self.current: Cycle | None = None
        self.count: int | None = None
        """The device's counter of stacked notes now, None while not known."""
        self.recovering = False
        """A power-up found a note in the stacker and its 81 may still come."""
        self.knows_everything = False
        """The device has told all it knows of notes from before this life."""

    @property
    def is_pending(self) -> bool:
        """True while a RESET could lose something that the device still has to say."""
        current = self.current
        told_all = current is None or (current.stage is Stage.DISPUTED and current.left_escrow)
        return self.recovering or self.wants_count or not told_all

    @property
    def is_open(self) -> bool:
        """True while the whereabouts of a note are undecided."""
        open_now = self.current is not None and self.current.stage is Stage.OPEN
        return self.recovering or self.wants_count or open_now

    @property
    def wants_count(self) -> bool:
        """A note is in doubt: the device's counter is to be asked as soon as it is at rest."""
        return self._doubtful is not None

    def in_escrow(self, cycle: CycleId) -> Cycle | None:
        """The open cycle of this identity, on which an order makes sense."""
        current = self.current
        return current if current and current.id == cycle and current.stage is Stage.OPEN else None

    def settle(self, cycle: CycleId) -> None:
        """What was told last of this cycle is on record: the next acknowledgement, or the reset that
        gives the note back, may go out.
        """
        current = self.current
        if current is None or current.id != cycle:
            return
        if current.stage is Stage.OPEN:
            current.may_go_back = current.going_back
        else:
            current.settled = True

    def may_reset_power_up(self, now: float) -> bool:
        """False while a note found in the path waits for the record that it goes back."""
        cycle = self.current
        if cycle is None or cycle.stage is not Stage.OPEN or cycle.going_back_since is None:
            return True
        return cycle.may_go_back or now >= cycle.going_back_since + self._timing.return_record_s

    def see(self, state: State, detail: int | None, now: float) -> list[AcceptorEvent]:
        """Take one POLL answer (all but DEVICE_BUSY)."""
        if self.current is not None and self.current.stage is Stage.OPEN:
            self.current.remember(raw_text(state, detail))
        self._watch_rest(state, now)
        match state:
            case State.ESCROW:
                return self._escrow(detail or 0)
            case State.BILL_STACKED:
                return self._stacked(detail or 0)
            case State.BILL_RETURNED:
                return self._returned(detail)
            case _ if state in POWER_UPS:
                return self._powered_up(state, now)
            case State.INITIALIZE:
                return self._initialising()
            case State.COUNTERFEIT_HELD:
                return self._kept_as_counterfeit()
            case _ if state in AT_REST:
                return self._at_rest(state, now)
            case _ if state in FAILED:
                return self._failed(state, now)
            case _:
                self._moving_on()
                return []

    def counted(self, count: int | None) -> list[AcceptorEvent]:
        """What the device's counter is, at rest; None when the question was not answered."""
        cycle = self._doubtful
        if cycle is None:
            return []
        self._asked += 1
        if count is None and self._asked < ASKED_AT_MOST:
            return []
        return self._no_count() if count is None else self._decided(cycle, count)

    def no_counter(self) -> list[AcceptorEvent]:
        """The device refuses to tell its counter."""
        return self._no_count() if self.wants_count else []

    # --- events of the device -------------------------------------------------------------------

    def _escrow(self, bill_type: int) -> list[AcceptorEvent]:
        current = self.current
        events: list[AcceptorEvent] = []
        if current is not None and current.stage is Stage.OPEN:
            if current.bill_type == bill_type and not current.left_escrow:
                return []
            events = self._resolve(current)
        self.recovering = self._unexplained = False
        cycle = self._open(bill_type, seen_escrow=True)
        if self.wants_count:
            # The counter can tell of the note before only while nothing was stacked after it.
            cycle.decision = Decision.RETURN
            raw = raw_text(State.ESCROW, bill_type)
            return [*events, Rejected(reason=RejectReason.OTHER, raw=raw)]
        if cycle.note is None:
            cycle.decision = Decision.RETURN
            reason = RejectReason.COUPON if bill_type in COUPONS else RejectReason.OTHER
            return [*events, Rejected(reason=reason, raw=raw_text(State.ESCROW, bill_type))]
        count = cycle.count_before
        return [*events, Escrowed(cycle=cycle.id, note=cycle.note, device_count=count)]

    def _stacked(self, bill_type: int) -> list[AcceptorEvent]:
        cycle = self.current
        self.recovering = self._unexplained = False
        if cycle is None or self._is_other_note(cycle, bill_type):
            cycle = self._open(bill_type, seen_escrow=False)
        if cycle.stage is not Stage.STACKED:
            self._count_one(cycle)
            cycle.stage = Stage.STACKED
            cycle.settled = cycle.acknowledged = False
            cycle.bill_type, cycle.note = bill_type, self._note_of(bill_type)
            cycle.remember(raw_text(State.BILL_STACKED, bill_type))
        return [] if cycle.settled else [self._stacked_event(cycle)]

    def _returned(self, bill_type: int | None) -> list[AcceptorEvent]:
        cycle = self.current
        self.recovering = self._unexplained = False
        if cycle is None or cycle.stage is Stage.STACKED:
            cycle = self._open(bill_type, seen_escrow=False)
        if cycle.stage is not Stage.RETURNED:
            cycle.stage = Stage.RETURNED
            cycle.settled = cycle.acknowledged = False
            cycle.why = self._why_returned(cycle)
        if cycle.note is None and bill_type is not None:
            cycle.note = self._note_of(bill_type)
        return [] if cycle.settled else [self._returned_event(cycle)]

    def _powered_up(self, state: State, now: float) -> list[AcceptorEvent]:
        cycle = self.current
        events: list[AcceptorEvent] = []
        if state is State.POWER_UP_BILL_IN_STACKER:
            self.recovering = True
            self._unexplained = cycle is None
        if state is State.POWER_UP_BILL_IN_VALIDATOR:
            if cycle is None and not self.knows_everything:
                cycle = self._open(None, seen_escrow=False)
            events = [] if cycle is None else self._goes_back(cycle, now)
        self._mark_reset()
        return self._went_back() if state is State.POWER_UP else events

    @staticmethod
    def _goes_back(cycle: Cycle, now: float) -> list[AcceptorEvent]:
        if cycle.going_back_since is None:
            cycle.going_back_since = now
        if cycle.stage is not Stage.OPEN or cycle.may_go_back:
            return []
        return [Returning(cycle=cycle.id, note=cycle.note)]

    def _initialising(self) -> list[AcceptorEvent]:
        self._mark_reset()
        return self._went_back()

    def _went_back(self) -> list[AcceptorEvent]:
        """A note that a power-up found in the validator is given back by the reset."""
        cycle = self.current
        if cycle is None or cycle.stage is not Stage.OPEN or not cycle.going_back:
            return []
        cycle.stage = Stage.RETURNED
        cycle.why = ReturnReason.DEVICE
        return [self._returned_event(cycle)]

    def _mark_reset(self) -> None:
        if self.current is not None:
            self.current.left_escrow = self.current.was_reset = True

    def _at_rest(self, state: State, now: float) -> list[AcceptorEvent]:
        events: list[AcceptorEvent] = []
        cycle = self.current
        if cycle is not None and cycle.stage is Stage.OPEN:
            cycle.left_escrow = True
            if cycle.going_back:
                return self._went_back()
            if self._rested(now, self._timing.resting_grace_s):
                events = self._resolve(cycle)
        if self.recovering and state is not State.ACCEPTING:
            return events + self._end_recovery(now)
        if cycle is not None and cycle.stage in (Stage.STACKED, Stage.RETURNED):
            self.current = None  # The device went on: it has heard the acknowledgement.
        return events

    def _failed(self, state: State, now: float) -> list[AcceptorEvent]:
        cycle = self.current
        if cycle is None or cycle.stage is not Stage.OPEN:
            return []
        cycle.failed = True
        cycle.jammed |= state in JAMS
        if not (cycle.stack_sent or state in JAMS):
            return []
        return self._resolve(cycle) if self._rested(now, self._timing.failed_grace_s) else []

    def _kept_as_counterfeit(self) -> list[AcceptorEvent]:
        """Newer firmware keeps what it holds for false: it is neither credited nor given back."""
        cycle = self.current
        is_open = cycle is not None and cycle.stage is Stage.OPEN
        return [self._dispute(cycle)] if cycle is not None and is_open else []

    def _moving_on(self) -> None:
        """Another note is moving: the device has heard the acknowledgement of the last one.

        Not so after a reset, where a recovered note may be shown moving once more.
        """
        cycle = self.current
        ended = cycle is not None and cycle.stage in (Stage.STACKED, Stage.RETURNED)
        if cycle is not None and ended and not cycle.was_reset and cycle.acknowledged:
            self.current = None

    # --- decisions ------------------------------------------------------------------------------

    def _is_other_note(self, cycle: Cycle, bill_type: int) -> bool:
        """Whether an 81 is about another note than the one in the book."""
        if cycle.stage is Stage.STACKED:
            return cycle.bill_type != bill_type
        return cycle.stage is Stage.RETURNED

    def _resolve(self, cycle: Cycle) -> list[AcceptorEvent]:
        """Close an open cycle about which the device says nothing more."""
        if cycle.stack_sent or cycle.jammed or self.recovering:
            return self._doubt(cycle)
        cycle.stage = Stage.RETURNED
        cycle.why = self._why_returned(cycle)
        return [self._returned_event(cycle)]

    def _doubt(self, cycle: Cycle) -> list[AcceptorEvent]:
        if cycle.count_before is None:
            return [self._dispute(cycle)]
        if self._doubtful is None:
            self._doubtful, self._asked = cycle, 0
        return []

    def _no_count(self) -> list[AcceptorEvent]:
        cycle, self._doubtful = self._doubtful, None
        # What was counted so far may be one short: nothing may be compared with it any more.
        self.count = None
        return [self._dispute(cycle)] if cycle is not None and cycle.stage is Stage.OPEN else []

    def _decided(self, cycle: Cycle, count: int) -> list[AcceptorEvent]:
        self._doubtful, self.count = None, count
        if cycle.stage is not Stage.OPEN:
            return []
        self.recovering = self._unexplained = False
        cycle.remember(f"counter {cycle.count_before}, at rest {count}")
        cycle.stage = by_counter(cycle.count_before, count, failed=cycle.failed)
        cycle.acknowledged = True  # The device waits for no word about it.
        match cycle.stage:
            case Stage.STACKED:
                cycle.count_after = count
                return [self._stacked_event(cycle)]
            case Stage.RETURNED:
                cycle.why = ReturnReason.DEVICE
                return [self._returned_event(cycle)]
            case _:
                return [self._dispute(cycle)]

    def _dispute(self, cycle: Cycle) -> Disputed:
        self.recovering = self._unexplained = False
        cycle.stage = Stage.DISPUTED
        return self._disputed_event(cycle)

    def _end_recovery(self, now: float) -> list[AcceptorEvent]:
        if not self._rested(now, self._timing.recovery_grace_s):
            return []
        cycle = self.current
        if cycle is not None and cycle.stage is Stage.OPEN:
            return []  # Its own, longer grace period decides.
        self.recovering = False
        if not self._unexplained or (self.count is not None and not self.knows_everything):
            # The terminal compares the counter, which goes with `Ready`, with its open note.
            return []
        unknown = self._open(None, seen_escrow=False)
        unknown.remember(raw_text(State.POWER_UP_BILL_IN_STACKER, None))
        return [self._dispute(unknown)]

    @staticmethod
    def _why_returned(cycle: Cycle) -> ReturnReason:
        if cycle.return_sent:
            return ReturnReason.ORDERED
        if cycle.stack_sent or cycle.was_reset:
            return ReturnReason.DEVICE
        return ReturnReason.TIMED_OUT

    # --- bookkeeping ----------------------------------------------------------------------------

    def _open(self, bill_type: int | None, *, seen_escrow: bool) -> Cycle:
        self._numbered += 1
        self._resting_since = None
        self.current = Cycle(
            id=CycleId(f"{self._boot}-{self._numbered}"),
            bill_type=bill_type,
            note=None if bill_type is None else self._note_of(bill_type),
            seen_escrow=seen_escrow,
            count_before=self.count,
        )
        return self.current

    def _count_one(self, cycle: Cycle) -> None:
        """Keep the counter in step; a disputed note may be in it already."""
        if self.count is not None and cycle.stage is not Stage.DISPUTED:
            self.count = (self.count + 1) % COUNTER_SIZE
        cycle.count_after = self.count

    def _watch_rest(self, state: State, now: float) -> None:
        if state not in AT_REST and state not in FAILED:
            self._resting_since = None
        elif self._resting_since is None:
            self._resting_since = now

    def _rested(self, now: float, grace_s: float) -> bool:
        return self._resting_since is not None and now - self._resting_since >= grace_s

    def _stacked_event(self, cycle: Cycle) -> AcceptorEvent:
        if cycle.note is None:
            return self._disputed_event(cycle)
        how = StackedHow.NORMAL if cycle.seen_escrow else StackedHow.RECOVERED
        return Stacked(cycle=cycle.id, note=cycle.note, how=how, device_count=cycle.count_after)

    @staticmethod
    def _returned_event(cycle: Cycle) -> Returned:
        return Returned(cycle=cycle.id, note=cycle.note, why=cycle.why)

    def _disputed_event(self, cycle: Cycle) -> Disputed:
        counts = f"counter before {cycle.count_before}, now {self.count}"
        ordered = "stack ordered" if cycle.stack_sent else "stack not ordered"
        return Disputed(
            cycle=cycle.id, note=cycle.note, evidence=(*cycle.evidence, ordered, counts)
        )
