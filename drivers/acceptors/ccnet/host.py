"""The host half of CCNET: what the terminal runs for a CashCode validator.

Protocol description rev 2.6.0. Sans-I/O: bytes and time in, events and bytes out. It polls,
acknowledges, sets the device up, enables what is wanted and obeys the terminal; what a note's
events mean is decided in `note_cycle`. It must never acknowledge a note's end before the terminal
has settled it, and never reset a device that may still have something to say about a note. Left
out: see the package.

| phase | device at rest says | host does |
|---|---|---|
| setting up | 10 11 12 | RESET (bill table first, while none is known; 11: once settled) |
| setting up | 13 | wait |
| setting up | 14 | ENABLE nothing |
| setting up | 19 | questions of `set_up`; Ready once nothing about a note is open |
| ready | 14 19 | ENABLE what is wanted, then read back what became of it |
| any | 80 1A | STACK, RETURN or HOLD as decided |
| any | 81 82 | ACK once settled, else let it lapse and poll again |
| any | 41-47 | fault; set up again when it is over |
| a note in doubt | 14 19 41-44 47 | question for the counter of stacked notes |
| any | nothing | fault; RESET now and then unless a note is pending |
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from drivers.acceptors.ccnet.acceptance import Acceptance, enable_request
from drivers.acceptors.ccnet.codes import (
    POWER_UPS,
    STATES_WITH_DETAIL,
    Command,
    State,
)
from drivers.acceptors.ccnet.cycle import Cycle, Decision
from drivers.acceptors.ccnet.episodes import Episodes
from drivers.acceptors.ccnet.link import (
    Answered,
    HostLink,
    NoAnswer,
    Outcome,
    Refused,
    Request,
    Unanswered,
)
from drivers.acceptors.ccnet.meanings import read_poll_answer
from drivers.acceptors.ccnet.note_cycle import MONEY_EVENTS, UNDERWAY, CycleBook
from drivers.acceptors.ccnet.recount import COUNTABLE
from drivers.acceptors.ccnet.set_up import COUNTER_BYTES, SetUp
from drivers.acceptors.ccnet.timing import HostTiming
from drivers.acceptors.contract import AcceptorEvent, CycleId, Fault, Note, Ready
from drivers.acceptors.faults import FaultNumber
from drivers.acceptors.line_watch import LineWatch

BUSY_UNIT_S: Final = 0.1
_POLL: Final = Request(command=Command.POLL)
_RESET: Final = Request(command=Command.RESET)
_COUNT: Final = Request(command=Command.COUNTER_OF_STACKED)
_STATUS: Final = Request(command=Command.GET_STATUS)
_TABLE: Final = Request(command=Command.BILL_TABLE)
_UNNAMEABLE: Final = frozenset({State.ESCROW, State.BILL_STACKED})
_ASK_AHEAD: Final = _UNNAMEABLE | POWER_UPS | {State.INITIALIZE}
_FAULTY: Final = frozenset(state for state in State if 0x41 <= state <= 0x47)
_UNSAFE_TO_RESET: Final = UNDERWAY | MONEY_EVENTS | {State.ACCEPTING, State.PAUSE}


@dataclass(frozen=True, slots=True)
class _HeldBack:
    """A note's end that was told to the terminal and waits for its record."""

    cycle: Cycle
    until: float


