"""The host's end of the CCNET line: one question at a time, its answer, its acknowledgement.

Facts sheet ccnet sections 2.3, 2.4 and 8.2. The link repeats questions, asks again for damaged
answers and skips the echo of half-duplex adapters. It must never acknowledge data by itself:
whoever gets an `Answered` says when, because an acknowledged event is gone from the device.
"""

from collections import deque
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from drivers.acceptors.ccnet.codes import VALIDATOR, Command, LinkMessage
from drivers.acceptors.ccnet.frames import Direction, Frame, FrameDecoder, encode_command
from drivers.acceptors.ccnet.timing import HostTiming
from drivers.acceptors.damage import Damage, Damaged

LONGEST_ANSWER: Final = 512
_LINK_BYTES: Final = frozenset(int(message) for message in LinkMessage)
_LONG: Final = frozenset({Command.IDENTIFICATION, Command.BILL_TABLE, Command.STATISTICS})
_QUESTIONS: Final = _LONG | {
    Command.POLL,
    Command.GET_STATUS,
    Command.EXTRACT_BARCODE,
    Command.GET_CRC32,
    Command.COUNTER_OF_STACKED,
    Command.RELEASE_DATE,
    Command.GET_OPTIONS,
}
"""Commands that are answered with data; all others are answered with a link message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One command of the host."""

    command: Command
    data: bytes = b""

    @property
    def body(self) -> bytes:
        return bytes([self.command]) + self.data

    @property
    def is_question(self) -> bool:
        """Answered with data, and safe to ask twice."""
        return self.command in _QUESTIONS


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A good answer; for a question, the device now waits for `acknowledge` or `let_lapse`."""

    request: Request
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """ILLEGAL COMMAND: not in this state, or not at all."""

    request: Request


class NoAnswer(StrEnum):
    """What came instead of an answer."""

    SILENCE = "silence"
    GARBAGE = "garbage"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswered:
    """Every try was in vain."""

    request: Request
    why: NoAnswer


Outcome = Answered | Refused | Unanswered


class HostLink:
    """Sans-I/O. `now` in monotonic seconds."""

    def __init__(self, timing: HostTiming, *, address: int = VALIDATOR) -> None:
        self._timing = timing
        self._address = address
        self._decoder = FrameDecoder(Direction.ANSWER, longest=LONGEST_ANSWER)
        self._out = bytearray()
        self._echo: deque[bytes] = deque()
        self._echoes = False
        self._asked: Request | None = None
        self._tries = 0
        self._saw_garbage = False
        self._answer_by = 0.0
        self._owes_ack = False
        self._quiet_until = 0.0

    def is_free(self, now: float) -> bool:
        """True when a request may be sent now."""
        return self._asked is None and not self._owes_ack and now >= self._quiet_until

    def reset(self) -> None:
        """Forget what was on its way: the line was closed, or is about to be."""
        self._decoder.clear()
        self._out.clear()
        self._echo.clear()
        self._asked = None
        self._owes_ack = False

    def send(self, request: Request, now: float) -> None:
        """Put a request on the wire. Whatever arrived before it is no answer to it."""
        self._asked = request
        self._tries = 0
        self._saw_garbage = False
        self._transmit(now)

    def acknowledge(self, now: float) -> None:
        """Tell the device that its answer arrived and is kept."""
        self._owes_ack = False
        self._write(bytes([LinkMessage.ACK]))
        self._quiet_until = now + self._timing.quiet_s

    def let_lapse(self, now: float) -> None:
        """Leave the answer unacknowledged; the device will repeat it."""
        self._owes_ack = False
        self._quiet_until = now + self._timing.quiet_s

    def data_to_send(self) -> bytes:
        """Take what belongs on the wire now."""
        if not self._out:
            return b""
        data = bytes(self._out)
        self._out.clear()
        return data

    def next_deadline(self) -> float | None:
        """When `tick` or a new request becomes possible."""
        if self._asked is None:
            return None if self._owes_ack else self._quiet_until
        partial = self._decoder.next_deadline()
        return self._answer_by if partial is None else min(partial, self._answer_by)

    def receive(self, data: bytes, now: float) -> list[Outcome]:
        """Take bytes from the wire."""
        return self._take(self._decoder.feed(data, now), now)

    def tick(self, now: float) -> list[Outcome]:
        """Notice an answer that was cut short or did not come."""
        outcomes = self._take(self._decoder.tick(now), now)
        if self._asked is not None and now >= self._answer_by:
            outcomes += self._again(now)
        return outcomes

    def _transmit(self, now: float) -> None:
        assert self._asked is not None
        self._decoder.clear()
        self._tries += 1
        self._write(self._asked.body)
        self._wait_for_answer(now)

    def _wait_for_answer(self, now: float) -> None:
        long = self._asked is not None and self._asked.command in _LONG
        self._answer_by = now + (self._timing.long_answer_s if long else self._timing.answer_s)

    def _write(self, body: bytes) -> None:
        self._out += encode_command(body[0], body[1:], address=self._address)
        if self._echoes:
            self._echo.append(body)

    def _is_echo(self, body: bytes) -> bool:
        """On a line known to echo, the next thing heard is the oldest thing said."""
        if self._echo and self._echo[0] == body:
            self._echo.popleft()
            return True
        self._echo.clear()
        return False

    def _take(self, found: list[Frame | Damaged], now: float) -> list[Outcome]:
        outcomes: list[Outcome] = []
        for part in found:
            if isinstance(part, Frame) and self._is_echo(part.body):
                continue
            if self._asked is None:
                continue  # Nobody asked: the echo of an acknowledgement, or noise.
            if isinstance(part, Damaged):
                outcomes += self._damaged(part, now)
            elif part.address == self._address:
                outcomes += self._answer(self._asked, part.body, now)
        return outcomes

    def _answer(self, asked: Request, body: bytes, now: float) -> list[Outcome]:
        if body == asked.body:
            # No answer repeats its own command, except that ILLEGAL is spelled like RESET; and
            # RESET is legal in every state.
            self._echoes = self._echoes or asked.command is Command.POLL
            return []
        if body == bytes([LinkMessage.NAK]):
            return self._again(now)
        is_link_message = len(body) == 1 and body[0] in _LINK_BYTES
        if body == bytes([LinkMessage.ILLEGAL]):
            self._finish(now)
            return [Refused(request=asked)]
        if asked.is_question == is_link_message:
            # An answer to something else, late by more than its patience.
            self._saw_garbage = True
            return self._again(now)
        self._finish(now)
        self._owes_ack = asked.is_question
        return [Answered(request=asked, body=body)]

    def _finish(self, now: float) -> None:
        self._asked = None
        self._quiet_until = now + self._timing.quiet_s

    def _damaged(self, part: Damaged, now: float) -> list[Outcome]:
        self._saw_garbage = True
        assert self._asked is not None
        if part.why is Damage.JUNK or not self._asked.is_question:
            return []
        if self._tries >= self._timing.tries:
            return self._give_up(now)
        self._tries += 1
        self._write(bytes([LinkMessage.NAK]))
        self._wait_for_answer(now)
        return []

    def _again(self, now: float) -> list[Outcome]:
        """Ask once more. An order is never repeated blindly: first look what became of it."""
        assert self._asked is not None
        if self._tries >= self._timing.tries or not self._asked.is_question:
            return self._give_up(now)
        self._transmit(now)
        return []

    def _give_up(self, now: float) -> list[Outcome]:
        assert self._asked is not None
        why = NoAnswer.GARBAGE if self._saw_garbage else NoAnswer.SILENCE
        outcome = Unanswered(request=self._asked, why=why)
        self._decoder.clear()
        self._echo.clear()
        self._echoes = False
        self._finish(now)
        return [outcome]
