"""Opens the line to a printer by its name in the settings.

    tcp://192.0.2.7:9100    a printer in the network (9100 where no port is given)
    /dev/usb/lp0            a USB printer's own device node
    /dev/serial/by-id/...   and any other name or URL: a serial line

It must never keep a line open behind the driver's back: each call opens anew.
"""

from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from drivers.transports import SerialPort, SerialSettings
from drivers.transports.descriptor_port import open_device_node, open_tcp
from drivers.transports.port import Port, TransportError

_PRINTER_PORT: Final = 9100


def open_printer_port(name: str, baud: int) -> Port:
    """Open the line called `name`; `baud` matters on serial lines only.

    Raises:
        TransportError: it cannot be opened; the text says what to check.
    """
    if name.startswith("tcp://"):
        return _tcp(name)
    if Path(name).parent == Path("/dev/usb"):
        return open_device_node(Path(name))
    return SerialPort(SerialSettings(url=name, baud=baud))


def _tcp(name: str) -> Port:
    try:
        parts = urlsplit(name)
        host, port = parts.hostname, parts.port or _PRINTER_PORT
    except ValueError as error:
        raise TransportError(f"{name}: not tcp://host:port ({error})") from error
    if not host:
        raise TransportError(f"{name}: not tcp://host:port (no host)")
    return open_tcp(host, port)
