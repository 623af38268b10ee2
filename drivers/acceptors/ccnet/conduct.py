"""What the states of a CCNET device call for: set-up, orders for a note, what is let in.

| phase | device at rest says | next |
|---|---|---|
| setting up | 10 11 12 | RESET (bill table first, while none is known; 11: once settled) |
| setting up | 13 | wait |
| setting up | 14 | ENABLE nothing |
| setting up | 19 | questions of `set_up`; Ready once nothing about a note is open |
| ready | 14 19 | ENABLE what is wanted, then read back what became of it |
| any | 80 1A | STACK, RETURN or HOLD as decided |
| any | 41-47 | fault; set up again when it is over |
| a note in doubt | 14 19 41-44 47 | question for the counter of stacked notes |

It knows nothing of the line. It must never order a reset while a note's end may still be told.
"""

from dataclasses import dataclass, field
from typing import Final

from drivers.acceptors.ccnet.acceptance import Acceptance, enable_request
from drivers.acceptors.ccnet.codes import POWER_UPS, Command, State
from drivers.acceptors.ccnet.episodes import Episodes
from drivers.acceptors.ccnet.link import Answered, Outcome, Refused, Request
from drivers.acceptors.ccnet.note_cycle import MONEY_EVENTS, UNDERWAY, CycleBook
from drivers.acceptors.ccnet.recount import COUNTABLE
from drivers.acceptors.ccnet.set_up import COUNTER_BYTES, SetUp
from drivers.acceptors.ccnet.timing import HostTiming
from drivers.acceptors.contract import AcceptorEvent, Fault, Ready
from drivers.acceptors.faults import FaultNumber

RESET: Final = Request(command=Command.RESET)
_COUNT: Final = Request(command=Command.COUNTER_OF_STACKED)
_STATUS: Final = Request(command=Command.GET_STATUS)
_TABLE: Final = Request(command=Command.BILL_TABLE)
_UNNAMEABLE: Final = frozenset({State.ESCROW, State.BILL_STACKED})
_ASK_AHEAD: Final = _UNNAMEABLE | POWER_UPS | {State.INITIALIZE}
_FAULTY: Final = frozenset(state for state in State if 0x41 <= state <= 0x47)
_BEGINS_ANEW: Final = POWER_UPS | {State.INITIALIZE} | _FAULTY
_PASSING: Final = frozenset({State.ACCEPTING, State.PAUSE})
"""With a note inside that is not recognised yet. None lasts, and without an order it goes back."""
_UNSAFE_TO_RESET: Final = UNDERWAY | MONEY_EVENTS | _PASSING


@dataclass(frozen=True, slots=True, kw_only=True)
class Learnt:
    """What the answer to a question brought."""

    events: list[AcceptorEvent] = field(default_factory=list)
    look_again: bool = False
    """The device is to be polled at once."""


