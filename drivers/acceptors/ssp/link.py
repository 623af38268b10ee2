"""The host's end of the SSP line: one packet at a time, and its one answer.

Facts sheet ssp sections 2.1, 4 and 10. Each new packet carries the other sequence bit, and that is
what tells a device that its last answer arrived: so nothing new may be sent before the answer is
processed, and what gets no answer is repeated to the byte. The link never goes on to another
packet by itself; whoever gets an `Unanswered` decides whether to repeat or to begin anew.
"""

from dataclasses import dataclass
from enum import StrEnum

from drivers.acceptors.damage import Damaged
from drivers.acceptors.errors import RemoteProtocolError
from drivers.acceptors.ssp.codes import (
    ENCRYPTED,
    NEVER_ENCRYPTED,
    VALIDATOR,
    Command,
    Generic,
)
from drivers.acceptors.ssp.essp import Session
from drivers.acceptors.ssp.packets import Packet, PacketDecoder, encode
from drivers.acceptors.ssp.timing import HostTiming

_GENERIC = frozenset(Generic)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One command of the host."""

    command: Command
    data: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A good answer. `again` is True for an answer to a packet that was answered before."""

    request: Request
    code: Generic
    data: bytes
    again: bool = False

    @property
    def is_ok(self) -> bool:
        """The command was obeyed."""
        return self.code is Generic.OK


class NoAnswer(StrEnum):
    """What came instead of an answer."""

    SILENCE = "silence"
    GARBAGE = "garbage"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswered:
    """Several tries were in vain; the packet can still be repeated."""

    request: Request
    why: NoAnswer


Outcome = Answered | Unanswered


@dataclass(slots=True)
class _Asked:
    """The packet that is or was on the line last."""

    request: Request
    packet: Packet
    sealed_at: int | None
    """Count under which it was sealed; None for a plain one."""
    waits: bool = True
    was_answered: bool = False
    tries: int = 0
    answer_by: float = 0.0
    saw_garbage: bool = False


