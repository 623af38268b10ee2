"""What a simulated ID-003 validator was told by its host; all of it is lost with the power.

Facts sheet id003 section 4: a set bit inhibits. The running terminal must never import it.
"""

from collections.abc import Mapping
from typing import Final

from drivers.acceptors.device_half.paper import COUPON
from drivers.acceptors.id003.codes import FIRST_NOTE, NOTE_CODES, Command, Option

AT_START: Final[Mapping[int, bytes]] = {
    Command.DENOMINATIONS: b"\xff\xff",
    Command.SECURITY: bytes(2),
    Command.COMMUNICATION: bytes(1),
    Command.INHIBIT: b"\x01",
    Command.DIRECTION: bytes(1),
    Command.OPTIONS: bytes(2),
    Command.BARCODE: bytes(2),
    Command.BAR_INHIBIT: bytes(1),
}
"""What a device does that was told nothing."""
TICKETS_TAKEN: Final = b"\xfc"


class DeviceSettings:
    """The registers behind the commands C0 to C7.

    Args:
        value_of: denominations in whole units, by escrow code.
        recovers: the device has the power recovery option.
    """

    def __init__(self, value_of: Mapping[int, int], *, recovers: bool) -> None:
        self._value_of = value_of
        self._recovers = recovers
        self._data: dict[int, bytes] = dict(AT_START)

    def forget(self) -> None:
        """The power is gone, or a RESET came."""
        self._data = dict(AT_START)

    def take(self, command: int, data: bytes) -> None:
        """Take a setting; a bit for something that the device does not have stays 0."""
        if command == Command.OPTIONS and not self._recovers:
            data = bytes((data[0] & ~Option.POWER_RECOVERY, data[1]))
        self._data[command] = data

    def read_back(self, command: int) -> bytes:
        """What stands in the register of a setting."""
        return self._data[command]

    @property
    def recovers(self) -> bool:
        """A note that a power cut caught too far in is told of after the next set-up."""
        return bool(self._data[Command.OPTIONS][0] & Option.POWER_RECOVERY)

    @property
    def calls(self) -> bool:
        """One of the interrupt modes is on."""
        return any(self._data[Command.COMMUNICATION])

    @property
    def let_in(self) -> frozenset[int]:
        """Values that are drawn in and kept."""
        if self._data[Command.INHIBIT] != b"\x00":
            return frozenset()
        tickets = {COUPON} if self._data[Command.BAR_INHIBIT] == TICKETS_TAKEN else set()
        return frozenset(
            tickets | {self._value_of[code] for code in self._value_of.keys() & self._open()}
        )

    def _open(self) -> set[int]:
        inhibited = int.from_bytes(self._data[Command.DENOMINATIONS], "little")
        return {FIRST_NOTE + bit for bit in range(NOTE_CODES) if not inhibited >> bit & 1}
