"""The serial ports of this machine by the names that last.

A name below `/dev/serial/by-id` says which adapter it is and stays the same whatever else is plugged
in; a port without one keeps the name that the kernel gave it. Nothing here opens a port.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from serial.tools import list_ports

_BY_ID: Final = Path("/dev/serial/by-id")


@dataclass(frozen=True, slots=True, kw_only=True)
class PortName:
    """One port. `what` is the adapter's own description, empty where it has none."""

    name: str
    device: str
    what: str = ""


def serial_ports(by_id: Path = _BY_ID) -> tuple[PortName, ...]:
    """Every serial port that the system lists, those with a lasting name first."""
    found = [(one.device, one.description or "") for one in list_ports.comports()]
    return named_ports(found, by_id)


def named_ports(found: Iterable[tuple[str, str]], by_id: Path) -> tuple[PortName, ...]:
    """Ports by device name and description, each with its name that lasts."""
    lasting = {
        str(link.resolve()): str(link) for link in (by_id.iterdir() if by_id.is_dir() else ())
    }
    ports = [
        PortName(
            name=lasting.get(str(Path(device).resolve()), device),
            device=device,
            what="" if what in ("n/a", device) else what,
        )
        for device, what in found
    ]
    return tuple(sorted(ports, key=lambda port: (port.name == port.device, port.name)))
