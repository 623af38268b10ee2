"""A simulated printer on a real pseudo-terminal, and the real transport that opens it."""

import io
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from drivers.transports import SerialPort, SerialSettings
from simulation.printer.process import PrinterProcess


class Bench:
    """The simulator in a thread, its control socket and its shelf."""

    def __init__(self, place: Path, model: str = "generic_epson") -> None:
        self.link = place / "printer"
        self.shelf = place / "slips"
        self._control = place / "control"
        self._process = PrinterProcess(
            link=self.link,
            control=self._control,
            out=self.shelf,
            model=model,
            output=(said := io.StringIO()),
        )
        self._said = said
        self._thread = threading.Thread(target=self._process.run)
        self._thread.start()

    def open_port(self) -> SerialPort:
        return SerialPort(SerialSettings(url=str(self.link), baud=115200))

    def order(self, words: str) -> str:
        with socket.socket(socket.AF_UNIX) as guest:
            guest.connect(str(self._control))
            guest.sendall(f"{words}\n".encode())
            return guest.makefile().readline()

    def kept(self) -> list[bytes]:
        return [path.read_bytes() for path in sorted(self.shelf.glob("*.bin"))]

    def complaints(self) -> list[str]:
        return [line for line in self._said.getvalue().splitlines() if "complaint" in line]

    def stop(self) -> None:
        self._process.stop()
        self._thread.join(5)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path)
    yield made
    made.stop()


@pytest.fixture
def bench_of(tmp_path: Path) -> Iterator[Callable[[str], Bench]]:
    made: list[Bench] = []

    def make(model: str) -> Bench:
        made.append(Bench(tmp_path, model))
        return made[-1]

    yield make
    for bench in made:
        bench.stop()
