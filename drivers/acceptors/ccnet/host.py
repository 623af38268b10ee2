"""The host half of CCNET: what the terminal runs for a CashCode validator.

Protocol description rev 2.6.0. Sans-I/O: bytes and time in, events and bytes out. It polls and
acknowledges; what a state calls for is decided in `conduct`, what a note's events mean in
`note_cycle`. It must never acknowledge a note's end before the terminal has settled it, and never
reset a device that may still have something to say about a note. Left out: see the package.

| the line | host does |
|---|---|
| answers | polls, and what `conduct` calls for |
| 81 82 | ACK once settled, else lets it lapse and polls again |
| a state that it does not know | ACK, or lets it lapse where it is half of an event |
| is silent | fault; RESET now and then unless a note is pending |
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from drivers.acceptors.ccnet.acceptance import Acceptance
from drivers.acceptors.ccnet.codes import STATES_WITH_DETAIL, Command, State
from drivers.acceptors.ccnet.conduct import RESET, Conduct
from drivers.acceptors.ccnet.cycle import Cycle, Decision
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
from drivers.acceptors.ccnet.note_cycle import MONEY_EVENTS, CycleBook
from drivers.acceptors.ccnet.set_up import SetUp
from drivers.acceptors.ccnet.timing import HostTiming
from drivers.acceptors.contract import AcceptorEvent, CycleId, Note
from drivers.acceptors.line_watch import LineWatch

BUSY_UNIT_S: Final = 0.1
_POLL: Final = Request(command=Command.POLL)


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
        set_up = SetUp(currency, known_table, remember_table, high_security)
        self._book = CycleBook(boot, set_up.note, self._timing)
        self._acceptance = Acceptance()
        self._conduct = Conduct(set_up, self._book, self._acceptance, self._timing)
        self._watch = LineWatch(
            silent_s=self._timing.silent_s, reset_every_s=self._timing.reset_every_s
        )
        self._is_open = True
        self._held_back: _HeldBack | None = None
        self._now = 0.0
        self._polled_at: float | None = None
        self._poll_at = 0.0

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
        self._conduct.lost_touch()
        return self._watch.lost()

    def _drop_line(self) -> None:
        self._link.reset()
        self._held_back = None
        self._conduct.lost_sight()

    def _advance(self, outcomes: list[Outcome], now: float) -> list[AcceptorEvent]:
        self._now = now
        events: list[AcceptorEvent] = []
        if not self._is_open:
            return events
        for outcome in outcomes:
            events += self._take(outcome, now)
        self._settle_held_back(now)
        if silence := self._watch.silence(now):
            self._conduct.lost_touch()
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
        due = self._polled_at if self._conduct.awaits_next_word else self._poll_at
        return max(due, self._polled_at + self._timing.poll_soonest_s)

    def _choose(self, now: float) -> Request | None:
        if order := self._conduct.order(now):
            return order
        if now < self._next_poll_at():
            return None
        return RESET if self._wants_reset(now) else _POLL

    def _wants_reset(self, now: float) -> bool:
        """A device that fell silent is reset now and then; one that was never heard is only asked."""
        is_due = self._watch.ever_heard and self._watch.reset_is_due(now)
        return is_due and self._conduct.is_safe_to_reset(self._watch.silent_for(now))

    def _send(self, request: Request, now: float) -> None:
        if request.command is Command.POLL:
            self._polled_at = now
            self._poll_at = now + self._timing.poll_period_s
        elif not request.is_question:
            self._poll_at = now
        if request.command is Command.RESET:
            self._watch.reset_sent(now)
        self._conduct.sent(request, now)
        self._link.send(request, now)

    # --- what the device says -------------------------------------------------------------------

    def _take(self, outcome: Outcome, now: float) -> list[AcceptorEvent]:
        if isinstance(outcome, Unanswered):
            self._conduct.lost_sight()
            self._watch.no_answer(garbage=outcome.why is NoAnswer.GARBAGE)
        else:
            self._watch.heard(now)
        request = outcome.request
        if request.command is Command.POLL:
            return self._polled(outcome.body, now) if isinstance(outcome, Answered) else []
        if not request.is_question:
            if isinstance(outcome, Refused):
                self._poll_at = now + self._timing.poll_period_s
            return self._conduct.obeyed(outcome, now)
        if isinstance(outcome, Answered):
            self._link.acknowledge(now)
        learnt = self._conduct.answered(outcome, now)
        if learnt.look_again:
            self._poll_at = now
        return learnt.events

    def _polled(self, body: bytes, now: float) -> list[AcceptorEvent]:
        state, detail = read_poll_answer(body)
        if state is None:
            # A state of newer firmware tells nothing about a note in our sense; half of an event
            # must be asked for again.
            self._conduct.lost_sight()
            if body[0] in STATES_WITH_DETAIL:
                self._link.let_lapse(now)
            else:
                self._link.acknowledge(now)
            return []
        if state is State.DEVICE_BUSY:
            self._conduct.lost_sight()
            self._link.acknowledge(now)
            self._poll_at = max(self._poll_at, now + (detail or 0) * BUSY_UNIT_S)
            return []
        is_named = self._conduct.can_name(state)
        events = self._conduct.see(state, detail, now)
        if is_named:
            self._acknowledge(state, now)
        else:
            self._link.let_lapse(now)
        return events

    def _acknowledge(self, state: State, now: float) -> None:
        cycle = self._book.current
        if state not in MONEY_EVENTS or cycle is None:
            self._link.acknowledge(now)
        elif cycle.settled:
            self._acknowledge_end(cycle, now)
        else:
            self._held_back = _HeldBack(cycle, now + self._timing.ack_patience_s)
