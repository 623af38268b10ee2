"""Lines to devices. The only room that imports pyserial."""

from drivers.transports.port import Port, TransportError
from drivers.transports.serial_port import SerialPort, SerialSettings

__all__ = ["Port", "SerialPort", "SerialSettings", "TransportError"]
