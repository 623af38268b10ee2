"""What a validator says of itself: SETUP REQUEST, UNIT DATA, counters, and its notes by channel.

Facts sheet ssp sections 5 and 6. Bytes and values only. Where two fields of one answer contradict
each other it must never choose one: the channel is left without a note and is not accepted.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from drivers.acceptors.contract import Note
from drivers.acceptors.errors import RemoteProtocolError

EXPANDED_SINCE: Final = 6
"""From this protocol version on each channel has a currency and a value of its own."""
COUNTER_NAMES: Final = ("stacked", "stored", "dispensed", "moved", "rejected")
_HEAD: Final = 12
_TAIL: Final = 4
_MAX_REAL_MULTIPLIER: Final = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """Answer to SETUP REQUEST. `notes` by channel, counted from 1; those without value left out."""

    unit_type: int
    firmware: str
    country: str
    version: int
    channels: int
    notes: Mapping[int, Note]


def _text(raw: bytes) -> str:
    return raw.decode("ascii", "replace").strip("\x00 ")


def parse_setup(data: bytes) -> Setup:
    """Raises RemoteProtocolError for an answer that is too short for what it announces."""
    if len(data) < _HEAD:
        raise RemoteProtocolError(f"set-up answer of {len(data)} bytes; a validator has 16 or more")
    count = data[_HEAD - 1]
    tail = _HEAD + 2 * count
    if len(data) < tail + _TAIL:
        raise RemoteProtocolError(f"set-up answer of {len(data)} bytes for {count} channels")
    version = data[tail + 3]
    expanded = data[tail + _TAIL :] if version >= EXPANDED_SINCE else b""
    if expanded and len(expanded) < 7 * count:
        raise RemoteProtocolError(f"set-up answer without currencies for {count} channels")
    country = _text(data[5:8])
    table = _Table(
        country=country,
        multiplier=int.from_bytes(data[8:11], "big"),
        real=int.from_bytes(data[tail : tail + 3], "big"),
        values=data[_HEAD : _HEAD + count],
        expanded=expanded,
    )
    return Setup(
        unit_type=data[0],
        firmware=_text(data[1:5]),
        country=country,
        version=version,
        channels=count,
        notes=table.notes(),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """The fields of which a channel's value is made."""

    country: str
    multiplier: int
    real: int
    values: bytes
    expanded: bytes

    def notes(self) -> Mapping[int, Note]:
        if not 0 < self.real <= _MAX_REAL_MULTIPLIER:
            return {}
        found = {}
        for index in range(len(self.values)):
            currency, whole = self._channel(index)
            if whole and len(currency) == 3 and currency.isalpha() and currency.isascii():
                found[index + 1] = Note(minor=whole * self.real, currency=currency.upper())
        return found

    def _channel(self, index: int) -> tuple[str, int]:
        short = self.values[index] * self.multiplier
        if not self.expanded:
            return self.country, short
        count = len(self.values)
        currency = _text(self.expanded[3 * index : 3 * index + 3])
        at = 3 * count + 4 * index
        return currency, self._whole(
            int.from_bytes(self.expanded[at : at + 4], "little"), short, self.values[index]
        )

    def _whole(self, expanded: int, short: int, value: int) -> int:
        """The sheet leaves open whether the expanded value is multiplied too: the one-byte value
        decides where there is one, else the multiplier must be 0 or 1.
        """
        if value and self.multiplier:
            return short if expanded in (short, value) else 0
        return expanded if self.multiplier <= 1 else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitData:
    """Answer to UNIT DATA."""

    unit_type: int
    firmware: str
    country: str
    version: int


def parse_unit_data(data: bytes) -> UnitData:
    """Raises RemoteProtocolError for anything but 12 bytes."""
    if len(data) != _HEAD:
        raise RemoteProtocolError(f"unit data of {len(data)} bytes; 12 were expected")
    return UnitData(
        unit_type=data[0],
        firmware=_text(data[1:5]),
        country=_text(data[5:8]),
        version=data[11],
    )


def parse_counters(data: bytes) -> Mapping[str, int]:
    """Names and counts. Raises RemoteProtocolError when the stacked counter is not there."""
    known = min(data[0] if data else 0, len(COUNTER_NAMES))
    if not known or len(data) < 1 + 4 * known:
        raise RemoteProtocolError(f"counters of {len(data)} bytes")
    return {
        name: int.from_bytes(data[1 + 4 * i : 5 + 4 * i], "little")
        for i, name in enumerate(COUNTER_NAMES[:known])
    }


def serial_text(data: bytes) -> str:
    """SERIAL NUMBER: four bytes, most significant first; empty where the answer is none."""
    return str(int.from_bytes(data, "big")) if len(data) == 4 else ""


def version_text(data: bytes) -> str:
    """FIRMWARE VERSION and DATASET VERSION: ASCII."""
    return _text(data)
