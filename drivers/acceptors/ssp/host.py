"""The host half of SSP and eSSP: what the terminal runs for an Innovative Technology validator.

Sans-I/O: bytes and time in, events and bytes out. Facts sheet ssp sections 2.1, 7, 9 and 10. What a
note's events mean is decided in `note_cycle`, what to say next in `next_word`. A new packet tells the
device that its last answer was heard, so none leaves while an event of that answer is not settled.
Left out: see the package.
"""

from collections.abc import Callable

from drivers.acceptors.contract import (
    AcceptorEvent,
    CycleId,
    Note,
    Rejected,
    RejectReason,
)
from drivers.acceptors.faults import FaultNumber
from drivers.acceptors.ssp.acceptance import Acceptance
from drivers.acceptors.ssp.codes import POLLS, Command, Event, Generic
from drivers.acceptors.ssp.conversation import Conversation
from drivers.acceptors.ssp.cycle import Decision
from drivers.acceptors.ssp.episodes import Episodes
from drivers.acceptors.ssp.essp import DEFAULT_FIXED_KEY, Entropy
from drivers.acceptors.ssp.greeting import Encryption, Greeting
from drivers.acceptors.ssp.inbox import Inbox
from drivers.acceptors.ssp.link import Answered, Outcome
from drivers.acceptors.ssp.meanings import STUCK, reject_reason
from drivers.acceptors.ssp.memory import Remembered
from drivers.acceptors.ssp.next_word import NextWord
from drivers.acceptors.ssp.note_cycle import CycleBook
from drivers.acceptors.ssp.poll_answer import PollAnswer, Said
from drivers.acceptors.ssp.readiness import Readiness
from drivers.acceptors.ssp.set_up import STEPS, SetUp, counted
from drivers.acceptors.ssp.timing import HostTiming