class CcnetHost:
    """One CCNET bill validator as an `AcceptorHost`.

    Args:
        boot: unique for each start of the process; cycles are named after it.
        currency: ISO 4217 code of the only notes that are ever enabled.
        known_table: BILL TABLE answer as read by an earlier life, see `SetUp`.
        remember_table: keeps a table for the next life.
        high_security: notes that the device shall examine more strictly.
    """

    def __init__(
        self,
        boot: str,
        currency: str,
        *,
        timing: HostTiming | None = None,
        known_table: bytes | None = None,
        remember_table: Callable[[bytes], None] | None = None,
        high_security: frozenset[Note] = frozenset(),
    ) -> None:
        self._timing = timing or HostTiming()
        self._link = HostLink(self._timing)
        self._set_up = SetUp(currency, known_table, remember_table, high_security)
        self._book = CycleBook(boot, self._set_up.note, self._timing)
        self._acceptance = Acceptance()
        self._episodes = Episodes(self._timing)
        self._watch = LineWatch(
            silent_s=self._timing.silent_s, reset_every_s=self._timing.reset_every_s
        )
        self._is_ready = False
        self._is_open = True
        self._state: State | None = None
        self._is_fresh = False
        """The last POLL answer still holds: no order was sent since."""
        self._held_back: _HeldBack | None = None
        self._now = 0.0
        self._polled_at: float | None = None
        self._poll_at = 0.0
        self._reset_at = 0.0

    # --- commands of the terminal ---------------------------------------------------------------

    def accept(self, denominations: frozenset[Note]) -> None:
        self._acceptance.accept(denominations)

    def stop(self) -> None:
        self._acceptance.stop()

    def stack(self, cycle: CycleId) -> None:
        if found := self._book.in_escrow(cycle):
            found.decision = Decision.STACK

    def give_back(self, cycle: CycleId) -> None:
        if found := self._book.in_escrow(cycle):
            found.decision = Decision.RETURN

    def hold(self, cycle: CycleId) -> None:
        if found := self._book.in_escrow(cycle):
            found.hold_wanted = True

    def settled(self, cycle: CycleId) -> None:
        self._book.settle(cycle)

    # --- bytes and time -------------------------------------------------------------------------

    def receive(self, data: bytes, now: float) -> list[AcceptorEvent]:
        """Take bytes from the wire; `now` in monotonic seconds."""
        return self._advance(self._link.receive(data, now), now)

    def tick(self, now: float) -> list[AcceptorEvent]:
        """Do what is due at `now`."""
        return self._advance(self._link.tick(now), now)

    def data_to_send(self) -> bytes:
        """Take the bytes that belong on the wire now."""
        return self._link.data_to_send()

    def next_deadline(self) -> float | None:
        """When `tick` has something to do; None while the line is closed."""
        if not self._is_open:
            return None
        if self._held_back is not None:
            return self._held_back.until
        at_link = self._link.next_deadline()
        if at_link is not None and at_link > self._now:
            return at_link
        return self._next_poll_at()

    def port_opened(self, now: float) -> list[AcceptorEvent]:
        """The line is open: look at the device before anything else."""
        self._drop_line()
        self._is_open = True
        self._poll_at = now
        self._watch.opened(now)
        return self._advance([], now)

    def port_lost(self, now: float) -> list[AcceptorEvent]:
        """The line is gone: whatever the device said, it will have to say again."""
        self._drop_line()
        self._is_open = False
        self._now = now
        self._lost_touch()
        return self._watch.lost()

    def _drop_line(self) -> None:
        self._link.reset()
        self._held_back = None
        self._is_fresh = False

    def _advance(self, outcomes: list[Outcome], now: float) -> list[AcceptorEvent]:
        self._now = now
        events: list[AcceptorEvent] = []
        if not self._is_open:
            return events
        for outcome in outcomes:
            events += self._take(outcome, now)
        self._settle_held_back(now)
        if silence := self._watch.silence(now):
            self._lost_touch()
            events += silence
        if self._link.is_free(now) and (request := self._choose(now)):
            self._send(request, now)
        return events

    # --- what to say next -----------------------------------------------------------------------

    def _settle_held_back(self, now: float) -> None:
        held = self._held_back
        if held is None:
            return
        if held.cycle.settled:
            self._acknowledge_end(held.cycle, now)
        elif now >= held.until:
            self._link.let_lapse(now)
        else:
            return
        self._held_back = None

    def _acknowledge_end(self, cycle: Cycle, now: float) -> None:
        self._link.acknowledge(now)
        cycle.acknowledged = True
        self._poll_at = now

    def _next_poll_at(self) -> float:
        """Sooner than usual where something waits for the device's next word."""
        if self._polled_at is None:
            return self._poll_at
        current = self._book.current
        waits = current is not None and current.settled and not current.acknowledged
        due = self._polled_at if waits and self._state in MONEY_EVENTS else self._poll_at
        return max(due, self._polled_at + self._timing.poll_soonest_s)

    def _choose(self, now: float) -> Request | None:
        if self._is_fresh and self._state is not None and (order := self._order(self._state, now)):
            return order
        if now < self._next_poll_at():
            return None
        may_reset = not self._book.is_pending and self._state not in _UNSAFE_TO_RESET
        # A device that was never heard is only asked.
        if may_reset and self._watch.ever_heard and self._watch.reset_is_due(now):
            return _RESET
        return _POLL

    def _order(self, state: State, now: float) -> Request | None:
        if self._set_up.asks_ahead and state in _ASK_AHEAD:
            return _TABLE
        if state in POWER_UPS:
            may_reset = now >= self._reset_at and self._book.may_reset_power_up(now)
            return _RESET if may_reset else None
        if state in (State.ESCROW, State.HOLDING):
            return self._escrow_order(now)
        if self._book.wants_count and state in COUNTABLE:
            return _COUNT
        if state is State.FAILURE:
            wanted = not self._book.is_pending and self._episodes.failure_wants_reset(now)
            return _RESET if wanted else None
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

    def _send(self, request: Request, now: float) -> None:
        cycle = self._book.current
        if request.command is Command.POLL:
            self._polled_at = now
            self._poll_at = now + self._timing.poll_period_s
        elif not request.is_question:
            self._is_fresh = False
            self._poll_at = now
        if request.command is Command.RESET:
            self._reset_at = now + self._timing.power_up_reset_s
            self._watch.reset_sent(now)
        if cycle is not None:
            cycle.sent(request.command, now)
        self._link.send(request, now)

    # --- what the device says -------------------------------------------------------------------

    def _take(self, outcome: Outcome, now: float) -> list[AcceptorEvent]:
        if isinstance(outcome, Unanswered):
            self._is_fresh = False
            self._watch.no_answer(garbage=outcome.why is NoAnswer.GARBAGE)
        else:
            self._watch.heard(now)
        command = outcome.request.command
        if command is Command.POLL:
            return self._polled(outcome.body, now) if isinstance(outcome, Answered) else []
        if outcome.request.is_question:
            return self._questioned(outcome, now)
        if isinstance(outcome, Refused):
            self._poll_at = now + self._timing.poll_period_s
        if command is Command.SET_SECURITY and (fault := self._set_up.take(outcome, now)):
            return self._episodes.set_up_fault(fault)
        if command is Command.ENABLE_BILL_TYPES:
            self._acceptance.answered(accepted=isinstance(outcome, Answered) and self._is_ready)
        return []

    def _questioned(self, outcome: Outcome, now: float) -> list[AcceptorEvent]:
        if isinstance(outcome, Answered):
            self._link.acknowledge(now)
        if self._book.wants_count and outcome.request == _COUNT:
            return self._recounted(outcome, now)
        if self._is_ready and outcome.request == _STATUS:
            return self._read_back(outcome)
        fault = self._set_up.take(outcome, now)
        self._book.count = self._set_up.counter
        asked_at_rest = self._state is State.UNIT_DISABLED
        if not asked_at_rest:
            self._is_fresh = False  # The table was asked ahead: now look again, with names.
        if self._set_up.is_done or not asked_at_rest:
            self._poll_at = now
        return self._episodes.set_up_fault(fault) if fault and asked_at_rest else []

    def _read_back(self, outcome: Outcome) -> list[AcceptorEvent]:
        body = outcome.body if isinstance(outcome, Answered) else b""
        half = self._set_up.types // 8
        enabled = int.from_bytes(body[:half], "big") if len(body) == 2 * half else None
        if missing := self._acceptance.read_back(enabled):
            raw = f"31 {missing:0{2 * half}X}"
            return [Fault(number=FaultNumber.NOTES_REFUSED, raw=raw)]
        return []

    def _recounted(self, outcome: Outcome, now: float) -> list[AcceptorEvent]:
        self._is_fresh = False
        self._poll_at = now
        if isinstance(outcome, Refused):
            return self._book.no_counter()
        if isinstance(outcome, Answered) and len(outcome.body) == COUNTER_BYTES:
            return self._book.counted(int.from_bytes(outcome.body, "big"))
        return self._book.counted(None)

    def _polled(self, body: bytes, now: float) -> list[AcceptorEvent]:
        state, detail = read_poll_answer(body)
        if state is None:
            # A state of newer firmware tells nothing about a note in our sense; half of an event
            # must be asked for again.
            self._is_fresh = False
            if body[0] in STATES_WITH_DETAIL:
                self._link.let_lapse(now)
            else:
                self._link.acknowledge(now)
            return []
        if state is State.DEVICE_BUSY:
            self._is_fresh = False
            self._link.acknowledge(now)
            self._poll_at = max(self._poll_at, now + (detail or 0) * BUSY_UNIT_S)
            return []
        self._state = state
        self._is_fresh = True
        if self._set_up.asks_ahead and state in _UNNAMEABLE:
            self._link.let_lapse(now)
            return []
        return self._understood(state, detail, now)

    def _understood(self, state: State, detail: int | None, now: float) -> list[AcceptorEvent]:
        events = self._episodes.see(state, detail, now)
        if state in POWER_UPS or state is State.INITIALIZE or state in _FAULTY:
            self._begin_set_up()
        events += self._book.see(state, detail, now)
        self._acknowledge(state, now)
        if self._episodes.is_stacking_overdue(now):
            self._begin_set_up()
            events.append(Fault(number=FaultNumber.STACKING_OVERDUE, raw="17"))
        events += self._become_ready(state)
        return events + self._acceptance_events(state, now)

    def _acknowledge(self, state: State, now: float) -> None:
        cycle = self._book.current
        if state not in MONEY_EVENTS or cycle is None:
            self._link.acknowledge(now)
        elif cycle.settled:
            self._acknowledge_end(cycle, now)
        else:
            self._held_back = _HeldBack(cycle, now + self._timing.ack_patience_s)

    def _begin_set_up(self) -> None:
        self._is_ready = False
        self._set_up.restart()
        self._acceptance.forget()
        self._book.count = None

    def _lost_touch(self) -> None:
        self._begin_set_up()
        self._episodes.forget()

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
                device_count=self._book.count,
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
