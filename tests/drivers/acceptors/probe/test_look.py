"""A port is looked at with real device halves, without a change in any of them."""

from collections.abc import Callable

import pytest

from drivers.acceptors.contract import Note, Ready
from drivers.acceptors.probe import Finding, Outcome, look_at
from drivers.acceptors.probe.protocols import PROBES
from drivers.transports.port import TransportError
from drivers.transports.serial_port import SerialSettings
from simulation.acceptor.bench import Bench
from simulation.acceptor.machine import Machine
from simulation.acceptor.protocols import Build, ProtocolName, kit_of

BAUD = 9600


class Desk:
    """A port under simulated time with a machine, or nothing, behind it."""

    def __init__(
        self, machine: Machine | None, *, baud: int = BAUD, echoes: bool = False, junk: bytes = b""
    ) -> None:
        self.machine = machine
        self.now = 1000.0
        self.settings = SerialSettings(url="")
        self.open = 0
        self.sent = b""
        self._baud = baud
        self._echoes = echoes
        self._junk = junk
        self._waiting = b""

    def opened(self, settings: SerialSettings) -> "Desk":
        self.settings = settings
        self.open += 1
        return self

    def read(self, timeout_s: float | None) -> bytes:
        assert timeout_s is not None
        end = self.now + timeout_s
        while True:
            if self.machine is not None:
                self.machine.tick(self.now)
                self._waiting += self.machine.data_to_send()
            if self._waiting or self.now >= end:
                break
            self.now = min(self.now + 0.005, end)
        got, self._waiting = self._waiting, b""
        return got

    def write(self, data: bytes) -> None:
        self.sent += data
        self._waiting += (data if self._echoes else b"") + self._junk
        if self.machine is not None and self.settings.baud == self._baud:
            self.machine.receive(data, self.now)

    def wake(self) -> None:
        raise AssertionError("nobody wakes a probe")

    def close(self) -> None:
        self.open -= 1


def machine_of(protocol: ProtocolName) -> Machine:
    return kit_of(protocol).make_machine(Build())


def look(desk: Desk) -> Finding:
    found = look_at("/dev/ttyS7", PROBES, opened=desk.opened, clock=lambda: desk.now)
    assert desk.open == 0
    return found


@pytest.mark.parametrize("protocol", list(ProtocolName))
@pytest.mark.parametrize("echoes", [False, True])
def test_a_device_just_powered_up_tells_all_of_itself(
    protocol: ProtocolName, *, echoes: bool
) -> None:
    desk = Desk(machine_of(protocol), echoes=echoes)
    found = look(desk)
    assert (found.outcome, found.baud) == (Outcome.FOUND, BAUD)
    assert found.device is not None
    assert found.device.identity.protocol == protocol
    assert Note(minor=50_000, currency="RUB") in found.device.notes
    assert desk.now - 1000.0 < 5


@pytest.mark.parametrize("protocol", [ProtocolName.ID003, ProtocolName.SSP])
def test_a_probe_and_the_terminal_show_the_same_device_alike(protocol: ProtocolName) -> None:
    found = look(Desk(machine_of(protocol))).device
    bench = Bench(kit_of(protocol), Build())
    bench.start()
    ready = bench.told(Ready)[-1]
    assert isinstance(ready, Ready)
    assert found is not None
    assert ready.identity == found.identity
    assert ready.identity.model
    assert ready.identity.firmware


@pytest.mark.parametrize("protocol", [ProtocolName.CCNET, ProtocolName.ID003])
def test_a_device_is_found_at_the_other_speed(protocol: ProtocolName) -> None:
    found = look(Desk(machine_of(protocol), baud=19200))
    assert (found.outcome, found.baud) == (Outcome.FOUND, 19200)


@pytest.mark.parametrize("protocol", list(ProtocolName))
@pytest.mark.parametrize("power_up", range(3))
def test_looking_changes_nothing(protocol: ProtocolName, power_up: int) -> None:
    machine, twin = machine_of(protocol), machine_of(protocol)
    names = list(machine.power_ups)
    for one in (machine, twin):
        one.tick(1000.0)
        if power_up < len(names):
            one.power_cut()
            one.power_on(one.power_ups[names[power_up]])
    desk = Desk(machine)
    look(desk)
    beside = Desk(twin)
    while beside.now < desk.now:
        beside.read(0.05)
    assert machine.shown == twin.shown
    assert machine.body.phase == twin.body.phase
    assert not machine.body.violations


@pytest.mark.parametrize(
    ("desk", "outcome"),
    [
        (Desk(None), Outcome.SILENT),
        (Desk(None, echoes=True), Outcome.ECHO),
        (Desk(None, junk=b"hello\r\n"), Outcome.FOREIGN),
        (Desk(None, junk=bytes(range(256)) * 40), Outcome.FOREIGN),
    ],
    ids=["silent", "echo", "foreign", "flood"],
)
def test_what_is_no_acceptor_is_told_apart(desk: Desk, outcome: Outcome) -> None:
    assert look(desk).outcome is outcome


def test_a_port_that_is_in_use_is_left_alone() -> None:
    def busy(_: SerialSettings) -> Desk:
        raise TransportError("serial port /dev/ttyS7 cannot be opened: it is in use")

    found = look_at("/dev/ttyS7", PROBES, opened=busy, clock=lambda: 0.0)
    assert found.outcome is Outcome.UNUSABLE
    assert "in use" in found.problem


def test_no_probe_ever_orders_or_acknowledges() -> None:
    desk = Desk(None)
    look(desk)
    harmful: list[Callable[[bytes], bool]] = [
        lambda sent: b"\x02\x03\x06\x30" in sent,
        lambda sent: b"\x02\x03\x06\x00" in sent,
        lambda sent: b"\x02\x03\x06\x33" in sent,
        lambda sent: b"\xfc\x05\x40" in sent,
        lambda sent: b"\xfc\x05\x50" in sent,
    ]
    assert not any(harm(desk.sent) for harm in harmful)
