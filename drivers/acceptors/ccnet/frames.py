"""CCNET frames: bytes to frames and back, with the checksum and with recovery from line noise.

A frame is `02 ADR LNG body CRC`, LNG counting every byte; where LNG is 0 the length follows as two
bytes, most significant first, behind the command and subcommand (facts sheet ccnet sections 2-2.2).
An answer carries no echo of its command, so the reader has to know which direction it reads. The
decoder must never grow without bound and never look for a start byte inside a frame.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from drivers.acceptors.ccnet.codes import VALIDATOR, Command
from drivers.acceptors.crc_kermit import CRC_BYTES, crc16, sealed
from drivers.acceptors.damage import Damage, Damaged
from drivers.acceptors.errors import LocalProtocolError, RemoteProtocolError

START: Final = 0x02
SHORT_LIMIT: Final = 250
"""Longest frame that is sent with a one-byte length."""
SHORTEST: Final = 6
LONGEST: Final = 0xFFFF
HIGHEST_ADDRESS: Final = 0x0F
GAP_S: Final = 0.050
"""Silence inside a frame after which the rest is not coming (spec: 5 ms; USB needs more)."""
_HEADER: Final = 3
_WITH_SUBCOMMAND: Final = frozenset({int(Command.DOWNLOAD)})


class Direction(StrEnum):
    """Which way frames travel; decides how a wide frame is laid out."""

    COMMAND = "command"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One good frame. `body` is all between length and checksum: command and data, or answer."""

    address: int
    body: bytes


def encode_command(
    command: int, data: bytes = b"", *, subcommand: int | None = None, address: int = VALIDATOR
) -> bytes:
    """A host's frame. Raises LocalProtocolError for what a frame cannot carry."""
    head = bytes([command]) if subcommand is None else bytes([command, subcommand])
    return _encode(address, head, data)


def encode_answer(data: bytes, *, address: int = VALIDATOR) -> bytes:
    """A device's frame. Raises LocalProtocolError for what a frame cannot carry."""
    return _encode(address, b"", data)


def _encode(address: int, head: bytes, data: bytes) -> bytes:
    if not 0 < address <= HIGHEST_ADDRESS:
        raise LocalProtocolError(f"no such bus address: {address}")
    if not head and not data:
        raise LocalProtocolError("an answer has at least one byte")
    total = _HEADER + len(head) + len(data) + CRC_BYTES
    if total <= SHORT_LIMIT:
        return sealed(bytes([START, address, total]) + head + data)
    total += 2
    if total > LONGEST:
        raise LocalProtocolError(f"a frame of {total} bytes has no length")
    return sealed(bytes([START, address, 0]) + head + total.to_bytes(2, "big") + data)


def decode(raw: bytes, direction: Direction) -> Frame:
    """Exactly one whole frame, or RemoteProtocolError."""
    match FrameDecoder(direction).feed(raw, 0.0):
        case [Frame() as frame]:
            return frame
        case found:
            raise RemoteProtocolError(
                f"not one whole frame: {raw[:16].hex(' ')} ({len(found)} parts)"
            )


class FrameDecoder:
    """Bytes in, frames out, whatever the pieces they come in.

    `longest` bounds both the frame that is believed and the memory that is used.
    """

    def __init__(
        self, direction: Direction, *, longest: int = LONGEST, gap_s: float = GAP_S
    ) -> None:
        self._direction = direction
        self._longest = longest
        self._gap_s = gap_s
        self._buffer = bytearray()
        self._last_byte_at = 0.0

    @property
    def pending(self) -> int:
        """Bytes of an unfinished frame."""
        return len(self._buffer)

    def feed(self, data: bytes, now: float) -> list[Frame | Damaged]:
        """Take received bytes. `now` in seconds decides whether they continue the last frame."""
        found = self.tick(now)
        if not data:
            return found
        self._last_byte_at = now
        view = memoryview(data)
        while view:
            # In slices, so that memory stays bounded whatever a caller hands over at once.
            self._buffer += view[: self._longest]
            view = view[self._longest :]
            found += self._take_frames()
        return found

    def tick(self, now: float) -> list[Frame | Damaged]:
        """Drop the beginning of a frame whose rest did not come in time."""
        deadline = self.next_deadline()
        return self._drop_partial() if deadline is not None and now >= deadline else []

    def next_deadline(self) -> float | None:
        """When an unfinished frame will be dropped; None while there is none."""
        return self._last_byte_at + self._gap_s if self._buffer else None

    def clear(self) -> None:
        """Forget an unfinished frame without a word."""
        self._buffer.clear()

    def _drop_partial(self) -> list[Frame | Damaged]:
        raw = bytes(self._buffer)
        self._buffer.clear()
        return [Damaged(why=Damage.CUT_SHORT, raw=raw)]

    def _take_frames(self) -> list[Frame | Damaged]:
        found: list[Frame | Damaged] = []
        junk = bytearray()
        while self._buffer:
            length = self._length()
            if length is None or 0 < length > len(self._buffer):
                break
            if length == 0:
                junk.append(self._buffer.pop(0))
                continue
            self._flush(junk, found)
            found.append(self._cut(length))
        self._flush(junk, found)
        return found

    @staticmethod
    def _flush(junk: bytearray, found: list[Frame | Damaged]) -> None:
        if junk:
            found.append(Damaged(why=Damage.JUNK, raw=bytes(junk)))
            junk.clear()

    def _length(self) -> int | None:
        """Length of the frame at the head; 0 where none can begin there; None while unknown."""
        buffer = self._buffer
        if buffer[0] != START:
            return 0
        if len(buffer) > 1 and not 0 < buffer[1] <= HIGHEST_ADDRESS:
            return 0
        if len(buffer) <= 2:
            return None
        if buffer[2] == 0:
            return self._wide_length()
        return buffer[2] if SHORTEST <= buffer[2] <= self._longest else 0

    def _wide_length(self) -> int | None:
        at = _HEADER + self._wide_head()
        if len(self._buffer) < at + 2:
            return None
        length = int.from_bytes(self._buffer[at : at + 2], "big")
        return length if at + 2 + CRC_BYTES <= length <= self._longest else 0

    def _wide_head(self) -> int:
        """Bytes between the zero length and the real one: command and subcommand."""
        if self._direction is Direction.ANSWER:
            return 0
        has_subcommand = len(self._buffer) > _HEADER and self._buffer[_HEADER] in _WITH_SUBCOMMAND
        return 2 if has_subcommand else 1

    def _cut(self, length: int) -> Frame | Damaged:
        raw = bytes(self._buffer[:length])
        head = self._wide_head()
        del self._buffer[:length]
        if crc16(raw) != 0:
            return Damaged(why=Damage.CHECKSUM, raw=raw)
        body = raw[_HEADER:-CRC_BYTES]
        if raw[2] == 0:
            body = body[:head] + body[head + 2 :]
        return Frame(address=raw[1], body=body)
