"""A serial line through pyserial: a device name, a pseudo-terminal, or a URL (socket://host:port).

Every failure becomes a `TransportError` that names the port and says what to check. It must never
retry by itself: when to reopen is the driver's decision.
"""

import contextlib
import errno
import termios
from dataclasses import dataclass
from typing import Final

import serial

from drivers.transports.port import TransportError

_LINE_ERRORS: Final = (OSError, ValueError, TypeError, termios.error)
"""What pyserial lets through: its own error is an OSError, a port closed meanwhile a TypeError."""

WRITE_TIMEOUT_S: Final = 2.0
_ADVICE: Final = {
    errno.ENOENT: "it does not exist: check the name and whether the adapter is plugged in",
    errno.EACCES: "no permission: add the terminal's user to the group that owns the port",
    errno.EPERM: "no permission: add the terminal's user to the group that owns the port",
    errno.EBUSY: "it is in use: stop the other program that has it open",
    errno.EAGAIN: "it is in use: stop the other program that has it open",
    errno.EIO: "input/output error: the adapter was unplugged or the other side is gone",
    errno.ENXIO: "the device behind it is gone: check the adapter",
    errno.ENODEV: "the device behind it is gone: check the adapter",
}
_GENERAL_ADVICE: Final = "check the name of the port, the cable and the adapter"


@dataclass(frozen=True, slots=True, kw_only=True)
class SerialSettings:
    """How to open a line. `url` is a device name or a pyserial URL."""

    url: str
    baud: int = 9600
    parity: str = serial.PARITY_NONE
    data_bits: int = serial.EIGHTBITS
    stop_bits: float = serial.STOPBITS_ONE


class SerialPort:
    """An open line, exclusively ours. One thread reads and writes; `wake` may come from any."""

    def __init__(self, settings: SerialSettings) -> None:
        """Open. Raises TransportError."""
        self._name = settings.url
        try:
            self._serial = _opened(settings)
        except _LINE_ERRORS as error:
            raise TransportError(_explained(self._name, "cannot be opened", error)) from error
        _calm_adapter(self._serial)

    def read(self, timeout_s: float | None) -> bytes:
        """See `Port.read`."""
        try:
            self._serial.timeout = timeout_s
            first: bytes = self._serial.read(1)
            rest: bytes = self._serial.read(self._serial.in_waiting) if first else b""
        except _LINE_ERRORS as error:
            raise TransportError(_explained(self._name, "cannot be read", error)) from error
        return first + rest

    def write(self, data: bytes) -> None:
        """See `Port.write`."""
        try:
            self._serial.write(data)
        except _LINE_ERRORS as error:
            raise TransportError(_explained(self._name, "cannot be written", error)) from error

    def wake(self) -> None:
        """See `Port.wake`."""
        cancel = getattr(self._serial, "cancel_read", None)
        if cancel is not None:
            # A port that is closed at this moment needs no waking.
            with contextlib.suppress(AttributeError, *_LINE_ERRORS):
                cancel()

    def close(self) -> None:
        """See `Port.close`."""
        with contextlib.suppress(*_LINE_ERRORS):
            self._serial.close()


def _opened(settings: SerialSettings) -> serial.Serial:
    line = serial.serial_for_url(
        settings.url,
        do_not_open=True,
        baudrate=settings.baud,
        bytesize=settings.data_bits,
        parity=settings.parity,
        stopbits=settings.stop_bits,
        write_timeout=WRITE_TIMEOUT_S,
        timeout=0,
    )
    if "://" not in settings.url:
        line.exclusive = True
    line.open()
    return line


def _calm_adapter(line: serial.Serial) -> None:
    """Ask an adapter for low latency and keep RTS down; a line without such things is fine too.

    The latency timer of common adapters (16 ms) is longer than the patience of a banknote acceptor.
    """
    with contextlib.suppress(AttributeError, NotImplementedError, *_LINE_ERRORS):
        line.rts = False
    with contextlib.suppress(AttributeError, NotImplementedError, *_LINE_ERRORS):
        line.set_low_latency_mode(True)


def _explained(name: str, what: str, error: BaseException) -> str:
    number = getattr(error, "errno", None) or next(
        (arg for arg in error.args if isinstance(arg, int)), None
    )
    advice = _ADVICE.get(number, _GENERAL_ADVICE) if number is not None else _GENERAL_ADVICE
    return f"serial port {name} {what}: {advice} ({error})"
