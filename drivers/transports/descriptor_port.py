"""Lines that are plain descriptors: a printer's device node (`/dev/usb/lp0`) and a TCP connection.

Reads and writes never block longer than they are told: a printer without paper takes no bytes, and a
dead network takes none either. It must never retry by itself: when to reopen is the driver's
decision.
"""

import contextlib
import errno
import os
import select
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from drivers.transports.port import LineBlockedError, TransportError

WRITE_TIMEOUT_S: Final = 5.0
CONNECT_TIMEOUT_S: Final = 5.0
_READ_SIZE: Final = 4096
_EMPTY_PAUSE_S: Final = 0.02
_ADVICE: Final = {
    errno.ENOENT: "it does not exist: is the printer switched on and its cable plugged in?",
    errno.EACCES: "no permission: add the terminal's user to the group that owns it (often lp)",
    errno.EBUSY: "it is in use: stop the other program (CUPS?) that has it open",
    errno.ENODEV: "the printer is gone: check power and cable",
    errno.ENXIO: "the printer is gone: check power and cable",
    errno.EIO: "input/output error: check power and cable",
    errno.ENOSPC: "the printer takes no bytes: is there paper, is the cover closed?",
    errno.ECONNREFUSED: "nothing listens there: check the address, the port (9100) and the printer",
    errno.EHOSTUNREACH: "no way to that address: check network cable and address",
    errno.ENETUNREACH: "no network: check the network cable and the terminal's address",
    errno.ETIMEDOUT: "no answer: check network cable, address and power of the printer",
    errno.ECONNRESET: "the printer has closed the connection",
    errno.EPIPE: "the printer has closed the connection",
}
_GENERAL_ADVICE: Final = "check power, cable and name"


class DescriptorPort:
    """A `Port` over one non-blocking descriptor. One thread reads and writes; `wake` may come from
    any. `may_read_nothing`: an empty read is no end of the line, as with USB printers that have
    nothing to say.
    """

    def __init__(
        self,
        name: str,
        descriptor: int,
        close: Callable[[], None],
        *,
        write_timeout_s: float = WRITE_TIMEOUT_S,
        may_read_nothing: bool = False,
    ) -> None:
        self._name = name
        self._may_read_nothing = may_read_nothing
        self._descriptor = descriptor
        self._close = close
        self._write_timeout_s = write_timeout_s
        self._closing = threading.Lock()
        self._closed = False
        self._wake_end, self._wake = os.pipe()
        os.set_blocking(self._wake_end, False)
        os.set_blocking(self._wake, False)

    def read(self, timeout_s: float | None) -> bytes:
        """See `Port.read`."""
        ready, _, _ = select.select([self._descriptor, self._wake_end], [], [], timeout_s)
        if self._wake_end in ready:
            with contextlib.suppress(BlockingIOError):
                os.read(self._wake_end, _READ_SIZE)
        if self._descriptor not in ready:
            return b""
        try:
            data = os.read(self._descriptor, _READ_SIZE)
        except BlockingIOError:
            return b""
        except OSError as error:
            raise TransportError(_explained(self._name, "cannot be read", error)) from error
        if not data and self._may_read_nothing:
            self._rest(timeout_s)
        elif not data:
            raise TransportError(f"{self._name}: the other side has gone: {_GENERAL_ADVICE}")
        return data

    def _rest(self, timeout_s: float | None) -> None:
        """A line that is always ready and has nothing would be read without a pause."""
        pause = _EMPTY_PAUSE_S if timeout_s is None else min(timeout_s, _EMPTY_PAUSE_S)
        select.select([self._wake_end], [], [], pause)

    def write(self, data: bytes) -> None:
        """See `Port.write`."""
        rest, deadline = memoryview(data), time.monotonic() + self._write_timeout_s
        while rest:
            left = deadline - time.monotonic()
            _, ready, _ = select.select([], [self._descriptor], [], max(left, 0.0))
            if not ready or left <= 0:
                raise LineBlockedError(
                    f"{self._name} takes no bytes: is there paper, is the cover closed?"
                )
            try:
                rest = rest[os.write(self._descriptor, rest) :]
            except BlockingIOError:
                # A USB printer without paper is called ready and takes nothing all the same.
                time.sleep(min(left, _EMPTY_PAUSE_S))
            except OSError as error:
                raise TransportError(_explained(self._name, "cannot be written", error)) from error

    def wake(self) -> None:
        """See `Port.wake`."""
        # A number that was closed may be another file's by now: never write to it.
        with self._closing, contextlib.suppress(OSError):
            if not self._closed:
                os.write(self._wake, b"\0")

    def close(self) -> None:
        """See `Port.close`."""
        with self._closing:
            if self._closed:
                return
            self._closed = True
        with contextlib.suppress(OSError):
            self._close()
        for end in (self._wake_end, self._wake):
            with contextlib.suppress(OSError):
                os.close(end)


def open_device_node(path: Path) -> DescriptorPort:
    """Open a printer's own device node. Raises TransportError."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    except OSError as error:
        raise TransportError(_explained(str(path), "cannot be opened", error)) from error
    return DescriptorPort(
        str(path), descriptor, lambda: os.close(descriptor), may_read_nothing=True
    )


def open_tcp(host: str, port: int) -> DescriptorPort:
    """Connect to a printer in the network. Raises TransportError."""
    name = f"tcp://{host}:{port}"
    try:
        line = socket.create_connection((host, port), CONNECT_TIMEOUT_S)
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        line.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        line.setblocking(False)
    except TimeoutError as error:
        late = OSError(errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT))
        raise TransportError(_explained(name, "cannot be reached", late)) from error
    except OSError as error:
        raise TransportError(_explained(name, "cannot be reached", error)) from error
    return DescriptorPort(name, line.fileno(), line.close)


def _explained(name: str, what: str, error: OSError) -> str:
    advice = _ADVICE.get(error.errno or 0, _GENERAL_ADVICE)
    return f"{name} {what}: {advice} ({error})"
