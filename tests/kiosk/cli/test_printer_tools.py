"""`kiosk printer status`, `test` and `models` against the simulated printer, by pty and TCP."""

import io
import json
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from drivers.printers.models import load_models
from kiosk.cli.simulators import printer_commands
from simulation.printer.process import PrinterProcess


class Simulated:
    """A printer in a thread; `port` is what the tools are told."""

    def __init__(self, place: Path, model: str, tcp: int | None) -> None:
        self.said = io.StringIO()
        self._control = place / "control"
        self.shelf = place / "slips"
        self._process = PrinterProcess(
            link=place / "printer" if tcp is None else None,
            control=self._control,
            out=self.shelf,
            model=model,
            output=self.said,
            tcp=tcp,
        )
        self.port = self._process.path
        self._thread = threading.Thread(target=self._process.run)
        self._thread.start()

    def order(self, words: str) -> None:
        with socket.socket(socket.AF_UNIX) as guest:
            guest.connect(str(self._control))
            guest.sendall(f"{words}\n".encode())
            guest.makefile().readline()

    def stop(self) -> None:
        self._process.stop()
        self._thread.join(5)


Make = Callable[..., Simulated]


@pytest.fixture
def simulated(tmp_path: Path) -> Iterator[Make]:
    made: list[Simulated] = []

    def make(model: str = "generic_epson", tcp: int | None = None) -> Simulated:
        made.append(Simulated(tmp_path, model, tcp))
        return made[-1]

    yield make
    for one in made:
        one.stop()


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(printer_commands, words)
    return done.exit_code, done.output


@pytest.mark.parametrize(
    ("model", "tcp"), [("generic_epson", None), ("custom_vkp80iii", None), ("citizen_ppu700", 0)]
)
def test_a_test_slip_comes_out_whole(simulated: Make, model: str, tcp: int | None) -> None:
    printer = simulated(model, tcp)
    code, output = run("test", "--port", printer.port, "--model", model)
    assert code == 0, output
    assert "confirmed the whole slip" in output
    assert "complaint" not in printer.said.getvalue()
    text = (printer.shelf / "receipt-1.txt").read_text("utf-8")
    assert "рстуфхцчшщъыьэюя" in text
    assert "12345678901234567890" in text


def test_the_status_tells_words_bytes_and_advice(simulated: Make) -> None:
    printer = simulated("custom_vkp80ii")
    where = ("--port", printer.port, "--model", "custom_vkp80ii", "--language", "en")
    code, output = run("status", *where)
    assert code == 0
    assert "12 10 0F 00 00 00 00" in output
    printer.order("paper out")
    code, output = run("status", *where)
    assert code == 1
    assert "210 paper_out: No paper." in output
    code, output = run("status", *where, "--json")
    facts = json.loads(output)
    assert (facts["can_print"], facts["paper"]) == (False, "out")
    assert facts["faults"][0]["number"] == 210


def test_nothing_is_printed_while_it_cannot_be(simulated: Make) -> None:
    printer = simulated()
    printer.order("cover open")
    code, output = run("test", "--port", printer.port)
    assert code == 1
    assert "212" in output
    assert "nothing was printed" in output
    assert not list(printer.shelf.iterdir())


def test_paper_that_ends_within_the_slip_is_the_reason_that_is_given(simulated: Make) -> None:
    printer = simulated()
    printer.order("paper left 5")
    code, output = run("test", "--port", printer.port, "--language", "en")
    assert code == 1
    assert "210 paper_out" in output
    assert "Part of it may have come out. See the advice above." in output
    assert "another make" not in output


def test_a_silent_printer_gets_advice(simulated: Make) -> None:
    printer = simulated()
    printer.order("silence on")
    code, output = run("status", "--port", printer.port, "--language", "en")
    assert code == 1
    assert "200 not_answering" in output


@pytest.mark.parametrize(
    ("port", "words"),
    [
        ("/dev/usb/lp77", "is the printer switched on"),
        ("/dev/ttyNOBODY", "does not exist"),
        ("tcp://127.0.0.1:1", "nothing listens there"),
        ("tcp://:9100", "no host"),
    ],
)
def test_a_port_that_is_not_there_is_told_with_advice(port: str, words: str) -> None:
    code, output = run("status", "--port", port)
    assert code == 1
    assert words in output


def test_an_unknown_model_lists_the_known_ones() -> None:
    code, output = run("status", "--port", "/dev/null", "--model", "nonsense")
    assert code == 2
    assert "generic_epson" in output


def test_every_model_is_listed_with_what_is_verified() -> None:
    code, output = run("models")
    assert code == 0
    assert all(name in output for name in load_models())
    assert output.count("not verified on a device") == len(load_models())
    assert len(json.loads(run("models", "--json")[1])) == len(load_models())