class Conduct:
    """Times in monotonic seconds."""

    def __init__(
        self, set_up: SetUp, book: CycleBook, acceptance: Acceptance, timing: HostTiming
    ) -> None:
        self._set_up = set_up
        self._book = book
        self._acceptance = acceptance
        self._timing = timing
        self._episodes = Episodes(timing)
        self._is_ready = False
        self._state: State | None = None
        self._is_fresh = False
        """The last POLL answer still holds: no order was sent since."""
        self._reset_at = 0.0

    # --- what is called for ---------------------------------------------------------------------

    @property
    def awaits_next_word(self) -> bool:
        """A note's end that is on record now was shown last, and can be acknowledged when it is
        shown again.
        """
        current = self._book.current
        waits = current is not None and current.settled and not current.acknowledged
        return waits and self._state in MONEY_EVENTS

    def is_safe_to_reset(self, silent_for: float) -> bool:
        """Nothing is inside, or cannot be any more after so long, and nothing is left to tell."""
        passed = self._state in _PASSING and silent_for >= self._timing.passing_s
        is_safe = passed or self._state not in _UNSAFE_TO_RESET
        return is_safe and not self._book.is_pending

    def can_name(self, state: State) -> bool:
        """False where the table must be asked for before this may be understood."""
        return not (self._set_up.asks_ahead and state in _UNNAMEABLE)

    def order(self, now: float) -> Request | None:
        """What the device should be told or asked now, besides being polled."""
        state = self._state
        if state is None or not self._is_fresh:
            return None
        if self._set_up.asks_ahead and state in _ASK_AHEAD:
            return _TABLE
        if state in POWER_UPS:
            may_reset = now >= self._reset_at and self._book.may_reset_power_up(now)
            return RESET if may_reset else None
        if state in (State.ESCROW, State.HOLDING):
            return self._escrow_order(now)
        if self._book.counter.is_wanted and state in COUNTABLE:
            return _COUNT
        if state is State.FAILURE:
            wanted = not self._book.is_pending and self._episodes.failure_wants_reset(now)
            return RESET if wanted else None
        if self._is_ready:
            if self._acceptance.wants_read_back(state, self._mask()):
                return _STATUS
            return self._acceptance.request(state, self._mask(), self._set_up.types)
        if state is State.IDLING:
            return enable_request(0, self._set_up.types)
        return self._set_up.next_request(now) if state is State.UNIT_DISABLED else None

    def _escrow_order(self, now: float) -> Request | None:
        cycle = self._book.current
        if cycle is None:
            return Request(command=Command.RETURN)
        command = cycle.order(now, self._timing.hold_every_s)
        return Request(command=command) if command else None

    def _mask(self) -> int:
        return self._set_up.mask(self._acceptance.wanted)

    # --- what happened --------------------------------------------------------------------------

    def lost_sight(self) -> None:
        """What the device said last may no longer hold."""
        self._is_fresh = False

    def lost_touch(self) -> None:
        """The device is out of hearing: it may have been reset, and what it says next is new."""
        self._begin_set_up()
        self._episodes.forget()

    def sent(self, request: Request, now: float) -> None:
        """This is on its way to the device."""
        if not request.is_question:
            self._is_fresh = False
        if request.command is Command.RESET:
            self._reset_at = now + self._timing.power_up_reset_s
        if self._book.current is not None:
            self._book.current.sent(request.command, now)

    def obeyed(self, outcome: Outcome, now: float) -> list[AcceptorEvent]:
        """What became of an order."""
        command = outcome.request.command
        if command is Command.SET_SECURITY and (fault := self._set_up.take(outcome, now)):
            return self._episodes.set_up_fault(fault)
        if command is Command.ENABLE_BILL_TYPES:
            self._acceptance.answered(accepted=isinstance(outcome, Answered) and self._is_ready)
        return []

    def answered(self, outcome: Outcome, now: float) -> Learnt:
        """What became of a question that was no poll."""
        if self._book.counter.is_wanted and outcome.request == _COUNT:
            self._is_fresh = False
            return Learnt(events=self._recounted(outcome), look_again=True)
        if self._is_ready and outcome.request == _STATUS:
            return Learnt(events=self._read_back(outcome))
        fault = self._set_up.take(outcome, now)
        self._book.counter.value = self._set_up.counter
        asked_at_rest = self._state is State.UNIT_DISABLED
        if not asked_at_rest:
            self._is_fresh = False  # The table was asked ahead: now look again, with names.
        return Learnt(
            events=self._episodes.set_up_fault(fault) if fault and asked_at_rest else [],
            look_again=self._set_up.is_done or not asked_at_rest,
        )

    def _read_back(self, outcome: Outcome) -> list[AcceptorEvent]:
        body = outcome.body if isinstance(outcome, Answered) else b""
        half = self._set_up.types // 8
        enabled = int.from_bytes(body[:half], "big") if len(body) == 2 * half else None
        if missing := self._acceptance.read_back(enabled):
            raw = f"31 {missing:0{2 * half}X}"
            return [Fault(number=FaultNumber.NOTES_REFUSED, raw=raw)]
        return []

    def _recounted(self, outcome: Outcome) -> list[AcceptorEvent]:
        if isinstance(outcome, Refused):
            return self._book.no_counter()
        if isinstance(outcome, Answered) and len(outcome.body) == COUNTER_BYTES:
            return self._book.counted(int.from_bytes(outcome.body, "big"))
        return self._book.counted(None)

    def see(self, state: State, detail: int | None, now: float) -> list[AcceptorEvent]:
        """Take one answer to a poll (all but DEVICE_BUSY)."""
        if state in POWER_UPS and self._state not in POWER_UPS:
            self._set_up.powered_up()
        self._state = state
        self._is_fresh = True
        if not self.can_name(state):
            return []
        events = self._episodes.see(state, detail, now)
        if state in _BEGINS_ANEW:
            self._begin_set_up()
        events += self._book.see(state, detail, now)
        if self._episodes.is_stacking_overdue(now):
            self._begin_set_up()
            events.append(Fault(number=FaultNumber.STACKING_OVERDUE, raw="17"))
        events += self._become_ready(state)
        return events + self._acceptance_events(state, now)

    def _begin_set_up(self) -> None:
        """Whatever the device was told before may be forgotten."""
        self._is_ready = False
        self._set_up.restart()
        self._acceptance.forget()
        self._book.counter.value = None

    def _become_ready(self, state: State) -> list[AcceptorEvent]:
        at_rest = state is State.UNIT_DISABLED and not self._book.is_open
        if self._is_ready or not at_rest or not self._set_up.is_done:
            return []
        self._is_ready = True
        self._book.knows_everything = True
        self._episodes.all_well()
        return [
            Ready(
                identity=self._set_up.identity,
                denominations=self._set_up.denominations,
                device_count=self._book.counter.value,
            )
        ]

    def _acceptance_events(self, state: State, now: float) -> list[AcceptorEvent]:
        mask = self._mask() if self._is_ready else 0
        events = self._acceptance.announce(state, mask, note_inside=self._book.is_open)
        patience_s = self._timing.enable_s
        if self._acceptance.stays_closed(state, mask, now, patience_s):
            events += self._episodes.set_up_fault(FaultNumber.REFUSES_SET_UP)
        elif self._is_ready and self._episodes.is_told_of_set_up:
            # Told while ready, and over: nothing is wanted of it now, or it takes notes after all.
            # Only another `Ready` lets the terminal know.
            self._begin_set_up()
        return events
