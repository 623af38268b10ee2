"""A printer's driver without I/O: bytes and time in, bytes and events out.

Looks at the printer every few seconds, prints one slip at a time and calls a slip printed only when
the printer answered the fence behind it and has come to rest. What an interrupted slip left behind
is cut off before anything else is printed. It must never print a slip twice by itself: what is not
confirmed is reported, and the terminal decides.
"""

from collections import deque
from dataclasses import dataclass, replace

from drivers.printers.contract import (
    Paper,
    Presenter,
    PrinterChanged,
    PrinterEvent,
    PrinterState,
    Removal,
    SlipFailed,
    SlipFailure,
    SlipPrinted,
)
from drivers.printers.dialects import dialect_of
from drivers.printers.held_slip import HeldSlip, removal_order
from drivers.printers.models import PrinterModel
from drivers.printers.talk import PrinterTalk, Talk, WriteTimedOutError
from drivers.printers.timing import PrinterTiming

_UNREACHABLE = PrinterState(reachable=False)
_BAD_LOOKS = 2
_MOST_RECOVERIES = 3
_RESET_AND_FEED = b"\x1b@\x1bd"


@dataclass(frozen=True, slots=True)
class _Job:
    slip: int
    data: bytes


class PrinterHost:
    """A `ReceiptPrinter` whose line and clock belong to the caller. Not safe for several threads.

    After each call, and at `next_deadline` at the latest, the caller sends `data_to_send` and calls
    `tick`. Times are monotonic seconds.
    """

    def __init__(
        self,
        model: PrinterModel,
        *,
        timing: PrinterTiming | None = None,
        untaken: Removal | None = None,
    ) -> None:
        self._model = model
        self._dialect = dialect_of(model.dialect)
        self._timing = timing or PrinterTiming()
        self._held = HeldSlip(removal_order(model, untaken), self._timing.untaken_s)
        self._jobs: deque[_Job] = deque()
        self._job: _Job | None = None
        self._events: list[PrinterEvent] = []
        self._state: PrinterState | None = None
        self._remains = False
        self._unparted = False
        self._recoveries = 0
        self._talk: PrinterTalk | None = None
        self._life: Talk[None] | None = None
        self._could_print = False
        self._deadline = 0.0

    def print_slip(self, slip: int, data: bytes) -> None:
        """See the contract; takes effect at the next `tick`."""
        self._jobs.append(_Job(slip, data))

    def part_from_the_last(self) -> None:
        """See the contract."""
        self._remains = True

    @property
    def printing(self) -> bool:
        """True while a slip is at hand."""
        return self._job is not None

    def port_opened(self, now: float) -> list[PrinterEvent]:
        """The line is open, for the first time or again."""
        self._talk = PrinterTalk(self._dialect, self._timing)
        self._life = self._live(self._talk)
        return self.tick(now)

    def port_lost(
        self, now: float, why: SlipFailure = SlipFailure.NOT_CONFIRMED
    ) -> list[PrinterEvent]:
        """The line is gone, or cannot be opened. The slip at hand fails, and `why` when some of it
        was sent; those that wait fail only when the line was not there to begin with.
        """
        was_open = self._talk is not None
        if self._job is not None:
            sent = self._talk is not None and self._talk.written > 0
            self._fail(why if sent else SlipFailure.NOT_REACHABLE, sent=sent)
        self._talk = self._life = None
        self._note(_UNREACHABLE)
        while self._jobs and not was_open:
            self._job = self._jobs.popleft()
            self._fail(SlipFailure.NOT_REACHABLE, sent=False)
        self._deadline = now + self._timing.reopen_s
        return self._take_events()

    def receive(self, data: bytes, now: float) -> list[PrinterEvent]:
        """Take bytes from the line."""
        if self._talk is not None:
            self._talk.now = now
            self._talk.heard(data)
        return self.tick(now)

    def tick(self, now: float) -> list[PrinterEvent]:
        """Let time pass; does whatever is due."""
        if self._talk is not None and self._life is not None:
            self._talk.now = now
            self._deadline = next(self._life)
        return self._take_events()

    def data_to_send(self) -> bytes:
        """Take the bytes that belong on the line now."""
        return b"" if self._talk is None else self._talk.data_to_send()

    def next_deadline(self) -> float:
        """When `tick` has something to do next."""
        return self._deadline

    def _take_events(self) -> list[PrinterEvent]:
        events, self._events = self._events, []
        return events

    # --- the life of one open line --------------------------------------------------------------

    def _live(self, talk: PrinterTalk) -> Talk[None]:
        talk.stop_reports()
        while True:
            state = yield from self._look(talk)
            if self._remains and (yield from self._part(talk)):
                continue
            if self._jobs:
                yield from self._print(talk, self._jobs.popleft())
            else:
                self._mend(talk, state)
                talk.say(self._held.due(state.presenter, talk.now))
                yield from self._rest(talk, state)

    def _rest(self, talk: PrinterTalk, state: PrinterState) -> Talk[None]:
        timing = self._timing
        pause = timing.held_poll_s if self._held.waits else timing.poll_s
        if not state.reachable:
            pause = min(timing.reopen_s, pause)
        until = talk.now + pause
        while not self._jobs and talk.now < until:
            yield until

    def _look(self, talk: PrinterTalk) -> Talk[PrinterState]:
        seen = yield from talk.look()
        for _ in range(1, _BAD_LOOKS):
            if seen is None:
                again_at = talk.now + self._timing.retry_s
                while talk.now < again_at:
                    yield again_at
                seen = yield from talk.look()
        if seen is None:
            patient = 0 < talk.paused_s < self._timing.xoff_s
            # A full buffer is not silence: the last state stands for a while.
            seen = self._state if patient and self._state is not None else _UNREACHABLE
        elif talk.paused_s >= self._timing.write_s:
            seen = yield from self._after_long_pause(talk, seen)
        self._could_print = seen.can_print
        if self._unparted and self._remains:
            # It says that it is ready, and does not do what it is told: no slip can be promised.
            seen = replace(seen, online=False)
        self._note(seen)
        return seen

    def _after_long_pause(self, talk: PrinterTalk, seen: PrinterState) -> Talk[PrinterState]:
        """One that works off its buffer is well: the XON that would say so was lost, or its power."""
        patient = talk.paused_s < self._timing.xoff_s
        if patient or not seen.can_print or not (yield from talk.drain_old_fences()):
            return replace(seen, online=False)
        talk.forget_pause()
        return seen

    def _note(self, seen: PrinterState) -> None:
        known = self._state
        self._events += self._held.seen(seen.presenter)
        if known is None or replace(known, raw="") != replace(seen, raw=""):
            self._state = seen
            self._events.append(PrinterChanged(state=seen))

    def _mend(self, talk: PrinterTalk, state: PrinterState) -> None:
        """Ask for recovery from an error that may have gone, a few times and no more: a knife that
        stays stuck must not be driven for ever.
        """
        stuck = state.cutter_error or state.recoverable_error or state.jam
        if not self._dialect.recovers:
            return
        if not stuck:
            self._recoveries = 0
        elif state.cover_open:
            self._recoveries = 0  # somebody is at it: what was in the way may be gone
        elif state.paper is Paper.OUT or self._recoveries >= _MOST_RECOVERIES:
            return
        else:
            self._recoveries += 1
            talk.recover()

    def _part(self, talk: PrinterTalk) -> Talk[bool]:
        """Let what an interrupted slip left come to an end and cut it off; True when that is done."""
        if not self._could_print:
            return False
        self._unparted = True
        if not (yield from talk.drain_old_fences()):
            return False
        feed = bytes([self._model.feed_lines])
        try:
            yield from talk.write(_RESET_AND_FEED + feed + self._model.finish)
        except WriteTimedOutError:
            return False
        yield from talk.ask_fence()
        answer = yield from talk.fence(self._timing.fence_s)
        self._remains = self._unparted = answer is None
        return not self._remains

    def _print(self, talk: PrinterTalk, job: _Job) -> Talk[None]:
        self._job = job
        talk.written = 0
        state = self._state
        if state is None or not state.reachable:
            self._fail(SlipFailure.NOT_REACHABLE, sent=False)
        elif not state.can_print or self._remains:
            self._fail(SlipFailure.NOT_READY, sent=False)
        else:
            order, events = self._held.make_room(state.presenter)
            self._events += events
            talk.say(order)
            talk.stop_reports()
            yield from self._send(talk, job)

    def _send(self, talk: PrinterTalk, job: _Job) -> Talk[None]:
        try:
            yield from talk.write(job.data)
        except WriteTimedOutError:
            self._fail(SlipFailure.WRITE_TIMED_OUT, sent=talk.written > 0)
            return
        yield from talk.ask_fence()
        processed = yield from self._wait_for_end(talk, len(job.data))
        if not processed or not (yield from self._came_to_rest(talk)):
            self._fail(SlipFailure.NOT_CONFIRMED, sent=True)
            return
        self._job = None
        self._events.append(SlipPrinted(slip=job.slip))
        if self._dialect.tells_rest and self._model.has_presenter:
            self._held.printed(job.slip, talk.now)

    def _wait_for_end(self, talk: PrinterTalk, size: int) -> Talk[bool]:
        """Wait for the fence, looking at the printer meanwhile: a stop shows there first."""
        deadline = talk.now + self._timing.fence_limit_s(size)
        while (left := deadline - talk.now) > 0:
            answer = yield from talk.fence(min(left, self._timing.fence_look_s))
            if answer is not None:
                return not answer.paper_out
            seen = yield from talk.look()
            if seen is None:
                continue
            self._note(seen)
            if seen.is_stopped:
                # It may have ended in this moment; what is processed is processed.
                late = yield from talk.fence(0.0)
                return late is not None and not late.paper_out
        return False

    def _came_to_rest(self, talk: PrinterTalk) -> Talk[bool]:
        """Where the printer tells of motor and knife: they stopped, and without a fault."""
        if not self._dialect.tells_rest:
            return True
        until = talk.now + self._timing.settle_s
        while True:
            seen = yield from talk.look()
            if seen is not None:
                self._note(seen)
                if seen.cutter_error or seen.jam or seen.presenter is Presenter.JAM:
                    return False
                if not seen.busy:
                    return True
            if talk.now >= until:
                return False
            again_at = min(until, talk.now + self._timing.answer_s)
            while talk.now < again_at:
                yield again_at

    def _fail(self, why: SlipFailure, *, sent: bool) -> None:
        assert self._job is not None
        self._events.append(SlipFailed(slip=self._job.slip, why=why, sent=sent))
        self._remains = self._remains or sent
        self._job = None
