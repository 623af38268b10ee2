"""The conversation with one printer over one open line, without I/O: ask, write, wait for the fence.

Written as generators that give the moment until which they wait and are resumed when bytes came or
the moment has passed; whoever resumes them owns line and clock. Every wait has a limit. An answer is
taken only after the line was emptied of leftovers, so that no old byte is ever read as today's state.
It must never decide what a state means.
"""

from collections import deque
from collections.abc import Generator
from typing import TypeVar

from drivers.printers.contract import PrinterState
from drivers.printers.dialects import Dialect, Question
from drivers.printers.dialects.dialect import look
from drivers.printers.session import (
    FENCE,
    ByteSorter,
    FenceByte,
    FlowByte,
    FullStatus,
    Incoming,
    StatusByte,
)
from drivers.printers.timing import PrinterTiming

_T = TypeVar("_T")
_Answer = TypeVar("_Answer", StatusByte, FullStatus)

Talk = Generator[float, None, _T]
"""Gives moments (monotonic seconds); resumed at the moment, or before it when something came."""

_RECOVER_AND_CLEAR = b"\x10\x05\x02"
_MOST_LEFTOVERS = 64


class WriteTimedOutError(Exception):
    """The printer kept its buffer closed for too long."""


class PrinterTalk:
    """One open line with a printer behind it."""

    def __init__(self, dialect: Dialect, timing: PrinterTiming) -> None:
        self._dialect = dialect
        self._timing = timing
        self._sorter = ByteSorter()
        # At all times: a full answer that comes late would else look like the answer of a fence.
        self._sorter.expect_full(expected=any(one.full for one in dialect.questions))
        self._inbox: deque[Incoming] = deque()
        self._fences: deque[FenceByte] = deque()
        self._out = bytearray()
        self._paused_since: float | None = None
        self.now = 0.0
        self.written = 0
        """Bytes that `write` has sent; whoever wants to know of one slip sets it to 0 before."""

    @property
    def paused_s(self) -> float:
        """For how long the printer has asked for silence; 0 when it takes bytes."""
        return 0.0 if self._paused_since is None else self.now - self._paused_since

    def heard(self, data: bytes) -> None:
        """Bytes came from the printer."""
        self._sort(self._sorter.feed(data))

    def forget_pause(self) -> None:
        """The permission to go on was lost on the line: the printer has shown that it takes bytes."""
        self._paused_since = None

    def data_to_send(self) -> bytes:
        """Take what belongs on the line now."""
        data = bytes(self._out)
        self._out.clear()
        return data

    def say(self, data: bytes) -> None:
        """Put bytes on the line."""
        self._out += data

    def stop_reports(self) -> None:
        """Switch unasked status reports off: their bytes look like answers when one is lost."""
        self.say(self._dialect.reports_off)

    def recover(self) -> None:
        """Ask for recovery from an error that can be recovered, throwing away what is not printed
        (facts sheet receipts §2.4: to go on in the middle could print half a slip twice).
        """
        self.say(_RECOVER_AND_CLEAR)

    def look(self) -> Talk[PrinterState | None]:
        """Ask every question of the dialect; None as soon as one stays without an answer."""
        answers: dict[int, bytes] = {}
        for question in self._dialect.questions:
            answer = yield from self._ask(question)
            if answer is None:
                return None
            answers[question.number] = answer
        return look(self._dialect, answers)

    def write(self, data: bytes) -> Talk[None]:
        """Send in chunks, holding back while the printer asks for silence.

        Raises:
            WriteTimedOutError: the printer asked for silence longer than `write_s`.
        """
        for start in range(0, len(data), self._timing.chunk):
            yield from self._until_open()
            chunk = data[start : start + self._timing.chunk]
            self.written += len(chunk)
            self.say(chunk)
            yield self.now

    def _until_open(self) -> Talk[None]:
        deadline = self.now + self._timing.write_s
        while self._paused_since is not None:
            if self.now >= deadline:
                raise WriteTimedOutError
            yield deadline

    def ask_fence(self) -> Talk[None]:
        """Ask to be told when everything sent so far is processed."""
        yield from self._empty_line()
        self._fences.clear()
        self.say(FENCE)

    def fence(self, limit_s: float) -> Talk[FenceByte | None]:
        """Wait for the answer of a fence that was asked; None when the limit passes. Questions may be
        asked in between: the answer is kept.
        """
        deadline = self.now + limit_s
        while not self._fences and self.now < deadline:
            yield deadline
        return self._fences.popleft() if self._fences else None

    def drain_old_fences(self) -> Talk[bool]:
        """Let late answers of earlier fences arrive, so that none is taken for the next one's; False
        when none comes at all.
        """
        yield from self.ask_fence()
        arrived = (yield from self.fence(self._timing.fence_s)) is not None
        while arrived and (yield from self.fence(self._timing.retry_s)) is not None:
            pass
        return arrived

    def _ask(self, question: Question) -> Talk[bytes | None]:
        yield from self._empty_line()
        self.say(question.order)
        if question.full:
            full = yield from self._wait_for(FullStatus, self._timing.answer_s)
            return None if full is None else full.data
        answer = yield from self._wait_for(StatusByte, self._timing.answer_s)
        return None if answer is None else bytes([answer.value])

    def _empty_line(self) -> Talk[None]:
        for _ in range(_MOST_LEFTOVERS):
            quiet_at = self.now + self._timing.quiet_s
            while not self._inbox and self.now < quiet_at:
                yield quiet_at
            if not self._inbox:
                break
            self._inbox.clear()
        self._sorter.abandon()

    def _wait_for(self, kind: type[_Answer], limit_s: float) -> Talk[_Answer | None]:
        deadline = self.now + limit_s
        while True:
            while self._inbox:
                incoming = self._inbox.popleft()
                if isinstance(incoming, kind):
                    return incoming
            if self.now >= deadline:
                return None
            yield deadline

    def _sort(self, incoming: list[Incoming]) -> None:
        for one in incoming:
            match one:
                case FlowByte():
                    self._paused_since = self.now if one.paused else None
                case FenceByte():
                    self._fences.append(one)
                case _:
                    self._inbox.append(one)
