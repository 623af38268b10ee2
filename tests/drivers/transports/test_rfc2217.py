"""A serial line behind a server that lets its settings be changed (RFC 2217)."""

import contextlib
import socket
import threading
from collections.abc import Iterator

import pytest
import serial
from serial.rfc2217 import PortManager

from drivers.transports import SerialPort, SerialSettings


class _Connection:
    def __init__(self, line: socket.socket) -> None:
        self.write = line.sendall


class Server:
    """One connection to a line whose far end gives everything back."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"rfc2217://127.0.0.1:{self._listener.getsockname()[1]}"
        self.device = serial.serial_for_url("loop://", timeout=0)
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        line, _ = self._listener.accept()
        with line, contextlib.suppress(OSError):
            manager = PortManager(self.device, _Connection(line))
            while data := line.recv(1024):
                self.device.write(b"".join(manager.filter(data)))
                echoed = self.device.read(self.device.in_waiting)
                line.sendall(b"".join(manager.escape(echoed)))

    def close(self) -> None:
        self._listener.close()
        self._thread.join(5)


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()


# pyserial 3.5 starts its reader the old way.
@pytest.mark.filterwarnings("ignore:set(Daemon|Name):DeprecationWarning")
def test_settings_reach_the_far_line_and_every_byte_comes_back(server: Server) -> None:
    port = SerialPort(SerialSettings(url=server.url, baud=19200, parity="E", stop_bits=2))
    assert server.device.baudrate == 19200
    assert server.device.parity == "E"
    every = bytes(range(256))
    port.write(every)
    got = b""
    while len(got) < len(every) and (more := port.read(2.0)):
        got += more
    assert got == every
    port.wake()
    assert port.read(30.0) == b""
    port.close()
