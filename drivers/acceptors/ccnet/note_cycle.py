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
| 11 after 15 | – | it is the note behind this one: in doubt | – |
| 12 | 81 must follow, else Disputed | 81 must follow, else Disputed | same note again |
| at rest | – | after a grace period Returned, or in doubt | proof that it was acknowledged |
| jam, failure | – | after a grace period in doubt | – |
| 80 of another note | – | in doubt; with a counter that note goes back | new cycle, Escrowed |

A cycle *in doubt* is what the device's counter says, asked at rest (see `recount`): Stacked,
Returned or Disputed; without a counter it is Disputed at once.
"""

from collections.abc import Callable
from typing import Final

from drivers.acceptors.ccnet import way_back, way_in
from drivers.acceptors.ccnet.codes import POWER_UPS, State
from drivers.acceptors.ccnet.counter import StackCounter
from drivers.acceptors.ccnet.cycle import Cycle, Stage
from drivers.acceptors.ccnet.endings import is_other_note, told, why_returned
from drivers.acceptors.ccnet.meanings import raw_text
from drivers.acceptors.ccnet.rest import AT_REST, FAILED, JAMS, Rest
from drivers.acceptors.ccnet.timing import HostTiming
from drivers.acceptors.contract import AcceptorEvent, CycleId, Note

UNDERWAY: Final = frozenset({State.STACKING, State.RETURNING, State.ESCROW, State.HOLDING})
"""States with a note inside that was recognised."""
MONEY_EVENTS: Final = frozenset({State.BILL_STACKED, State.BILL_RETURNED})


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
        self._rest = Rest()
        self._unexplained = False
        self.current: Cycle | None = None
        self.counter = StackCounter()
        self.recovering = False
        """A power-up found a note in the stacker and its 81 may still come."""
        self.knows_everything = False
        """The device has told all it knows of notes from before this life."""

    @property
    def is_pending(self) -> bool:
        """True while a RESET could lose something that the device still has to say."""
        current = self.current
        told_all = current is None or (current.stage is Stage.DISPUTED and current.left_escrow)
        return self.recovering or self.counter.is_wanted or not told_all

    @property
    def is_open(self) -> bool:
        """True while the whereabouts of a note are undecided."""
        open_now = self.current is not None and self.current.stage is Stage.OPEN
        return self.recovering or self.counter.is_wanted or open_now

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
        waits = self.current is not None and way_back.waits_for_record(
            self.current, now, self._timing.return_record_s
        )
        return not waits

    def see(self, state: State, detail: int | None, now: float) -> list[AcceptorEvent]:
        """Take one POLL answer (all but DEVICE_BUSY)."""
        if self.current is not None and self.current.stage is Stage.OPEN:
            self.current.remember(raw_text(state, detail))
        self._rest.see(state, now)
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
        return self._decided(self.counter.answered(count))

    def no_counter(self) -> list[AcceptorEvent]:
        """The device refuses to tell its counter."""
        return self._decided(self.counter.refused())

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
        return [*events, way_in.enters(cycle, is_welcome=not self.counter.is_wanted)]

    def _stacked(self, bill_type: int) -> list[AcceptorEvent]:
        cycle = self.current
        self.recovering = self._unexplained = False
        if cycle is None or is_other_note(cycle, bill_type):
            cycle = self._open(bill_type, seen_escrow=False)
        if cycle.stage is not Stage.STACKED:
            self.counter.stacked(cycle)
            cycle.stage = Stage.STACKED
            cycle.settled = cycle.acknowledged = False
            cycle.bill_type, cycle.note = bill_type, self._note_of(bill_type)
            cycle.remember(raw_text(State.BILL_STACKED, bill_type))
        return [] if cycle.settled else [self._told(cycle)]

    def _returned(self, bill_type: int | None) -> list[AcceptorEvent]:
        cycle = self.current
        self.recovering = self._unexplained = False
        if cycle is None or cycle.stage is Stage.STACKED:
            cycle = self._open(bill_type, seen_escrow=False)
        if cycle.stage is not Stage.RETURNED:
            cycle.stage = Stage.RETURNED
            cycle.settled = cycle.acknowledged = False
            cycle.why = why_returned(cycle)
        if cycle.note is None and bill_type is not None:
            cycle.note = self._note_of(bill_type)
        return [] if cycle.settled else [self._told(cycle)]

    def _powered_up(self, state: State, now: float) -> list[AcceptorEvent]:
        cycle = self.current
        events: list[AcceptorEvent] = []
        if state is State.POWER_UP_BILL_IN_STACKER:
            self.recovering = True
            self._unexplained = cycle is None
        if state is State.POWER_UP_BILL_IN_VALIDATOR:
            if cycle is None and not self.knows_everything:
                cycle = self._open(None, seen_escrow=False)
            events = [] if cycle is None else self._in_the_path(cycle, now)
        self._mark_reset()
        return self._went_back() if state is State.POWER_UP else events

    def _in_the_path(self, cycle: Cycle, now: float) -> list[AcceptorEvent]:
        """A note that came behind this one goes back, and was never named; of this one the device
        has said nothing more.
        """
        if cycle.followed and cycle.stage is Stage.OPEN:
            return self._resolve(cycle)
        return way_back.begins(cycle, now)

    def _initialising(self) -> list[AcceptorEvent]:
        self._mark_reset()
        return self._went_back()

    def _went_back(self) -> list[AcceptorEvent]:
        cycle = self.current
        return [self._told(cycle)] if cycle is not None and way_back.end(cycle) else []

    def _mark_reset(self) -> None:
        if self.current is not None:
            self.current.left_escrow = self.current.was_reset = True

    def _at_rest(self, state: State, now: float) -> list[AcceptorEvent]:
        events: list[AcceptorEvent] = []
        cycle = self.current
        if cycle is not None and cycle.stage is Stage.OPEN:
            cycle.left_escrow = True
            cycle.followed |= state is State.ACCEPTING and not cycle.was_reset
            if cycle.going_back:
                return self._went_back()
            if self._rest.has_lasted(now, self._timing.resting_grace_s):
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
        concerned = cycle.stack_sent or state in JAMS
        if not concerned or not self._rest.has_lasted(now, self._timing.failed_grace_s):
            return []
        return self._resolve(cycle)

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

    def _resolve(self, cycle: Cycle) -> list[AcceptorEvent]:
        """Close an open cycle about which the device says nothing more."""
        if cycle.stack_sent or cycle.jammed or self.recovering:
            return self._doubt(cycle)
        cycle.stage = Stage.RETURNED
        cycle.why = why_returned(cycle)
        return [self._told(cycle)]

    def _doubt(self, cycle: Cycle) -> list[AcceptorEvent]:
        return [] if self.counter.may_decide(cycle) else [self._dispute(cycle)]

    def _decided(self, cycle: Cycle | None) -> list[AcceptorEvent]:
        if cycle is None:
            return []
        self.recovering = self._unexplained = False
        return [self._told(cycle)]

    def _dispute(self, cycle: Cycle) -> AcceptorEvent:
        self.recovering = self._unexplained = False
        cycle.stage = Stage.DISPUTED
        return self._told(cycle)

    def _end_recovery(self, now: float) -> list[AcceptorEvent]:
        if not self._rest.has_lasted(now, self._timing.recovery_grace_s):
            return []
        cycle = self.current
        if cycle is not None and cycle.stage is Stage.OPEN:
            return []  # Its own, longer grace period decides.
        self.recovering = False
        if not self._unexplained or (self.counter.value is not None and not self.knows_everything):
            # The terminal compares the counter, which goes with `Ready`, with its open note.
            return []
        unknown = self._open(None, seen_escrow=False)
        unknown.remember(raw_text(State.POWER_UP_BILL_IN_STACKER, None))
        return [self._dispute(unknown)]

    # --- bookkeeping ----------------------------------------------------------------------------

    def _open(self, bill_type: int | None, *, seen_escrow: bool) -> Cycle:
        self._numbered += 1
        self._rest.over()
        self.current = Cycle(
            id=CycleId(f"{self._boot}-{self._numbered}"),
            bill_type=bill_type,
            note=None if bill_type is None else self._note_of(bill_type),
            seen_escrow=seen_escrow,
            count_before=self.counter.value,
        )
        return self.current

    def _told(self, cycle: Cycle) -> AcceptorEvent:
        return told(cycle, self.counter.value)
