"""SSP packets: bytes to packets and back, with byte stuffing, checksum and recovery from line noise.

A packet is `7F SEQ+ADDR LEN data CRC`; behind the first 7F every 7F is doubled, so a single one
always begins a packet (facts sheet ssp section 2). The decoder must never grow without bound: a
packet has at most 259 bytes, whatever arrives.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from drivers.acceptors.damage import Damage, Damaged
from drivers.acceptors.errors import LocalProtocolError, RemoteProtocolError
from drivers.acceptors.ssp.codes import VALIDATOR

START: Final = 0x7F
SEQUENCE_BIT: Final = 0x80
HIGHEST_ADDRESS: Final = 0x7E
"""Address 7F is left out: with it a lost packet's start could hide the next packet."""
LONGEST_DATA: Final = 0xFF
GAP_S: Final = 0.100
"""Silence inside a packet after which the rest is not coming; no fact gives it, USB needs some."""
_START: Final = bytes([START])
_STUFFED: Final = _START * 2
_POLYNOMIAL: Final = 0x8005
_HEADER: Final = 2
_CRC: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Packet:
    """One good packet. `sequence` is 0 or 1."""

    sequence: int
    data: bytes
    address: int = VALIDATOR


@lru_cache(maxsize=256)
def crc16(data: bytes) -> int:
    """Polynomial 0x8005, start value 0xFFFF, not reflected (facts sheet ssp section 2).

    A line says the same few packets all day long.
    """
    crc = 0xFFFF
    for byte in data:
        crc = (crc << 8 & 0xFFFF) ^ _CRC_TABLE[crc >> 8 ^ byte]
    return crc


def _crc_entry(index: int) -> int:
    crc = index << 8
    for _ in range(8):
        crc = (crc << 1) ^ _POLYNOMIAL if crc & 0x8000 else crc << 1
    return crc & 0xFFFF


_CRC_TABLE: Final = tuple(_crc_entry(index) for index in range(256))


def with_crc(body: bytes) -> bytes:
    """The body and its checksum, low byte first."""
    return body + crc16(body).to_bytes(2, "little")


def encode(packet: Packet) -> bytes:
    """The bytes of a packet. Raises LocalProtocolError for what a packet cannot carry."""
    if not 0 <= packet.address <= HIGHEST_ADDRESS:
        raise LocalProtocolError(f"no such slave address: {packet.address}")
    if packet.sequence not in (0, 1):
        raise LocalProtocolError(f"a sequence bit is 0 or 1, not {packet.sequence}")
    if not 0 < len(packet.data) <= LONGEST_DATA:
        raise LocalProtocolError(f"a packet carries 1 to 255 bytes, not {len(packet.data)}")
    head = packet.address | (SEQUENCE_BIT if packet.sequence else 0)
    body = with_crc(bytes([head, len(packet.data)]) + packet.data)
    return _START + body.replace(_START, _STUFFED)


def decode(raw: bytes) -> Packet:
    """Exactly one whole packet, or RemoteProtocolError."""
    decoder = PacketDecoder()
    match decoder.feed(raw, 0.0):
        case [Packet() as packet] if not decoder.pending:
            return packet
        case found:
            raise RemoteProtocolError(
                f"not one whole packet: {raw[:16].hex(' ')} ({len(found)} parts)"
            )


class PacketDecoder:
    """Bytes in, packets out, whatever the pieces they come in."""

    def __init__(self, *, gap_s: float = GAP_S) -> None:
        self._gap_s = gap_s
        self._body = bytearray()
        """What came behind the start, unstuffed; or, outside a packet, junk."""
        self._inside = False
        self._escaped = False
        """The last byte was a 7F inside a packet: half of a doubled one, or the next start."""
        self._last_byte_at = 0.0

    @property
    def pending(self) -> int:
        """Bytes of an unfinished packet, its start counted."""
        return len(self._body) + self._escaped + 1 if self._inside else 0

    def feed(self, data: bytes, now: float) -> list[Packet | Damaged]:
        """Take received bytes. `now` in seconds decides whether they continue the last packet."""
        found = self.tick(now)
        if data:
            self._last_byte_at = now
        if not (self._inside or self._body) and (packet := _whole(data)):
            found.append(packet)  # as nearly all of them come
            return found
        for byte in data:
            self._take(byte, found)
        if not self._inside:
            self._drop(Damage.JUNK, found)
        return found

    def tick(self, now: float) -> list[Packet | Damaged]:
        """Drop the beginning of a packet whose rest did not come in time."""
        found: list[Packet | Damaged] = []
        deadline = self.next_deadline()
        if deadline is not None and now >= deadline:
            self._cut_short(found)
        return found

    def next_deadline(self) -> float | None:
        """When an unfinished packet will be dropped; None while there is none."""
        return self._last_byte_at + self._gap_s if self._inside else None

    def clear(self) -> None:
        """Forget an unfinished packet without a word."""
        self._body.clear()
        self._inside = self._escaped = False

    def _take(self, byte: int, found: list[Packet | Damaged]) -> None:
        if not self._inside:
            self._outside(byte, found)
        elif self._escaped:
            self._escaped = False
            if byte == START:
                self._append(byte, found)
            else:
                self._cut_short(found)
                self._inside = True
                self._append(byte, found)
        elif byte != START:
            self._append(byte, found)
        elif self._body:
            self._escaped = True
        # A second 7F right behind the first can only be another start: no address is 7F.

    def _outside(self, byte: int, found: list[Packet | Damaged]) -> None:
        if byte == START:
            self._drop(Damage.JUNK, found)
            self._inside = True
            return
        self._body.append(byte)
        if len(self._body) >= LONGEST_DATA:
            self._drop(Damage.JUNK, found)

    def _append(self, byte: int, found: list[Packet | Damaged]) -> None:
        self._body.append(byte)
        if len(self._body) < _HEADER or len(self._body) < _HEADER + self._body[1] + _CRC:
            return
        raw = bytes(self._body)
        self.clear()
        found.append(_read(raw) or Damaged(why=Damage.CHECKSUM, raw=raw))

    def _cut_short(self, found: list[Packet | Damaged]) -> None:
        found.append(Damaged(why=Damage.CUT_SHORT, raw=bytes(self._body)))
        self.clear()

    def _drop(self, why: Damage, found: list[Packet | Damaged]) -> None:
        if self._body:
            found.append(Damaged(why=why, raw=bytes(self._body)))
            self._body.clear()


def _read(body: bytes) -> Packet | None:
    """The packet of an unstuffed body of the right length; None when it is damaged."""
    if crc16(body[:-_CRC]) != int.from_bytes(body[-_CRC:], "little") or not body[1]:
        return None
    address = body[0] & ~SEQUENCE_BIT & 0xFF
    sequence = 1 if body[0] & SEQUENCE_BIT else 0
    return Packet(sequence=sequence, address=address, data=body[_HEADER:-_CRC])


def _whole(data: bytes) -> Packet | None:
    """The one good packet that these bytes are, from its start to its end; None for all else."""
    stuffed = data[1:]
    if data[:1] != _START or stuffed[:1] == _START or _START in stuffed.replace(_STUFFED, b""):
        return None
    body = stuffed.replace(_STUFFED, _START)
    is_one = len(body) > _HEADER and len(body) == _HEADER + body[1] + _CRC
    return _read(body) if is_one else None
