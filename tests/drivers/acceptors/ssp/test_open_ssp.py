"""An SSP validator as the settings ask: its line, what outlives it, notes over a pseudo-terminal."""

import queue
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.acceptors.contract import AcceptorEvent, Enabled, Escrowed, Note, Ready, Stacked
from drivers.acceptors.device_half.phases import MechanismTiming
from drivers.acceptors.options import AcceptorOptions
from drivers.acceptors.ssp.memory import LineMemory, Remembered
from drivers.acceptors.ssp.open_ssp import ssp_host, ssp_line
from drivers.acceptors.ssp.timing import HostTiming
from drivers.acceptors.thread import AcceptorThread
from drivers.transports import SerialPort
from simulation.acceptor import AcceptorSimulator
from simulation.acceptor.protocols import Build
from simulation.acceptor.ssp_kit import PLAIN, make_machine

QUICK_DEVICE = MechanismTiming(initialise_s=0.1, accepting_s=0.05, stacking_s=0.05)
QUICK_HOST = HostTiming(poll_period_s=0.03, poll_soonest_s=0.02, recovery_grace_s=0.2)


@pytest.fixture
def simulator(tmp_path: Path) -> Iterator[AcceptorSimulator]:
    machine = make_machine(Build(timing=QUICK_DEVICE), PLAIN)
    made = AcceptorSimulator(machine, link=tmp_path / "acceptor")
    thread = threading.Thread(target=made.run)
    thread.start()
    yield made
    made.stop()
    thread.join(5)


def test_the_line_is_8n2() -> None:
    line = ssp_line("/dev/ttyS0")
    assert (line.baud, line.data_bits, line.parity, line.stop_bits) == (9600, 8, "N", 2)


def test_notes_over_a_real_pseudo_terminal_that_is_opened_twice(
    simulator: AcceptorSimulator, tmp_path: Path
) -> None:
    line = ssp_line(str(tmp_path / "acceptor"))
    for life in (1, 2):
        options = AcceptorOptions(
            boot=f"boot{life}",
            port=line.url,
            baud=9600,
            currency="RUB",
            memory=tmp_path / "kept",
        )
        told: queue.SimpleQueue[AcceptorEvent] = queue.SimpleQueue()
        host = ssp_host(options, QUICK_HOST)
        acceptor = AcceptorThread(host, lambda: SerialPort(line), told.put, time.monotonic)
        acceptor.start()
        assert one_note(acceptor, told, simulator) == Note(minor=50_000, currency="RUB")
        while simulator.obey("status")["unacknowledged"] is not None:
            pass
        acceptor.stop_thread()
        assert simulator.obey("status")["cassette"] == {"500": life}
    kept = Remembered.from_bytes(LineMemory(tmp_path / "kept").read())
    assert kept.setup
    assert kept.underway is None


def one_note(
    acceptor: AcceptorThread,
    told: "queue.SimpleQueue[AcceptorEvent]",
    simulator: AcceptorSimulator,
) -> Note:
    while True:
        match told.get(timeout=20):
            case Ready(denominations=notes):
                acceptor.accept(frozenset(notes))
            case Enabled():
                assert simulator.obey("insert 500")["ok"]
            case Escrowed(cycle=cycle):
                acceptor.stack(cycle)
            case Stacked(cycle=cycle, note=note):
                acceptor.settled(cycle)
                return note
            case _:
                pass
