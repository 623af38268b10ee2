"""The host's end of the ID-003 line: one request at a time and its answer.

Facts sheet id003 sections 2, 4 and 9. Requests that change nothing are repeated; an order never is,
since it may have been obeyed: first the device is looked at. An idle device answers a poll with the
very bytes of the poll, so whether the line only echoes can be seen from one request alone, VERSION:
it has to be answered before anything else on the line may be believed. The ACK of a credit is not an
answer to anything and must be asked for by whoever knows that the credit is recorded.
"""

from collections import deque
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from drivers.acceptors.damage import Damage
from drivers.acceptors.id003.codes import ORDERS, READ_BACK, SETTINGS, Command, Reply
from drivers.acceptors.id003.frames import Enquiry, Frame, FrameDecoder, Part, encode
from drivers.acceptors.id003.timing import HostTiming

_LONG: Final = frozenset({Command.VERSION, Command.BOOT_VERSION, Command.CURRENCY})
_REPLIES: Final = frozenset(int(reply) for reply in Reply)
LOWEST_QUESTION: Final = Command.DENOMINATIONS - READ_BACK


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One command of the host."""

    command: Command
    data: bytes = b""

    @property
    def is_order(self) -> bool:
        """It moves something, so it is never sent twice without a look in between."""
        return self.command in ORDERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A good answer; `code` is a state when the request was a poll."""

    request: Request
    code: int
    data: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """INVALID COMMAND, or a setting that came back as something else."""

    request: Request


class NoAnswer(StrEnum):
    """What came instead of an answer."""

    SILENCE = "silence"
    GARBAGE = "garbage"
    ECHO = "echo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswered:
    """Every try was in vain."""

    request: Request
    why: NoAnswer


Outcome = Answered | Refused | Unanswered


class HostLink:
    """Sans-I/O. `now` in monotonic seconds."""

    def __init__(self, timing: HostTiming) -> None:
        self._timing = timing
        self._decoder = FrameDecoder()
        self._out = bytearray()
        self._echoed: deque[bytes] = deque()
        self._echoes: bool | None = None
        self._saw_echo = False
        self._asked: Request | None = None
        self._tries = 0
        self._saw_garbage = False
        self._answer_by = 0.0
        self._quiet_until = 0.0
        self.is_called = False
        """The device sent an ENQ: it has something to say. Whoever polls takes this back."""

    @property
    def is_unmasked(self) -> bool:
        """It is known whether this line echoes; before that only VERSION may be sent."""
        return self._echoes is not None

    def is_free(self, now: float) -> bool:
        """True when something may be sent now."""
        return self._asked is None and now >= self._quiet_until

    def reset(self) -> None:
        """Forget everything: the line was closed, or is about to be."""
        self._decoder.clear()
        self._out.clear()
        self._echoed.clear()
        self._echoes = None
        self._asked = None
        self.is_called = False

    def send(self, request: Request, now: float) -> None:
        """Put a request on the wire. Whatever arrived before it is no answer to it."""
        self._asked = request
        self._tries = 0
        self._saw_garbage = self._saw_echo = False
        self._transmit(request, now)

    def acknowledge(self, now: float) -> None:
        """Tell the device that its credit is recorded; no answer comes."""
        self._write(encode(Command.ACK))
        self._quiet_until = now + self._timing.quiet_s

    def data_to_send(self) -> bytes:
        """Take what belongs on the wire now."""
        if not self._out:
            return b""
        data = bytes(self._out)
        self._out.clear()
        return data

    def next_deadline(self) -> float:
        """When `tick` or a new request becomes possible."""
        if self._asked is None:
            return self._quiet_until
        partial = self._decoder.next_deadline()
        return self._answer_by if partial is None else min(partial, self._answer_by)

    def receive(self, data: bytes, now: float) -> list[Outcome]:
        """Take bytes from the wire."""
        return self._take(self._decoder.feed(data, now), now)

    def tick(self, now: float) -> list[Outcome]:
        """Notice an answer that was cut short or did not come."""
        outcomes = self._take(self._decoder.tick(now), now)
        if self._asked is not None and now >= self._answer_by:
            outcomes += self._again(self._asked, now)
        return outcomes

    def _transmit(self, request: Request, now: float) -> None:
        self._decoder.clear()
        self._tries += 1
        self._write(encode(request.command, request.data))
        long = request.command in _LONG
        self._answer_by = now + (self._timing.long_answer_s if long else self._timing.answer_s)

    def _write(self, frame: bytes) -> None:
        self._out += frame
        if self._echoes:
            self._echoed.append(frame)

    def _take(self, found: list[Part], now: float) -> list[Outcome]:
        outcomes: list[Outcome] = []
        for part in found:
            match part:
                case Enquiry():
                    self.is_called = True
                case Frame():
                    if not self._is_echo(part) and self._asked is not None:
                        outcomes += self._answer(self._asked, part, now)
                case _ if self._asked is not None:
                    self._saw_garbage = True
                    if part.why is not Damage.JUNK:
                        outcomes += self._again(self._asked, now)
                case _:
                    pass
        return outcomes

    def _is_echo(self, frame: Frame) -> bool:
        """On a line known to echo, the next thing heard is the oldest thing said."""
        if self._echoed and self._echoed[0] == encode(frame.code, frame.data):
            self._echoed.popleft()
            return True
        self._echoed.clear()
        return False

    def _answer(self, asked: Request, frame: Frame, now: float) -> list[Outcome]:
        if asked.command is Command.VERSION and frame == Frame(code=Command.VERSION):
            self._saw_echo = True
            return []
        if frame.code == Reply.COMMUNICATION_ERROR:
            self._saw_garbage = True
            return self._again(asked, now)
        if frame.code == Reply.INVALID_COMMAND and asked.command is not Command.STATUS:
            self._finish(now)
            return [Refused(request=asked)]
        if not _answers(asked, frame):
            # To something else, late by more than its patience.
            self._saw_garbage = True
            return []
        self._finish(now)
        if asked.command in SETTINGS and frame.data != asked.data:
            return [Refused(request=asked)]
        return [Answered(request=asked, code=frame.code, data=frame.data)]

    def _finish(self, now: float) -> None:
        """The request was answered, so whether the line echoes is known."""
        if self._asked is not None and self._asked.command is Command.VERSION:
            self._echoes = self._saw_echo
        self._asked = None
        self._quiet_until = now + self._timing.quiet_s

    def _again(self, asked: Request, now: float) -> list[Outcome]:
        if self._tries < self._timing.tries and not asked.is_order:
            self._transmit(asked, now)
            return []
        self._decoder.clear()
        self._echoed.clear()
        if self._echoes:
            self._echoes = None  # The line is not what it was: look again before believing it.
        self._asked = None
        self._quiet_until = now + self._timing.quiet_s
        return [Unanswered(request=asked, why=self._why_not())]

    def _why_not(self) -> NoAnswer:
        if self._saw_garbage:
            return NoAnswer.GARBAGE
        return NoAnswer.ECHO if self._saw_echo else NoAnswer.SILENCE


def _answers(asked: Request, frame: Frame) -> bool:
    """Whether a frame can be the answer to what was asked."""
    if asked.command is Command.STATUS:
        # States of newer firmware too; settings and questions are answered with higher numbers.
        return frame.code < LOWEST_QUESTION and frame.code not in _REPLIES
    if asked.is_order:
        return frame.code == Reply.ACK
    return frame.code == asked.command
