"""Puts an ID-003 validator together as the settings ask: its host half and its line."""

from collections.abc import Mapping
from typing import Final

from drivers.acceptors.id003.codes import Direction
from drivers.acceptors.id003.host import Id003Host
from drivers.acceptors.id003.memory import DeviceMemory
from drivers.acceptors.id003.timing import HostTiming
from drivers.acceptors.options import EVERY_WAY, AcceptorOptions, Orientation
from drivers.transports.serial_port import SerialSettings

EVEN: Final = "E"
_BARRED: Final[Mapping[Orientation, Direction]] = {
    Orientation.FRONT_A: Direction.FRONT_A,
    Orientation.FRONT_B: Direction.FRONT_B,
    Orientation.BACK_A: Direction.BACK_A,
    Orientation.BACK_B: Direction.BACK_B,
}


def id003_host(options: AcceptorOptions, timing: HostTiming | None = None) -> Id003Host:
    """The host half."""
    kept = DeviceMemory(options.memory) if options.memory else None
    barred = Direction(0)
    for way in EVERY_WAY - options.orientations:
        barred |= _BARRED[way]
    return Id003Host(
        options.boot,
        options.currency,
        timing=timing,
        known=kept.read() if kept else None,
        remember=kept.write if kept else None,
        high_security=options.high_security,
        barred=barred,
    )


def id003_line(port: str, baud: int = 9600) -> SerialSettings:
    """8 data bits, even parity, 1 stop bit; 9600 or 19200 baud (facts sheet id003 section 1)."""
    return SerialSettings(url=port, baud=baud, parity=EVEN)
