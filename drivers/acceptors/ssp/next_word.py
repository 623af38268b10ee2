"""What the SSP host says next.

Facts sheet ssp sections 7, 9 and 10. A poll accepts the note in escrow, so none leaves while nobody
has decided; and nothing new leaves while an event waits for its record. RESET is never said: no
state of a validator needs it, and it could swallow an event.

| situation, first that fits | said |
|---|---|
| an event of the last answer is not on record | the identical packet again |
| an answer to POLL was not heard, also by an earlier life | the identical packet again |
| new on the line, after a reset, without key | the greeting |
| note in escrow, to be given back, or nobody decided in time | REJECT |
| note in escrow, undecided | HOLD now and then |
| after a greeting | HOLD, which tells whether a note waits |
| events of POLL WITH ACK are on record | EVENT ACK |
| a note was refused | LAST REJECT |
| at rest, an open note about which nothing more is said | COUNTERS |
| at rest, not ready | DISABLE, questions of `set_up` |
| at rest, ready | inhibits, ENABLE, DISABLE as wanted |
| its time has come | POLL, which accepts the note in escrow |
"""

from collections.abc import Set

from drivers.acceptors.ssp.acceptance import DISABLE, Acceptance
from drivers.acceptors.ssp.codes import POLLS, Command, Event
from drivers.acceptors.ssp.conversation import Conversation
from drivers.acceptors.ssp.cycle import Cycle, Decision
from drivers.acceptors.ssp.greeting import Greeting
from drivers.acceptors.ssp.link import Request
from drivers.acceptors.ssp.meanings import MOVING, OUT_OF_ORDER
from drivers.acceptors.ssp.note_cycle import CycleBook
from drivers.acceptors.ssp.set_up import SetUp
from drivers.acceptors.ssp.timing import HostTiming

_HOLD = Request(command=Command.HOLD)
_REJECT = Request(command=Command.REJECT)
_EVENT_ACK = Request(command=Command.EVENT_ACK)
_LAST_REJECT = Request(command=Command.LAST_REJECT)
_COUNTERS = Request(command=Command.COUNTERS)


