"""The acceptor's thread: over a real pseudo-terminal, and with lines that break."""

import queue
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import structlog

from drivers.acceptors.ccnet.open_ccnet import ccnet_host, ccnet_line
from drivers.acceptors.ccnet.timing import HostTiming
from drivers.acceptors.contract import (
    AcceptorEvent,
    CycleId,
    Disabled,
    Enabled,
    Escrowed,
    Fault,
    Note,
    Ready,
    Stacked,
)
from drivers.acceptors.device_half.phases import MechanismTiming
from drivers.acceptors.faults import FaultNumber
from drivers.acceptors.options import AcceptorOptions
from drivers.acceptors.thread import AcceptorThread
from drivers.transports import SerialPort, TransportError
from simulation.acceptor import AcceptorSimulator
from simulation.acceptor.ccnet_kit import make_machine
from simulation.acceptor.protocols import Build

QUICK_DEVICE = MechanismTiming(
    initialise_s=0.1, accepting_s=0.05, stacking_s=0.05, returning_s=0.05, rejecting_s=0.05
)
QUICK_HOST = HostTiming(poll_period_s=0.03, poll_soonest_s=0.02, silent_s=1.0)


class Ear:
    """Collects events and waits for one of a kind."""

    def __init__(self) -> None:
        self._queue: queue.Queue[AcceptorEvent] = queue.Queue()
        self.heard: list[AcceptorEvent] = []

    def post(self, event: AcceptorEvent) -> None:
        self._queue.put(event)

    def wait(self, kind: type[AcceptorEvent], limit_s: float = 10.0) -> AcceptorEvent:
        end = time.monotonic() + limit_s
        while True:
            event = self._queue.get(timeout=max(end - time.monotonic(), 0.001))
            self.heard.append(event)
            if isinstance(event, kind):
                return event


@pytest.fixture
def simulator(tmp_path: Path) -> Iterator[AcceptorSimulator]:
    machine = make_machine(Build(timing=QUICK_DEVICE))
    made = AcceptorSimulator(machine, link=tmp_path / "acceptor")
    thread = threading.Thread(target=made.run)
    thread.start()
    yield made
    made.stop()
    thread.join(5)


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture
def acceptor(simulator: AcceptorSimulator, ear: Ear, tmp_path: Path) -> Iterator[AcceptorThread]:
    assert simulator.path
    options = AcceptorOptions(
        boot="boot",
        port=str(tmp_path / "acceptor"),
        baud=9600,
        currency="RUB",
        memory=tmp_path / "table",
    )
    host, line = ccnet_host(options, QUICK_HOST), ccnet_line(options.port)
    thread = AcceptorThread(host, lambda: SerialPort(line), ear.post, time.monotonic)
    thread.start()
    yield thread
    thread.stop_thread()


def accept_all(acceptor: AcceptorThread, ear: Ear) -> None:
    ready = ear.wait(Ready)
    assert isinstance(ready, Ready)
    acceptor.accept(frozenset(ready.denominations))
    ear.wait(Enabled)


def test_a_note_over_a_real_pseudo_terminal(
    simulator: AcceptorSimulator, acceptor: AcceptorThread, ear: Ear, tmp_path: Path
) -> None:
    accept_all(acceptor, ear)
    assert simulator.obey("insert 500")["ok"]
    escrowed = ear.wait(Escrowed)
    assert isinstance(escrowed, Escrowed)
    acceptor.stack(escrowed.cycle)
    stacked = ear.wait(Stacked)
    acceptor.settled(escrowed.cycle)
    assert isinstance(stacked, Stacked)
    assert stacked.note == Note(minor=50_000, currency="RUB")
    acceptor.stop()
    ear.wait(Disabled)
    told = [event for event in ear.heard if isinstance(event, Stacked)]
    assert len(told) == 1, "settled at once, so acknowledged within the patience of the wire"
    status = simulator.obey("status")
    assert status["cassette"] == {"500": 1}
    assert status["unacknowledged"] is None
    assert (tmp_path / "table").exists()


def test_a_slow_record_lets_the_event_come_again(
    simulator: AcceptorSimulator, acceptor: AcceptorThread, ear: Ear
) -> None:
    accept_all(acceptor, ear)
    simulator.obey("insert 100")
    escrowed = ear.wait(Escrowed)
    assert isinstance(escrowed, Escrowed)
    acceptor.stack(escrowed.cycle)
    first, second = ear.wait(Stacked), ear.wait(Stacked)
    assert first == second
    assert simulator.obey("status")["unacknowledged"] == "stacked"
    acceptor.settled(escrowed.cycle)
    acceptor.stop()
    ear.wait(Disabled)
    assert simulator.obey("status")["unacknowledged"] is None


def test_silence_and_power_come_and_go(
    simulator: AcceptorSimulator, acceptor: AcceptorThread, ear: Ear
) -> None:
    accept_all(acceptor, ear)
    simulator.obey("power off")
    fault = ear.wait(Fault)
    assert fault == Fault(number=FaultNumber.NOT_ANSWERING, raw="")
    simulator.obey("power on")
    ear.wait(Ready)
    ear.wait(Enabled)


class Line:
    """A port in memory that breaks on demand."""

    def __init__(self, *, breaks: bool = False) -> None:
        self.breaks = breaks
        self.closed = False
        self.reads = 0
        self._woken = threading.Event()

    def read(self, timeout_s: float | None) -> bytes:
        self.reads += 1
        if self.breaks:
            raise TransportError("broken")
        self._woken.wait(timeout_s)
        self._woken.clear()
        return b""

    def write(self, data: bytes) -> None:
        assert data

    def wake(self) -> None:
        self._woken.set()

    def close(self) -> None:
        self.closed = True


