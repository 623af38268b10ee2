"""The host half of ID-003: what the terminal runs for a JCM validator.

After facts sheet id003. Sans-I/O: bytes and time in, events and bytes out. It looks before it acts:
first whether the line echoes, then what the device says; what a state calls for is decided in
`conduct`, what a note's words mean in `note_cycle`. It must never acknowledge a credit before the
terminal has settled it, and never reset a device that may still have something to say about a note.
Left out: see the package.

| the line | host does |
|---|---|
| opened | VERSION: only its answer tells an idle device from an echo |
| answers | polls, and what `conduct` calls for |
| is silent, nothing was inside | fault; RESET now and then |
| is silent for so long that it must be mute | the same, once all it told is on record |
"""

from collections.abc import Callable
from typing import Final

from drivers.acceptors.contract import AcceptorEvent, CycleId, Note
from drivers.acceptors.crc_kermit import crc16
from drivers.acceptors.id003.acceptance import Acceptance
from drivers.acceptors.id003.codes import Command, Direction
from drivers.acceptors.id003.conduct import RESET, Conduct
from drivers.acceptors.id003.cycle import Decision
from drivers.acceptors.id003.link import (
    Answered,
    HostLink,
    NoAnswer,
    Outcome,
    Refused,
    Request,
    Unanswered,
)
from drivers.acceptors.id003.meanings import read_status
from drivers.acceptors.id003.memory import Kept
from drivers.acceptors.id003.note_cycle import CycleBook
from drivers.acceptors.id003.set_up import SetUp
from drivers.acceptors.id003.timing import HostTiming
from drivers.acceptors.line_watch import LineWatch

_POLL: Final = Request(command=Command.STATUS)
_VERSION: Final = Request(command=Command.VERSION)
_MARKS: Final = 255
"""Values of one byte but 0, which is what a device says that nobody marked."""
ALL_WAYS: Final = Direction(0)


class Id003Host:
    """One ID-003 bill validator as an `AcceptorHost`.

    Args:
        boot: unique for each start of the process; cycles are named after it.
        currency: ISO 4217 code of the only notes that are ever let in.
        known: what `remember` was given last, in this life or an earlier one.
        remember: makes that durable; False when something older may stand there now.
        high_security: notes to be examined more strictly, so that more of them are refused.
        barred: ways of putting a note in that are not taken.
    """

    def __init__(
        self,
        boot: str,
        currency: str,
        *,
        timing: HostTiming | None = None,
        known: bytes | None = None,
        remember: Callable[[bytes], bool] | None = None,
        high_security: frozenset[Note] = frozenset(),
        barred: Direction = ALL_WAYS,
    ) -> None:
        self._timing = timing or HostTiming()
        kept = Kept.from_bytes(known)
        set_up = SetUp(currency, kept, remember, high_security=high_security, barred=barred)
        self._book = CycleBook(
            boot, set_up.note, self._timing, keep=set_up.keep_escrow, kept=kept.escrow
        )
        self._acceptance = Acceptance()
        mark = crc16(boot.encode()) % _MARKS + 1
        self._conduct = Conduct(set_up, self._book, self._acceptance, self._timing, mark)
        self._link = HostLink(self._timing)
        self._watch = LineWatch(
            silent_s=self._timing.silent_s, reset_every_s=self._timing.reset_every_s
        )
        self._is_open = True
        self._now = 0.0
        self._polled_at: float | None = None
        self._poll_at = 0.0

    # --- commands of the terminal -----------------------------------------------------------------

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

    # --- bytes and time ---------------------------------------------------------------------------

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
        at_link = self._link.next_deadline()
        return at_link if at_link > self._now else self._next_poll_at()

    def port_opened(self, now: float) -> list[AcceptorEvent]:
        """The line is open: look at the device before anything else."""
        self._link.reset()
        self._conduct.lost_sight()
        self._is_open = True
        self._poll_at = now
        self._watch.opened(now)
        return self._advance([], now)

    def port_lost(self, now: float) -> list[AcceptorEvent]:
        """The line is gone: whatever the device said, it will have to say again."""
        self._link.reset()
        self._conduct.lost_touch()
        self._is_open = False
        self._now = now
        return self._watch.lost()

    def _advance(self, outcomes: list[Outcome], now: float) -> list[AcceptorEvent]:
        self._now = now
        events: list[AcceptorEvent] = []
        if not self._is_open:
            return events
        for outcome in outcomes:
            events += self._take(outcome, now)
        if silence := self._watch.silence(now):
            self._conduct.lost_touch()
            events += silence
        if self._link.is_free(now):
            self._speak(now)
        return events

    # --- what to say next -------------------------------------------------------------------------

    def _speak(self, now: float) -> None:
        if self._conduct.may_acknowledge:
            self._link.acknowledge(now)
            self._conduct.lost_sight()
            self._poll_at = now
        elif request := self._choose(now):
            self._send(request, now)

    def _next_poll_at(self) -> float:
        """Sooner than usual where the device has called."""
        if self._polled_at is None:
            return self._poll_at
        due = self._polled_at if self._link.is_called else self._poll_at
        return max(due, self._polled_at + self._timing.poll_soonest_s)

    def _choose(self, now: float) -> Request | None:
        is_unmasked = self._link.is_unmasked
        if is_unmasked and (order := self._conduct.order(now)):
            return order
        if now < self._next_poll_at():
            return None
        if self._wants_reset(now):
            return RESET
        return _POLL if is_unmasked else _VERSION

    def _wants_reset(self, now: float) -> bool:
        """A device that is silent with nothing to tell is reset now and then; so is one that has
        been silent for so long that it must have gone mute, once all it said is on record. What it
        still had to say of a note inside is lost by then: that note is in doubt afterwards.
        """
        if not self._watch.reset_is_due(now):
            return False
        if self._watch.silent_for(now) >= self._timing.mute_s:
            return not self._conduct.owes_an_end
        is_safe = self._conduct.has_nothing_open and self._conduct.is_safe_to_reset
        return self._watch.ever_heard and is_safe

    def _send(self, request: Request, now: float) -> None:
        if request.command in (Command.STATUS, Command.VERSION):
            self._polled_at = now
            self._poll_at = now + self._timing.poll_period_s
            self._link.is_called = False
        else:
            self._poll_at = now
        if request.command is Command.RESET:
            self._watch.reset_sent(now)
        self._conduct.sent(request, now)
        self._link.send(request, now)

    # --- what the device says ---------------------------------------------------------------------

    def _take(self, outcome: Outcome, now: float) -> list[AcceptorEvent]:
        if isinstance(outcome, Unanswered):
            self._conduct.lost_sight()
            echo = "echo" if outcome.why is NoAnswer.ECHO else ""
            self._watch.no_answer(garbage=outcome.why is NoAnswer.GARBAGE, raw=echo)
            events = self._book.tell_owed()
        else:
            self._watch.heard(now)
            events = []
        if outcome.request.command is Command.STATUS:
            return self._polled(outcome, now) if isinstance(outcome, Answered) else events
        if isinstance(outcome, Refused):
            self._poll_at = now + self._timing.poll_period_s
        return events + self._conduct.answered(outcome, now)

    def _polled(self, answer: Answered, now: float) -> list[AcceptorEvent]:
        status, detail = read_status(answer.code, answer.data)
        if status is None:
            # A state of other firmware, or half of one: it tells nothing about a note in our sense.
            self._conduct.lost_sight()
            return []
        return self._conduct.see(status, detail, now)
