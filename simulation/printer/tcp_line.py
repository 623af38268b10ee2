"""The network socket that the simulated printer listens on, as printers do on port 9100.

One terminal at a time, on the loopback only. The next one waits until the first has hung up.
"""

import contextlib
import socket

_READ_SIZE = 4096
_LOOPBACK = "127.0.0.1"


class TcpLine:
    """Stands where a pseudo-terminal stands; `fileno` is whoever is to be listened to now."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._server: socket.socket | None = None
        self._guest: socket.socket | None = None
        self.path = ""
        self.plug()

    @property
    def fileno(self) -> int | None:
        """The descriptor to watch, or None while unplugged."""
        watched = self._guest or self._server
        return None if watched is None else watched.fileno()

    def plug(self) -> None:
        """Listen; nothing when plugged already."""
        if self._server is not None:
            return
        self._server = socket.create_server((_LOOPBACK, self._port), backlog=1)
        self._port = self._server.getsockname()[1]
        self.path = f"tcp://{_LOOPBACK}:{self._port}"

    def unplug(self) -> None:
        """Take the line away, with whoever was on it."""
        self._hang_up()
        if self._server is not None:
            self._server.close()
            self._server = None

    def read(self) -> bytes:
        """Let a terminal in, or return what it sent; empty when neither."""
        if self._guest is None:
            if self._server is not None:
                self._guest, _ = self._server.accept()
                self._guest.setblocking(False)
            return b""
        try:
            data = self._guest.recv(_READ_SIZE)
        except BlockingIOError:
            return b""
        except OSError:
            data = b""
        if not data:
            self._hang_up()
        return data

    def write(self, data: bytes) -> None:
        """Send answers; nobody there loses them."""
        if self._guest is not None and data:
            with contextlib.suppress(OSError):
                self._guest.sendall(data)

    def _hang_up(self) -> None:
        if self._guest is not None:
            self._guest.close()
            self._guest = None
