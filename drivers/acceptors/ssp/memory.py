"""What one life of the terminal leaves to the next about an SSP validator.

Three things: the table of channels, the note that is on its way, and the last packet. With plain
POLL an event is told once; if the terminal is killed after that, the device repeats its answer only
to the identical packet (facts sheet ssp section 10). Losing this file never loses money for certain:
the device's counter decides, or the note is disputed. So it must never keep the validator out of
service: what cannot be read or written is logged, no more.
"""

import json
import os
import zlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from drivers.acceptors.kept_file import read_kept, warn

FILE_BYTES: Final = 2048
_CRC_BYTES: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Underway:
    """A note that was read and whose end is not told yet.

    `ordered`: the poll that accepts it may have left. `count` is the device's counter before it.
    """

    channel: int
    ordered: bool
    count: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """Empty where there is nothing to know."""

    setup: bytes = b""
    """SETUP REQUEST answer."""
    underway: Underway | None = None
    packet: bytes = b""
    """The last packet, as it is on the line; only where its answer may hold a note's end."""

    def to_bytes(self) -> bytes:
        """For a file."""
        note = self.underway
        fields = {
            "setup": self.setup.hex(),
            "packet": self.packet.hex(),
            "note": [note.channel, note.ordered, note.count] if note else None,
        }
        return json.dumps(fields, separators=(",", ":")).encode()

    @staticmethod
    def from_bytes(data: bytes | None) -> "Remembered":
        """What `to_bytes` made; nothing known where that is not what it is."""
        try:
            fields = json.loads(data or b"{}")
            note = fields.get("note")
            return Remembered(
                setup=bytes.fromhex(fields.get("setup", "")),
                packet=bytes.fromhex(fields.get("packet", "")),
                underway=_underway(*note) if note else None,
            )
        except (ValueError, TypeError, AttributeError):
            return Remembered()


def _underway(channel: int, ordered: bool, count: int | None) -> Underway:
    return Underway(
        channel=int(channel), ordered=bool(ordered), count=None if count is None else int(count)
    )


def is_only_another_packet(old: Remembered, new: Remembered) -> bool:
    """True where a power cut may forget the change: it ends the device's last answer as well."""
    return replace(old, packet=b"") == replace(new, packet=b"")


class LineMemory:
    """One file of fixed size, written in place; `read` and `write` fit `SspHost`.

    A change of the packet alone is left to the system to write: it has to survive the process, not
    the machine.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._last = Remembered()

    def read(self) -> bytes | None:
        """What was written last, None where there is nothing that can be believed."""
        raw = read_kept(self._path, or_warn="line_memory_not_read")
        if raw is None:
            return None
        crc, data = raw[:_CRC_BYTES], raw[_CRC_BYTES:].rstrip(b" ")
        if crc != _crc(data):
            return None
        self._last = Remembered.from_bytes(data)
        return data

    def write(self, data: bytes) -> None:
        """Keep this, or log why that could not be."""
        new = Remembered.from_bytes(data)
        try:
            self._write(data, sync=not is_only_another_packet(self._last, new))
        except OSError as error:
            warn("line_memory_not_kept", error)
        self._last = new

    def _write(self, data: bytes, *, sync: bool) -> None:
        if not self._path.exists():
            self._path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(self._path, os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            os.pwrite(file, (_crc(data) + data).ljust(FILE_BYTES), 0)
            if sync:
                os.fsync(file)
        finally:
            os.close(file)


def _crc(data: bytes) -> bytes:
    return f"{zlib.crc32(data):08x}".encode()