class HostLink:
    """Sans-I/O. `now` in monotonic seconds."""

    def __init__(self, timing: HostTiming, *, address: int = VALIDATOR) -> None:
        self._timing = timing
        self._address = address
        self._decoder = PacketDecoder()
        self._out = bytearray()
        self._asked: _Asked | None = None
        self._sequence = 1
        """Of the last packet sent."""
        self._quiet_until = 0.0
        self.session: Session | None = None
        """Key of the encrypted line, None while packets go out plain."""

    @property
    def asked(self) -> Request | None:
        """What was sent last."""
        return self._asked.request if self._asked else None

    @property
    def is_waiting(self) -> bool:
        """An answer is still expected."""
        return self._asked is not None and self._asked.waits

    def is_free(self, now: float) -> bool:
        """True when a packet may be sent now."""
        return not self.is_waiting and now >= self._quiet_until

    def line_lost(self) -> None:
        """What was on its way is lost. The last packet can still be repeated."""
        self._decoder.clear()
        self._out.clear()
        if self._asked is not None:
            self._asked.waits = False

    def send(self, request: Request, now: float) -> bytes:
        """Put a new packet on the line; returns its bytes. Ends what could be repeated."""
        self._sequence = 1 if request.command is Command.SYNC else 1 - self._sequence
        if request.command in NEVER_ENCRYPTED:
            self.session = None
        data, sealed_at = bytes([request.command]) + request.data, None
        if self.session is not None:
            sealed_at = self.session.count
            data = self.session.seal(data, sealed_at)
        packet = Packet(sequence=self._sequence, address=self._address, data=data)
        self._asked = _Asked(request, packet, sealed_at)
        return self._transmit(self._asked, now)

    def adopt(self, packet: Packet) -> bool:
        """Take the last packet of an earlier life, to be repeated; False where it makes no sense."""
        try:
            command = Command(packet.data[0])
        except ValueError:
            return False
        self._sequence = packet.sequence
        request = Request(command=command, data=packet.data[1:])
        self._asked = _Asked(request, packet, None, waits=False)
        return True

    def repeat(self, now: float) -> None:
        """Send the last packet once more, to the byte; a device that knows it does nothing but
        answer as before.
        """
        if self._asked is not None:
            self._asked.tries = 0
            self._asked.saw_garbage = False
            self._transmit(self._asked, now)

    def data_to_send(self) -> bytes:
        """Take what belongs on the line now."""
        if not self._out:
            return b""
        data = bytes(self._out)
        self._out.clear()
        return data

    def next_deadline(self) -> float:
        """When `tick` has something to do, or a new packet becomes possible."""
        if self._asked is None or not self._asked.waits:
            return self._quiet_until
        partial = self._decoder.next_deadline()
        by = self._asked.answer_by
        return by if partial is None else min(partial, by)

    def receive(self, data: bytes, now: float) -> list[Outcome]:
        """Take bytes from the line."""
        return self._take(self._decoder.feed(data, now), now)

    def tick(self, now: float) -> list[Outcome]:
        """Notice an answer that was cut short or did not come."""
        outcomes = self._take(self._decoder.tick(now), now)
        asked = self._asked
        if asked is not None and asked.waits and now >= asked.answer_by:
            outcomes += self._again(asked, now)
        return outcomes

    def _transmit(self, asked: _Asked, now: float) -> bytes:
        self._decoder.clear()
        asked.tries += 1
        asked.waits = True
        asked.answer_by = now + self._timing.answer_s
        raw = encode(asked.packet)
        self._out += raw
        return raw

    def _again(self, asked: _Asked, now: float) -> list[Outcome]:
        if asked.tries < self._timing.tries:
            self._transmit(asked, now)
            return []
        asked.waits = False
        self._quiet_until = now + self._timing.quiet_s
        why = NoAnswer.GARBAGE if asked.saw_garbage else NoAnswer.SILENCE
        return [Unanswered(request=asked.request, why=why)]

    def _take(self, found: list[Packet | Damaged], now: float) -> list[Outcome]:
        outcomes: list[Outcome] = []
        for part in found:
            asked = self._asked
            if asked is None or not asked.waits:
                continue  # Nobody asked: a second answer, or noise.
            if isinstance(part, Damaged):
                self._damaged(asked, now)
            elif self._is_ours(asked, part):
                outcomes += self._answer(asked, part.data, now)
        return outcomes

    def _is_ours(self, asked: _Asked, part: Packet) -> bool:
        """Not the echo of a half-duplex adapter, and no answer to something else."""
        same = (part.address, part.sequence) == (asked.packet.address, asked.packet.sequence)
        return same and part.data != asked.packet.data

    def _damaged(self, asked: _Asked, now: float) -> None:
        """Ask again soon, but not while more of the same noise may still be coming."""
        asked.saw_garbage = True
        asked.answer_by = min(asked.answer_by, now + self._timing.repeat_s)

    def _answer(self, asked: _Asked, data: bytes, now: float) -> list[Outcome]:
        opened = self._opened(asked, data)
        if opened is None or opened[0] not in _GENERIC:
            self._damaged(asked, now)
            return []
        again, asked.was_answered, asked.waits = asked.was_answered, True, False
        self._quiet_until = now + self._timing.quiet_s
        if asked.request.command is Command.SYNC:
            self._sequence = 1  # So that the next packet carries 0.
        return [
            Answered(request=asked.request, code=Generic(opened[0]), data=opened[1:], again=again)
        ]

    def _opened(self, asked: _Asked, data: bytes) -> bytes | None:
        """The answer in plain; None for one that must not be believed."""
        if asked.sealed_at is None or self.session is None:
            return None if data[0] == ENCRYPTED else data
        if data[0] != ENCRYPTED:
            # A device without key can only refuse. Anything more in plain is not its word.
            return data[:1] if len(data) == 1 and data[0] != Generic.OK else None
        try:
            count, plain = self.session.unseal(data)
        except RemoteProtocolError:
            return None
        if count != asked.sealed_at + 1:
            return None
        self.session.count = count
        return plain
