"""A simulated printer on a real pseudo-terminal, and a port that opens it."""

import io
import os
import select
import socket
import termios
import threading
import tty
from collections.abc import Iterator
from pathlib import Path

import pytest

from simulation.printer.process import PrinterProcess


class PtyPort:
    """A bare port on a pseudo-terminal; what the driver needs and nothing else."""

    def __init__(self, path: Path) -> None:
        self._descriptor = os.open(path, os.O_RDWR | os.O_NOCTTY)
        tty.setraw(self._descriptor, termios.TCSANOW)

    def read(self, size: int, timeout: float) -> bytes:
        readable, _, _ = select.select([self._descriptor], [], [], max(timeout, 0))
        if not readable:
            return b""
        data = os.read(self._descriptor, size)
        if not data:
            raise OSError("the line is dead")
        return data

    def write(self, data: bytes) -> None:
        while data:
            data = data[os.write(self._descriptor, data) :]

    def close(self) -> None:
        os.close(self._descriptor)


class Bench:
    """The simulator in a thread, its control socket and its shelf."""

    def __init__(self, place: Path) -> None:
        self.link = place / "printer"
        self.shelf = place / "slips"
        self._control = place / "control"
        self._process = PrinterProcess(
            link=self.link,
            control=self._control,
            out=self.shelf,
            model="generic_epson",
            output=io.StringIO(),
        )
        self._thread = threading.Thread(target=self._process.run)
        self._thread.start()

    def open_port(self) -> PtyPort:
        return PtyPort(self.link)

    def order(self, words: str) -> str:
        with socket.socket(socket.AF_UNIX) as guest:
            guest.connect(str(self._control))
            guest.sendall(f"{words}\n".encode())
            return guest.makefile().readline()

    def kept(self) -> list[bytes]:
        return [path.read_bytes() for path in sorted(self.shelf.glob("*.bin"))]

    def stop(self) -> None:
        self._process.stop()
        self._thread.join(5)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path)
    yield made
    made.stop()
