"""A serial line over a real pseudo-terminal, and errors that say what to check."""

import os
import socket
import threading
import time
import tty
from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.transports import SerialPort, SerialSettings, TransportError


class Far:
    """The other end of the line."""

    def __init__(self) -> None:
        self.master, self.slave = os.openpty()
        tty.setraw(self.slave)
        self.name = os.ttyname(self.slave)

    def hang_up(self) -> None:
        for descriptor in (self.master, self.slave):
            os.close(descriptor)


@pytest.fixture
def far() -> Iterator[Far]:
    far = Far()
    yield far
    try:
        far.hang_up()
    except OSError:
        return


def opened(far: Far) -> SerialPort:
    return SerialPort(SerialSettings(url=far.name))


def test_bytes_go_both_ways_unchanged(far: Far) -> None:
    port = opened(far)
    every = bytes(range(256))
    os.write(far.master, every)
    got = b""
    while len(got) < len(every):
        got += port.read(2.0)
    assert got == every
    port.write(every)
    assert os.read(far.master, 1000) == every
    port.close()


def test_reading_ends_in_time(far: Far) -> None:
    port = opened(far)
    assert port.read(0.0) == b""
    assert port.read(0.01) == b""
    port.close()


def test_wake_ends_a_read_of_another_thread(far: Far) -> None:
    port = opened(far)
    waker = threading.Timer(0.05, port.wake)
    waker.start()
    began = time.monotonic()
    assert port.read(10.0) == b""
    assert time.monotonic() - began < 5
    waker.join()
    port.close()


def test_wake_before_the_read_ends_it_too_and_only_once(far: Far) -> None:
    port = opened(far)
    port.wake()
    began = time.monotonic()
    assert port.read(10.0) == b""
    assert time.monotonic() - began < 5
    os.write(far.master, b"x")
    assert port.read(5.0) == b"x"
    port.close()
    port.wake()


def test_a_second_one_is_refused_and_told_why(far: Far) -> None:
    port = opened(far)
    with pytest.raises(TransportError, match="in use"):
        opened(far)
    port.close()
    opened(far).close()


def test_a_missing_port_is_named(tmp_path: Path) -> None:
    with pytest.raises(TransportError, match=r"ttyNOPE.*does not exist.*adapter"):
        SerialPort(SerialSettings(url=str(tmp_path / "ttyNOPE")))


def test_a_url_of_an_unknown_kind_is_an_error_of_the_line() -> None:
    with pytest.raises(TransportError, match="nonsense"):
        SerialPort(SerialSettings(url="nonsense://here"))


def test_a_line_that_hangs_up_is_an_error_when_read_and_written(far: Far) -> None:
    port = opened(far)
    far.hang_up()
    with pytest.raises(TransportError, match=far.name):
        port.read(1.0)
    with pytest.raises(TransportError, match=far.name):
        port.write(b"x")
    port.close()
    port.close()


def test_a_url_opens_a_line_without_a_device() -> None:
    port = SerialPort(SerialSettings(url="loop://"))
    port.write(b"round")
    assert port.read(1.0) == b"round"
    port.wake()
    port.close()


def test_a_line_with_parity_opens_on_a_pseudo_terminal_every_time(far: Far) -> None:
    for _ in range(3):
        port = SerialPort(SerialSettings(url=far.name, parity="E", stop_bits=2))
        os.write(far.master, b"\xfc\x05")
        assert port.read(2.0) == b"\xfc\x05"
        port.close()


def test_a_name_that_leads_to_a_pseudo_terminal_is_one_too(far: Far, tmp_path: Path) -> None:
    link = tmp_path / "acceptor"
    link.symlink_to(far.name)
    for _ in range(2):
        SerialPort(SerialSettings(url=str(link), parity="E")).close()


class Server:
    """A serial server on the network: one connection, bare bytes."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"socket://127.0.0.1:{self._listener.getsockname()[1]}"
        self.line: socket.socket | None = None

    def accept(self) -> socket.socket:
        self.line, _ = self._listener.accept()
        return self.line

    def close(self) -> None:
        self._listener.close()
        if self.line is not None:
            self.line.close()


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()


def test_bytes_go_both_ways_over_a_serial_server(server: Server) -> None:
    port = SerialPort(SerialSettings(url=server.url))
    line = server.accept()
    every = bytes(range(256))
    line.sendall(every)
    got = b""
    while len(got) < len(every):
        got += port.read(2.0)
    assert got == every
    port.write(every)
    assert line.recv(1000) == every
    port.close()


def test_a_reader_of_a_serial_server_can_be_woken_once(server: Server) -> None:
    port = SerialPort(SerialSettings(url=server.url))
    line = server.accept()
    threading.Timer(0.05, port.wake).start()
    assert port.read(30.0) == b""
    line.sendall(b"x")
    assert port.read(30.0) == b"x"
    assert port.read(0.0) == b""
    port.close()


def test_a_serial_server_that_hangs_up_is_an_error_of_the_line(server: Server) -> None:
    port = SerialPort(SerialSettings(url=server.url))
    server.accept().close()
    with pytest.raises(TransportError, match=r"socket://127\.0\.0\.1"):
        port.read(5.0)
    port.close()


def test_nobody_listening_is_an_error_that_names_the_server() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"socket://127.0.0.1:{listener.getsockname()[1]}"
    with pytest.raises(TransportError, match="cannot be opened"):
        SerialPort(SerialSettings(url=url))
