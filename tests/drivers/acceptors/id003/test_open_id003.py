"""An ID-003 validator as the settings ask: what it is told, what outlives it, and its line."""

import queue
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.acceptors.contract import (
    AcceptorEvent,
    Enabled,
    Escrowed,
    Note,
    Ready,
    Returned,
    Stacked,
)
from drivers.acceptors.device_half.phases import MechanismTiming
from drivers.acceptors.id003.frames import encode
from drivers.acceptors.id003.memory import DeviceMemory, Kept
from drivers.acceptors.id003.open_id003 import id003_host, id003_line
from drivers.acceptors.id003.timing import HostTiming
from drivers.acceptors.options import AcceptorOptions, Orientation
from drivers.acceptors.thread import AcceptorThread
from drivers.transports import SerialPort
from simulation.acceptor import AcceptorSimulator
from simulation.acceptor.id003_kit import make_machine, ruble_table
from simulation.acceptor.protocols import Build
from simulation.acceptor.rig import Rig

QUICK_DEVICE = MechanismTiming(initialise_s=0.1, accepting_s=0.05, stacking_s=0.05)
QUICK_HOST = HostTiming(poll_period_s=0.03, poll_soonest_s=0.02)


def options(memory: Path | None = None, port: str = "/dev/ttyS0") -> AcceptorOptions:
    return AcceptorOptions(
        boot="boot",
        port=port,
        baud=9600,
        currency="RUB",
        high_security=frozenset({Note(minor=500_000, currency="RUB")}),
        orientations=frozenset({Orientation.FRONT_A, Orientation.FRONT_B}),
        memory=memory,
    )


def test_the_device_is_told_what_the_settings_ask_and_its_table_is_kept(tmp_path: Path) -> None:
    rig = Rig(id003_host(options(tmp_path / "kept")), make_machine(Build()))
    rig.run(10)
    said = b"".join(data for to_device, data in rig.wire if to_device)
    assert encode(0xC1, b"\x80\x00") in said, "5000 roubles are examined more strictly"
    assert encode(0xC4, b"\x0c") in said, "a set bit bars a way"
    kept = Kept.from_bytes(DeviceMemory(tmp_path / "kept").read())
    assert kept == Kept(table=ruble_table(), mark=kept.mark)
    assert encode(0xC1, bytes([0x80, kept.mark])) in said, "marked when it was ready"


def test_it_works_without_a_memory() -> None:
    rig = Rig(id003_host(options()), make_machine(Build()))
    rig.run(10)
    assert len(rig.events) == 1


def test_the_line_is_8e1() -> None:
    line = id003_line("/dev/ttyS0", 19200)
    assert (line.baud, line.data_bits, line.parity, line.stop_bits) == (19200, 8, "E", 1)


@pytest.fixture
def simulator(tmp_path: Path) -> Iterator[AcceptorSimulator]:
    made = AcceptorSimulator(make_machine(Build(timing=QUICK_DEVICE)), link=tmp_path / "acceptor")
    thread = threading.Thread(target=made.run)
    thread.start()
    yield made
    made.stop()
    thread.join(5)


def test_notes_over_a_real_pseudo_terminal_that_is_opened_twice(
    simulator: AcceptorSimulator, tmp_path: Path
) -> None:
    """A pseudo-terminal takes 8E1 only once (facts sheet section 11); the transport knows that."""
    asked = options(tmp_path / "kept", str(tmp_path / "acceptor"))
    line = id003_line(asked.port)
    for life in (1, 2):
        told: queue.SimpleQueue[AcceptorEvent] = queue.SimpleQueue()
        host = id003_host(asked, QUICK_HOST)
        acceptor = AcceptorThread(host, lambda: SerialPort(line), told.put, time.monotonic)
        acceptor.start()
        assert one_note(acceptor, told, simulator) == Note(minor=50_000, currency="RUB")
        while simulator.obey("status")["unacknowledged"] is not None:
            pass
        acceptor.stop_thread()
        assert simulator.obey("status")["cassette"] == {"500": life}


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
            case Returned(cycle=cycle):
                acceptor.settled(cycle)
            case Stacked(cycle=cycle, note=note):
                acceptor.settled(cycle)
                return note
            case _:
                pass
