"""What kind of SSP validator is simulated, and how it describes itself (facts sheet ssp 5, 6).

Data and packing of data only. The running terminal must never import it.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from drivers.acceptors.ssp.codes import Generic, UnitType
from drivers.acceptors.ssp.essp import DEFAULT_FIXED_KEY

RUBLE_CHANNELS: Final[Mapping[int, int]] = {
    **{1: 10, 2: 50, 3: 100, 4: 200, 5: 500, 6: 1000, 7: 2000, 8: 5000},
}
"""Value in whole units by channel."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceModel:
    """One make of validator. Times in seconds."""

    channels: Mapping[int, int] = field(default_factory=lambda: RUBLE_CHANNELS)
    currency: str = "RUB"
    unit_type: int = UnitType.VALIDATOR
    firmware: str = "0333"
    firmware_text: str = "NV02004141498000"
    serial: int = 4711
    highest_version: int = 8
    refuses_version_with: Generic = Generic.FAIL
    has_essp: bool = True
    has_poll_with_ack: bool = True
    has_counter: bool = True
    fixed_key: int = DEFAULT_FIXED_KEY
    answers_without_key: bool = True
    """Else an encrypted packet is not answered at all when the key is lost."""
    fresh_sequence: int | None = None
    """Bit that a device which was just switched on takes for a repeat, until SYNC; None for none."""
    hold_covers_poll: bool = False
    """HOLD keeps the next poll from accepting; the note is then read out once more."""
    consents_after_s: float | None = None
    """A note that is neither held nor decided is accepted after this."""
    names_cleared: bool = True
    """CLEARED TO FRONT and TO CASHBOX tell the channel."""


def setup_answer(model: DeviceModel, version: int) -> bytes:
    """SETUP REQUEST, as protocol versions below and from 6 have it."""
    values = [model.channels.get(channel, 0) for channel in range(1, max(model.channels) + 1)]
    expanded = version >= 6
    multiplier, short = (0, bytes(len(values))) if expanded else _short(values)
    head = bytes([model.unit_type]) + model.firmware.encode() + model.currency.encode()
    body = head + multiplier.to_bytes(3, "big") + bytes([len(values)]) + short
    body += bytes([2] * len(values)) + (100).to_bytes(3, "big") + bytes([version])
    if expanded:
        body += model.currency.encode() * len(values)
        body += b"".join(value.to_bytes(4, "little") for value in values)
    return body


def _short(values: list[int]) -> tuple[int, bytes]:
    """The multiplier, and one byte for each channel; 0 for a note that is worth too much for one."""
    multiplier = math.gcd(*values) or 1
    return multiplier, bytes(
        value // multiplier if value // multiplier <= 0xFF else 0 for value in values
    )


def unit_data(model: DeviceModel, version: int) -> bytes:
    """UNIT DATA."""
    head = bytes([model.unit_type]) + model.firmware.encode() + model.currency.encode()
    return head + (1).to_bytes(3, "big") + bytes([version])


def channel_values(model: DeviceModel, version: int) -> bytes:
    """CHANNEL VALUES."""
    values = [model.channels.get(channel, 0) for channel in range(1, max(model.channels) + 1)]
    if version < 6:
        return bytes([len(values)]) + _short(values)[1]
    expanded = model.currency.encode() * len(values)
    expanded += b"".join(value.to_bytes(4, "little") for value in values)
    return bytes([len(values)]) + bytes(len(values)) + expanded


def counters(stacked: int, rejected: int) -> bytes:
    """COUNTERS: stacked, stored, dispensed, moved, rejected."""
    numbers = (stacked, 0, 0, 0, rejected)
    return bytes([len(numbers)]) + b"".join(one.to_bytes(4, "little") for one in numbers)