class NextWord:
    """Chooses and sends. Times in monotonic seconds."""

    def __init__(
        self,
        timing: HostTiming,
        talk: Conversation,
        greeting: Greeting,
        book: CycleBook,
        acceptance: Acceptance,
        set_up: SetUp,
    ) -> None:
        self._timing = timing
        self._talk = talk
        self._greeting = greeting
        self._book = book
        self._acceptance = acceptance
        self._set_up = set_up
        self.is_ready = False
        self.is_fresh = False
        """The last picture of the device still holds: nothing was ordered since."""
        self.owes_ack = False
        self.asks_reject = False
        """A note was refused, and the device has not yet been asked why."""
        self._shown: Set[int] = frozenset()
        self._rests_since: float | None = None
        self._now = 0.0
        self._poll_at = 0.0
        self._told_at = 0.0

    def mask(self) -> int:
        """Channels that are to be open now."""
        return self._greeting.mask(self._acceptance.wanted) if self.is_ready else 0

    def line_lost(self, now: float) -> None:
        """Nothing holds any more; the next poll is due at once."""
        self.is_fresh = self.owes_ack = False
        self._poll_at = now

    def see(self, shown: Set[int], now: float) -> None:
        """All that the device said in its last answer."""
        self._shown = shown
        self.is_fresh = True
        if shown & MOVING or not self._book.is_open:
            self._rests_since = None
        elif self._rests_since is None:
            self._rests_since = now

    # --- when -----------------------------------------------------------------------------------

    def next_deadline(self, silence_due: float | None) -> float:
        """When `speak` or the link has something to do."""
        due = self._talk.link.next_deadline()
        if not self._talk.link.is_waiting:
            due = max(due, self._own_deadline())
        return due if silence_due is None else min(due, silence_due)

    def _own_deadline(self) -> float:
        if self._book.unsettled is not None:
            return self._told_at + self._timing.repeat_s
        before_all = self._talk.next_deadline()
        if before_all is not None:
            return before_all
        cycle = self._book.current
        if cycle is not None and cycle.is_undecided and self._talk.has_looked:
            return self._escrow_due(cycle)
        return self._now if self._has_more_to_say() else self._poll_at

    def _has_more_to_say(self) -> bool:
        if not self._talk.has_looked or self.owes_ack or self.asks_reject:
            return True
        cycle = self._book.current
        waits = cycle is not None and self._book.is_open and cycle.in_escrow
        return self.is_fresh and not waits and self._order(self._now) is not None

    def _escrow_due(self, cycle: Cycle) -> float:
        if cycle.decision is Decision.RETURN:
            return self._now
        if cycle.hold_wanted:
            return cycle.hold_due
        return min(cycle.hold_due, cycle.opened_at + self._timing.undecided_s)

    # --- what -----------------------------------------------------------------------------------

    def speak(self, now: float, *, waits_for_record: bool) -> bool:
        """Say what is due. True when the terminal is to be told again of an unsettled event."""
        self._now = now
        link = self._talk.link
        if not waits_for_record:
            self._told_at = now
        if not link.is_free(now):
            return False
        if waits_for_record:
            if now < self._told_at + self._timing.repeat_s:
                return False
            self._told_at = now
            link.repeat(now)
            return True
        if not self._talk.is_up:
            self._talk.speak(now)
        elif request := self._choose(now):
            self._send(request, now)
        return False

    def _choose(self, now: float) -> Request | None:
        cycle = self._book.current
        if not self._talk.has_looked:
            return _HOLD
        if cycle is not None and cycle.is_undecided:
            return self._escrow_word(cycle, now)
        if self.owes_ack:
            return _EVENT_ACK
        if self.asks_reject:
            return _LAST_REJECT
        waits = cycle is not None and self._book.is_open and cycle.in_escrow
        if self.is_fresh and not waits and (order := self._order(now)):
            return order
        return self._talk.poll if now >= self._poll_at else None

    def _escrow_word(self, cycle: Cycle, now: float) -> Request | None:
        if not cycle.hold_due:
            cycle.hold_due = now + self._timing.hold_first_s
        late = now >= cycle.opened_at + self._timing.undecided_s
        if cycle.decision is Decision.NONE and late and not cycle.hold_wanted:
            cycle.gave_up_waiting = True
            cycle.decision = Decision.RETURN
        if cycle.decision is Decision.RETURN:
            return _REJECT
        return _HOLD if now >= cycle.hold_due else None

    def _order(self, now: float) -> Request | None:
        """What a device at rest is told or asked."""
        if self._book.is_open:
            return _COUNTERS if self._rested(now) else None
        if self._shown & (MOVING | OUT_OF_ORDER):
            return None
        if self.is_ready:
            channels = self._greeting.setup.channels if self._greeting.setup else 0
            return self._acceptance.request(self._shown, self.mask(), channels)
        if Event.DISABLED not in self._shown:
            return DISABLE
        return self._set_up.request()

    def _rested(self, now: float) -> bool:
        if self._rests_since is None:
            return False
        out = bool(self._shown & OUT_OF_ORDER)
        grace_s = self._timing.failed_grace_s if out else self._timing.resting_grace_s
        return now - self._rests_since >= grace_s

    def _send(self, request: Request, now: float) -> None:
        cycle = self._book.current
        if request.command in POLLS:
            self._poll_at = now + self._timing.poll_period_s
            self.is_fresh = False
        elif request.command not in (Command.HOLD, Command.EVENT_ACK):
            self.is_fresh = False
            self._poll_at = now + self._timing.poll_soonest_s
        if cycle is not None and self._book.is_open and cycle.in_escrow:
            cycle.stack_sent |= request.command in POLLS
            cycle.return_sent |= request.command is Command.REJECT
            cycle.remember(request.command.name)
        keep = self._book.is_open or not (self.is_ready or self._shown & OUT_OF_ORDER)
        self._talk.send(request, now, self._book.underway(), keep_packet=keep)
