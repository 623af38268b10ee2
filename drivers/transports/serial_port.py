"""A serial line through pyserial: a device name, a pseudo-terminal, or a URL.

URLs reach a serial server over the network: `socket://host:port` for bare bytes, and
`rfc2217://host:port` where the server lets the line be set. Every failure becomes a `TransportError`
that names the port and says what to check. It must never retry by itself: when to reopen is the
driver's decision.
"""

import contextlib
import errno
import termios
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import serial

from drivers.transports.port import LineBlockedError, TransportError

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
_PSEUDO_TERMINALS: Final = Path("/dev/pts")
_SLICE_S: Final = 0.005
"""How long a line that cannot be woken is read at a time: half of what an acceptor waits at most for
its acknowledgement (10 ms, facts sheet ccnet).
"""
_LONGEST_READ: Final = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class SerialSettings:
    """How to open a line. `url` is a device name or a pyserial URL; a name below
    `/dev/serial/by-id` stays the same whatever else is plugged in.

    `rtscts` and `xonxoff` are for printers; with neither, RTS is kept down.
    """

    url: str
    baud: int = 9600
    parity: str = serial.PARITY_NONE
    data_bits: int = serial.EIGHTBITS
    stop_bits: float = serial.STOPBITS_ONE
    rtscts: bool = False
    xonxoff: bool = False


class SerialPort:
    """An open line, exclusively ours. One thread reads and writes; `wake` may come from any."""

    def __init__(self, settings: SerialSettings) -> None:
        """Open. Raises TransportError."""
        self._name = settings.url
        self._woken = threading.Event()
        try:
            self._serial = _opened(settings)
        except _LINE_ERRORS as error:
            raise TransportError(_explained(self._name, "cannot be opened", error)) from error
        self._cancel = getattr(self._serial, "cancel_read", None)
        _calm_adapter(self._serial, keep_rts_down=not settings.rtscts)

    def read(self, timeout_s: float | None) -> bytes:
        """See `Port.read`."""
        try:
            first = self._first(timeout_s)
            return first + self._rest() if first else b""
        except _LINE_ERRORS as error:
            raise TransportError(_explained(self._name, "cannot be read", error)) from error

    def _first(self, timeout_s: float | None) -> bytes:
        if self._cancel is None:
            return self._first_in_slices(timeout_s)
        self._serial.timeout = timeout_s
        return bytes(self._serial.read(1))

    def _first_in_slices(self, timeout_s: float | None) -> bytes:
        """For a line whose reader nobody can wake: look in between whether somebody wants to."""
        until = None if timeout_s is None else time.monotonic() + timeout_s
        while not self._woken.is_set():
            left = _SLICE_S if until is None else min(_SLICE_S, until - time.monotonic())
            self._serial.timeout = max(left, 0.0)
            if got := bytes(self._serial.read(1)):
                return got
            if left < _SLICE_S:
                return b""
        self._woken.clear()
        return b""

    def _rest(self) -> bytes:
        """What else is there; a network line says only that there is more, not how much."""
        got = b""
        while len(got) < _LONGEST_READ and (waiting := self._serial.in_waiting):
            got += self._serial.read(min(waiting, _LONGEST_READ))
        return got

    def write(self, data: bytes) -> None:
        """See `Port.write`."""
        try:
            self._serial.write(data)
        except serial.SerialTimeoutException as error:
            raise LineBlockedError(_explained(self._name, "takes no bytes", error)) from error
        except _LINE_ERRORS as error:
            raise TransportError(_explained(self._name, "cannot be written", error)) from error

    def wake(self) -> None:
        """See `Port.wake`."""
        if self._cancel is None:
            self._woken.set()
            return
        # A port that is closed at this moment needs no waking.
        with contextlib.suppress(AttributeError, *_LINE_ERRORS):
            self._cancel()

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
        parity=_parity(settings),
        stopbits=settings.stop_bits,
        rtscts=settings.rtscts,
        xonxoff=settings.xonxoff,
        write_timeout=_write_timeout(settings),
        timeout=0,
    )
    if "://" not in settings.url:
        line.exclusive = True
    line.open()
    return line


def _write_timeout(settings: SerialSettings) -> float | None:
    """Over RFC 2217 pyserial has none and refuses to be given one; its socket has its own."""
    return None if settings.url.startswith("rfc2217:") else WRITE_TIMEOUT_S


def _parity(settings: SerialSettings) -> str:
    """A pseudo-terminal has no parity: it drops the setting, and the next one that opens it with
    parity is refused as if the setting were wrong.
    """
    if "://" in settings.url:
        return settings.parity
    is_pseudo = _PSEUDO_TERMINALS in Path(settings.url).resolve().parents
    return serial.PARITY_NONE if is_pseudo else settings.parity


def _calm_adapter(line: serial.Serial, *, keep_rts_down: bool) -> None:
    """Ask an adapter for low latency and keep RTS down; a line without such things is fine too.

    The latency timer of common adapters (16 ms) is longer than the patience of a banknote acceptor.
    """
    if keep_rts_down:
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