class SspHost:
    """One SSP banknote validator as an `AcceptorHost`.

    Args:
        boot: unique for each start of the process; cycles are named after it.
        currency: ISO 4217 code of the only notes that are ever enabled.
        entropy: random bytes for the key exchange and for padding.
        known: what an earlier life remembered, see `memory`.
        remember: keeps that for the next life.
        encryption: whether the line is to be encrypted.
        fixed_key: the half of the key that is set in the device.
    """

    def __init__(
        self,
        boot: str,
        currency: str,
        *,
        entropy: Entropy,
        timing: HostTiming | None = None,
        known: bytes | None = None,
        remember: Callable[[bytes], None] | None = None,
        encryption: Encryption = Encryption.PREFERRED,
        fixed_key: int = DEFAULT_FIXED_KEY,
    ) -> None:
        self._timing = timing or HostTiming()
        remembered = Remembered.from_bytes(known)
        self._greeting = Greeting(
            currency,
            self._timing,
            entropy,
            known_setup=remembered.setup,
            encryption=encryption,
            fixed_key=fixed_key,
        )
        self._episodes = Episodes(self._timing)
        self._talk = Conversation(
            self._timing, self._greeting, self._episodes, remembered, remember
        )
        self._book = CycleBook(boot, self._greeting.note)
        self._acceptance = Acceptance()
        self._set_up = SetUp()
        self._next = NextWord(
            self._timing, self._talk, self._greeting, self._book, self._acceptance, self._set_up
        )
        self._readiness = Readiness(
            self._timing,
            self._talk,
            self._greeting,
            self._book,
            self._acceptance,
            self._set_up,
            self._episodes,
            self._next,
        )
        self._inbox = Inbox()
        self._may_be_another = False
        """A reset was told before the greeting: the device names its channels first, for it may hang
        in the place of another. What an answer says is lost if the process dies meanwhile; then the
        counter decides.
        """
        self._is_open = True
        self._underway = remembered.underway

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
        return self._advance(self._talk.link.receive(data, now), now)

    def tick(self, now: float) -> list[AcceptorEvent]:
        """Do what is due at `now`."""
        return self._advance(self._talk.link.tick(now), now)

    def data_to_send(self) -> bytes:
        """Take the bytes that belong on the wire now."""
        return self._talk.link.data_to_send()

    def next_deadline(self) -> float | None:
        """When `tick` has something to do; None while the line is closed."""
        return self._next.next_deadline(self._episodes.silence_due()) if self._is_open else None

    def port_opened(self, now: float) -> list[AcceptorEvent]:
        """The line is open: look at the device before anything else."""
        self._drop_line(now)
        self._is_open = True
        self._episodes.line_opened(now)
        return self._advance([], now)

    def port_lost(self, now: float) -> list[AcceptorEvent]:
        """The line is gone: what was not heard is asked for again when it is back."""
        self._drop_line(now)
        self._is_open = False
        self._readiness.lose()
        return self._episodes.line_lost()

    def _drop_line(self, now: float) -> None:
        self._talk.line_lost()
        self._book.broken_off(escrow_is_over=False)
        self._next.line_lost(now)

    def _advance(self, outcomes: list[Outcome], now: float) -> list[AcceptorEvent]:
        events: list[AcceptorEvent] = []
        if not self._is_open:
            return events
        if self._underway is not None and self._greeting.setup is not None:
            self._book.recall(self._underway, now)
            self._underway = None
        for outcome in outcomes:
            events += self._take(outcome, now)
        events += self._work_through(now)
        if silence := self._episodes.silence(now):
            self._readiness.lose()
            events += silence
        if self._next.speak(now, waits_for_record=bool(self._book.unsettled)):
            events += self._book.told_again()
        return events

    # --- what the device says -------------------------------------------------------------------

    def _take(self, outcome: Outcome, now: float) -> list[AcceptorEvent]:
        was_up = self._talk.is_up
        answered, events = self._talk.take(outcome, now)
        if was_up and not self._talk.is_up:
            self._book.broken_off(escrow_is_over=False)
            self._next.owes_ack = False  # What is not acknowledged yet is told again.
            self._readiness.lose()
        if answered is None:
            return events
        command = answered.request.command
        if command in POLLS:
            return events + self._polled(answered)
        match command:
            case Command.HOLD:
                return events + self._held(answered, now)
            case Command.REJECT:
                self._book.rejected()
            case Command.EVENT_ACK:
                self._next.owes_ack = False
                if self._inbox.tells_end:
                    self._book.acknowledged()
            case Command.LAST_REJECT:
                return events + self._next_reject(answered)
            case Command.COUNTERS if self._book.is_open:
                return events + self._book.resolve(counted(answered))
            case Command.SET_INHIBITS:
                self._acceptance.answered(accepted=answered.is_ok)
            case _:
                pass
        if command in STEPS and not answered.again:
            self._set_up.take(answered)
            self._book.count = self._set_up.counter
        return events

    def _held(self, answered: Answered, now: float) -> list[AcceptorEvent]:
        looked, self._talk.has_looked = self._talk.has_looked, True
        cycle = self._book.current
        if answered.is_ok:
            events = [] if looked and cycle is not None else self._book.found_in_escrow(now)
            if self._book.current is not None:
                self._book.current.hold_due = now + self._timing.hold_every_s
            return events
        if cycle is not None and self._book.is_open and cycle.in_escrow:
            if looked and cycle.is_undecided:
                # It may be gone by itself, or the device cannot hold: only REJECT is safe now.
                cycle.decision, cycle.gave_up_waiting = Decision.RETURN, True
            elif not looked and cycle.is_undecided:
                cycle.in_escrow = False
        return []

    def _next_reject(self, answered: Answered) -> list[AcceptorEvent]:
        self._next.asks_reject = False
        code = answered.data[:1] if answered.is_ok else b""
        reason = reject_reason(code[0]) if code else RejectReason.OTHER
        return [Rejected(reason=reason, raw=f"EC {code.hex().upper()}".strip())]

    def _polled(self, answered: Answered) -> list[AcceptorEvent]:
        if not answered.is_ok:
            self._next.is_fresh = False
            if answered.code in (Generic.CANNOT_PROCESS, Generic.SOFTWARE_ERROR):
                return []  # Busy; what it has to say it will say later.
            self._readiness.lose()
            raw = f"{answered.code:02X}"
            return self._episodes.set_up_fault(FaultNumber.REFUSES_SET_UP, raw)
        if not self._inbox.take(answered, self._greeting.version):
            return []
        if not (answered.again or self._talk.with_ack or self._inbox.tells_reset):
            self._book.went_on()
        self._may_be_another = self._inbox.tells_reset and not self._talk.is_up
        self._next.owes_ack = self._talk.with_ack and self._inbox.needs_ack
        self._book.polled(reads=self._inbox.shows_escrow)
        return []

    def _work_through(self, now: float) -> list[AcceptorEvent]:
        """The events of the last answer in their order, as far as they may be gone into."""
        events: list[AcceptorEvent] = []
        self._may_be_another = self._may_be_another and not self._talk.is_up
        while self._book.unsettled is None and not self._may_be_another:
            if said := self._inbox.next():
                events += self._event(said, now)
            elif answer := self._inbox.picture():
                events += self._picture(answer, now)
            else:
                break
        return events

    def _event(self, said: Said, now: float) -> list[AcceptorEvent]:
        if said.code == Event.SLAVE_RESET:
            self._talk.begin_anew()
            self._readiness.was_reset(now)
        found = self._book.take(said, now)
        if found is None:
            self._next.asks_reject = True
            return []
        return found

    def _picture(self, answer: PollAnswer, now: float) -> list[AcceptorEvent]:
        """All that the device is at this moment."""
        events, codes = self._episodes.see(answer, now), answer.codes
        self._next.see(codes, now)
        if codes & STUCK:
            self._book.jammed()
        return events + self._readiness.see(codes, events, now)
