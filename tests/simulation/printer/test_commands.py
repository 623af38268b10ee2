"""What can be done to the printer in words."""

import json

import pytest

from drivers.printers.contract import Paper
from simulation.printer.commands import PrinterCommands
from simulation.printer.device import PrinterFaults, SimulatedPrinter


@pytest.fixture
def sent() -> list[bytes]:
    return []


@pytest.fixture
def printer() -> SimulatedPrinter:
    return SimulatedPrinter()


@pytest.fixture
def commands(printer: SimulatedPrinter, sent: list[bytes]) -> PrinterCommands:
    return PrinterCommands(printer, sent.append)


@pytest.mark.parametrize(
    ("words", "faults"),
    [
        ("paper out", PrinterFaults(paper=Paper.OUT)),
        ("near end", PrinterFaults(paper=Paper.NEAR_END)),
        ("cover open", PrinterFaults(cover_open=True)),
        ("silence on", PrinterFaults(silent=True)),
        ("cutter error", PrinterFaults(cutter_error=True, cutter_stuck=True)),
        ("jam", PrinterFaults(jam=True)),
        ("overheat", PrinterFaults(overheated=True)),
        ("low voltage", PrinterFaults(low_voltage=True)),
        ("break", PrinterFaults(broken=True)),
        ("garbage on", PrinterFaults(garbage=True)),
        ("leave untaken", PrinterFaults(left_untaken=True)),
        ("power off", PrinterFaults(powered=False)),
        ("xoff", PrinterFaults(xoff=True)),
        ("paper left 5", PrinterFaults(lines_left=5)),
        ("  Paper   OUT ", PrinterFaults(paper=Paper.OUT)),
        ('{"command": "cover open"}', PrinterFaults(cover_open=True)),
    ],
)
def test_each_command_does_what_it_says_and_clear_undoes_it(
    words: str, faults: PrinterFaults, commands: PrinterCommands, printer: SimulatedPrinter
) -> None:
    assert json.loads(commands.obey(words))["ok"]
    assert printer.faults == faults
    commands.obey("clear")
    assert printer.faults == PrinterFaults()


def test_xoff_and_xon_go_out_as_bytes(commands: PrinterCommands, sent: list[bytes]) -> None:
    commands.obey("xoff")
    commands.obey("xon")
    assert sent == [b"\x13", b"\x11"]


@pytest.mark.parametrize("bad", ["dance", "paper left x", "{broken", '{"other": 1}'])
def test_nonsense_is_answered_as_such(bad: str, commands: PrinterCommands) -> None:
    answer = json.loads(commands.obey(bad))
    assert answer["ok"] is False
    assert answer["error"]


def test_status_tells_the_state(commands: PrinterCommands) -> None:
    status = json.loads(commands.obey("status"))["status"]
    assert (status["online"], status["paper"]) == (True, "ok")
