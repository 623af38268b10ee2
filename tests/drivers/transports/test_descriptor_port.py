"""Plain descriptors as lines: limits on every wait, and words for what went wrong."""

import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.printers.open_printer import open_printer_port
from drivers.transports.descriptor_port import DescriptorPort, open_device_node, open_tcp
from drivers.transports.port import LineBlockedError, TransportError


@pytest.fixture
def pair() -> Iterator[tuple[DescriptorPort, socket.socket]]:
    near, far = socket.socketpair()
    near.setblocking(False)
    port = DescriptorPort("line", near.fileno(), near.close, write_timeout_s=0.05)
    yield port, far
    port.close()
    far.close()


def test_bytes_go_both_ways(pair: tuple[DescriptorPort, socket.socket]) -> None:
    port, far = pair
    port.write(b"ask")
    assert far.recv(10) == b"ask"
    far.sendall(b"answer")
    assert port.read(1.0) == b"answer"
    assert port.read(0.0) == b""


def test_nobody_taking_bytes_is_told_and_blocks_nobody(
    pair: tuple[DescriptorPort, socket.socket],
) -> None:
    port, _ = pair
    with pytest.raises(LineBlockedError, match="takes no bytes"):
        port.write(bytes(10_000_000))


def test_a_line_that_is_called_ready_and_takes_nothing_blocks_nobody(
    pair: tuple[DescriptorPort, socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    port, _ = pair

    def full(*_: object) -> int:
        raise BlockingIOError

    with monkeypatch.context() as patched:
        patched.setattr(os, "write", full)
        with pytest.raises(LineBlockedError, match="takes no bytes"):
            port.write(b"slip")


def test_a_reader_can_be_woken(pair: tuple[DescriptorPort, socket.socket]) -> None:
    port, _ = pair
    waker = threading.Thread(target=port.wake)
    waker.start()
    assert port.read(30.0) == b""
    waker.join()


def test_the_other_side_hanging_up_is_an_error(pair: tuple[DescriptorPort, socket.socket]) -> None:
    port, far = pair
    far.close()
    with pytest.raises(TransportError, match="gone"):
        port.read(1.0)


def test_a_usb_printer_with_nothing_to_say_is_still_there(tmp_path: Path) -> None:
    node = tmp_path / "lp0"
    node.touch()
    port = open_device_node(node)
    assert port.read(1.0) == b""
    port.write(b"slip")
    port.close()
    assert node.read_bytes() == b"slip"


def test_closing_twice_is_no_trouble() -> None:
    near, far = os.pipe()
    port = DescriptorPort("line", near, lambda: os.close(near))
    port.close()
    port.close()
    port.wake()
    os.close(far)


def test_a_printer_in_the_network_is_reached_by_its_address() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        number = server.getsockname()[1]
        port = open_printer_port(f"tcp://127.0.0.1:{number}", 9600)
        guest, _ = server.accept()
        with guest:
            port.write(b"x")
            assert guest.recv(1) == b"x"
        port.close()


@pytest.mark.parametrize("name", ["tcp://", "tcp://:9100", "tcp://host:port"])
def test_an_address_that_is_none_is_told_as_such(name: str) -> None:
    with pytest.raises(TransportError, match="not tcp://host:port"):
        open_printer_port(name, 9600)


def test_an_absent_printer_is_told_with_advice(tmp_path: Path) -> None:
    with pytest.raises(TransportError, match="is the printer switched on"):
        open_device_node(tmp_path / "lp0")
    with pytest.raises(TransportError, match="nothing listens there"):
        open_tcp("127.0.0.1", 1)
