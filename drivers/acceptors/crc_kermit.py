"""CRC-16/KERMIT, the checksum that CCNET and ID-003 share.

Facts sheets ccnet section 2.2 and id003 section 2: reflected polynomial 0x8408, start value 0, sent
low byte first, so that the checksum over a whole good frame is 0.
"""

from functools import lru_cache
from typing import Final

CRC_BYTES: Final = 2


@lru_cache(maxsize=256)
def crc16(data: bytes) -> int:
    """The checksum of these bytes; a line says the same few frames all day long."""
    crc = 0
    for byte in data:
        crc = (crc >> 8) ^ _TABLE[(crc ^ byte) & 0xFF]
    return crc


def sealed(frame: bytes) -> bytes:
    """A frame with its checksum behind it."""
    return frame + crc16(frame).to_bytes(CRC_BYTES, "little")


def _entry(index: int) -> int:
    for _ in range(8):
        index = (index >> 1) ^ 0x8408 if index & 1 else index >> 1
    return index


_TABLE: Final = tuple(_entry(index) for index in range(256))
