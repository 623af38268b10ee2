"""ID-003 frames: bytes to frames and back, with the checksum and with recovery from line noise.

A frame is `FC LEN code data CRC`, LEN counting every byte, and looks the same both ways (facts sheet
id003 section 2). A device in interrupt mode also says ENQ, as one bare byte or as a frame. The
decoder must never grow without bound and never look for a start byte inside a frame.
"""

from dataclasses import dataclass
from typing import Final

from drivers.acceptors.crc_kermit import CRC_BYTES, crc16, sealed
from drivers.acceptors.damage import Damage, Damaged
from drivers.acceptors.errors import LocalProtocolError, RemoteProtocolError
from drivers.acceptors.id003.codes import ENQ

START: Final = 0xFC
SHORTEST: Final = 5
LONGEST: Final = 0xFF
GAP_S: Final = 0.050
"""Silence inside a frame after which the rest is not coming (facts sheet section 12: 20-50 ms)."""
_HEADER: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One good frame."""

    code: int
    data: bytes = b""


@dataclass(frozen=True, slots=True)
class Enquiry:
    """The device asks to be polled."""


Part = Frame | Damaged | Enquiry


def encode(code: int, data: bytes = b"") -> bytes:
    """A frame. Raises LocalProtocolError for what a frame cannot carry."""
    length = _HEADER + 1 + len(data) + CRC_BYTES
    if not 0 <= code <= 0xFF:
        raise LocalProtocolError(f"no such code: {code}")
    if length > LONGEST:
        raise LocalProtocolError(f"a frame of {length} bytes has no length")
    return sealed(bytes((START, length, code)) + data)


def decode(raw: bytes) -> Frame:
    """Exactly one whole frame, or RemoteProtocolError."""
    match FrameDecoder().feed(raw, 0.0):
        case [Frame() as frame]:
            return frame
        case found:
            raise RemoteProtocolError(
                f"not one whole frame: {raw[:16].hex(' ')} ({len(found)} parts)"
            )


class FrameDecoder:
    """Bytes in, frames out, whatever the pieces they come in; never holds more than one frame."""

    def __init__(self, *, gap_s: float = GAP_S) -> None:
        self._gap_s = gap_s
        self._buffer = bytearray()
        self._last_byte_at = 0.0

    @property
    def pending(self) -> int:
        """Bytes of an unfinished frame."""
        return len(self._buffer)

    def feed(self, data: bytes, now: float) -> list[Part]:
        """Take received bytes. `now` in seconds decides whether they continue the last frame."""
        found = self.tick(now)
        if not data:
            return found
        self._last_byte_at = now
        view = memoryview(data)
        while view:
            # In slices, so that memory stays bounded whatever a caller hands over at once.
            self._buffer += view[:LONGEST]
            view = view[LONGEST:]
            found += self._take_frames()
        return found

    def tick(self, now: float) -> list[Part]:
        """Drop the beginning of a frame whose rest did not come in time."""
        deadline = self.next_deadline()
        if deadline is None or now < deadline:
            return []
        raw = bytes(self._buffer)
        self._buffer.clear()
        return [Damaged(why=Damage.CUT_SHORT, raw=raw)]

    def next_deadline(self) -> float | None:
        """When an unfinished frame will be dropped; None while there is none."""
        return self._last_byte_at + self._gap_s if self._buffer else None

    def clear(self) -> None:
        """Forget an unfinished frame without a word."""
        self._buffer.clear()

    def _take_frames(self) -> list[Part]:
        found: list[Part] = []
        buffer = self._buffer
        while buffer:
            if skipped := self._junk():
                found += skipped
                continue
            length = buffer[1] if len(buffer) > 1 else LONGEST + 1
            if len(buffer) < length:
                break
            raw = bytes(buffer[:length])
            del buffer[:length]
            found.append(_read(raw))
        return found

    def _junk(self) -> list[Part]:
        """Take what stands before the next possible start of a frame."""
        buffer = self._buffer
        if buffer[0] == ENQ:
            del buffer[0]
            return [Enquiry()]
        end = 0
        while end < len(buffer) and not self._may_start(end) and buffer[end] != ENQ:
            end += 1
        if not end:
            return []
        raw = bytes(buffer[:end])
        del buffer[:end]
        return [Damaged(why=Damage.JUNK, raw=raw)]

    def _may_start(self, at: int) -> bool:
        buffer = self._buffer
        has_length = at + 1 < len(buffer)
        return buffer[at] == START and (not has_length or buffer[at + 1] >= SHORTEST)


def _read(raw: bytes) -> Part:
    if crc16(raw) != 0:
        return Damaged(why=Damage.CHECKSUM, raw=raw)
    if raw[2] == ENQ:
        return Enquiry()
    return Frame(code=raw[2], data=raw[3:-CRC_BYTES])