class Host:
    """A host half that does next to nothing, or fails."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.fails = 0
        self.opened = threading.Event()

    def accept(self, denominations: frozenset[Note]) -> None:
        self.said.append(f"accept {len(denominations)}")

    def stop(self) -> None:
        self.said.append("stop")

    def stack(self, cycle: CycleId) -> None:
        self.said.append(f"stack {cycle}")

    def give_back(self, cycle: CycleId) -> None:
        self.said.append(f"give_back {cycle}")

    def hold(self, cycle: CycleId) -> None:
        self.said.append(f"hold {cycle}")

    def settled(self, cycle: CycleId) -> None:
        self.said.append(f"settled {cycle}")

    def receive(self, data: bytes, now: float) -> list[AcceptorEvent]:
        return []

    def tick(self, now: float) -> list[AcceptorEvent]:
        if self.fails:
            self.fails -= 1
            raise RuntimeError("a bug")
        return []

    def data_to_send(self) -> bytes:
        return b""

    def next_deadline(self) -> float | None:
        return None

    def port_opened(self, now: float) -> list[AcceptorEvent]:
        self.opened.set()
        return []

    def port_lost(self, now: float) -> list[AcceptorEvent]:
        return [Fault(number=FaultNumber.PORT_LOST, raw="")]


def running(host: Host, open_port: Callable[[], Line], ear: Ear) -> AcceptorThread:
    thread = AcceptorThread(host, open_port, ear.post, time.monotonic, reopen_s=0.01)
    thread.start()
    return thread


def wait_for(condition: Callable[[], bool], limit_s: float = 5.0) -> None:
    end = time.monotonic() + limit_s
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.002)


def test_commands_reach_the_host_in_order_and_at_once(ear: Ear) -> None:
    host, line = Host(), Line()
    thread = running(host, lambda: line, ear)
    assert host.opened.wait(5)
    began = time.monotonic()
    thread.accept(frozenset())
    thread.stack(CycleId("a"))
    thread.hold(CycleId("a"))
    thread.give_back(CycleId("a"))
    thread.settled(CycleId("a"))
    thread.stop()
    expected = ["accept 0", "stack a", "hold a", "give_back a", "settled a", "stop"]
    wait_for(lambda: host.said == expected)
    assert time.monotonic() - began < 0.5
    thread.stop_thread()
    assert line.closed


def test_an_idle_line_is_not_polled_busily(ear: Ear) -> None:
    host, line = Host(), Line()
    thread = running(host, lambda: line, ear)
    assert host.opened.wait(5)
    thread.stop()
    wait_for(lambda: host.said == ["stop"])
    thread.stop_thread()
    assert line.reads < 10


def test_a_broken_line_is_a_fault_and_is_opened_again(ear: Ear) -> None:
    lines: list[Line] = []

    def open_port() -> Line:
        if not lines:
            lines.append(Line(breaks=True))
            return lines[-1]
        if len(lines) < 3:
            lines.append(Line())
            raise TransportError("not there")
        lines.append(Line())
        return lines[-1]

    host = Host()
    thread = running(host, open_port, ear)
    assert ear.wait(Fault) == Fault(number=FaultNumber.PORT_LOST, raw="")
    wait_for(lambda: len(lines) == 4)
    assert lines[0].closed
    thread.stop_thread()


def test_a_bug_becomes_a_fault_and_the_thread_goes_on(ear: Ear) -> None:
    host = Host()
    host.fails = 2
    thread = running(host, Line, ear)
    for _ in range(2):
        assert ear.wait(Fault) == Fault(number=FaultNumber.DRIVER_FAILED, raw="RuntimeError")
    thread.stop()
    wait_for(lambda: host.said == ["stop"])
    thread.stop_thread()


def test_a_port_that_brings_nothing_is_opened_anew(ear: Ear) -> None:
    opened: list[Line] = []

    def open_port() -> Line:
        opened.append(Line())
        return opened[-1]

    thread = AcceptorThread(
        Host(), open_port, ear.post, time.monotonic, reopen_s=0.01, silent_port_s=0.05
    )
    thread.start()
    end = time.monotonic() + 8
    while len(opened) < 2 and time.monotonic() < end:
        thread.stop()
        time.sleep(0.02)
    thread.stop_thread()
    assert len(opened) >= 2


@pytest.fixture
def full_log() -> Iterator[None]:
    """A log on a full disk: every line raises."""

    def fail(*_: object) -> structlog.typing.EventDict:
        raise OSError("no space left on device")

    kept = structlog.get_config()
    structlog.configure(processors=[fail])
    yield
    structlog.configure(**kept)


@pytest.mark.usefixtures("full_log")
def test_a_log_that_cannot_be_written_ends_nothing(ear: Ear) -> None:
    lines: list[Line] = []

    def open_port() -> Line:
        lines.append(Line(breaks=len(lines) < 2))
        return lines[-1]

    host = Host()
    thread = running(host, open_port, ear)
    # Not DRIVER_FAILED: a lost port is told as what it is, and the line is opened again.
    for _ in range(2):
        assert ear.wait(Fault) == Fault(number=FaultNumber.PORT_LOST, raw="")
    wait_for(lambda: len(lines) == 3)
    host.fails = 1
    thread.stop()
    assert ear.wait(Fault) == Fault(number=FaultNumber.DRIVER_FAILED, raw="RuntimeError")
    thread.stop()
    wait_for(lambda: host.said == ["stop", "stop"])
    thread.stop_thread()
