"""The acceptor contract on a bad line, the same for every protocol.

Whatever happens to one message, each note in the cassette is credited once, and the machine goes on.
"""

from collections.abc import Callable, Mapping

import pytest

from drivers.acceptors.contract import Escrowed, Fault, Ready, Stacked
from drivers.acceptors.faults import FaultNumber
from simulation.acceptor.bench import Bench, give_back
from simulation.acceptor.laws import broken, come_to_rest, works_again
from simulation.acceptor.machine import Machine
from simulation.acceptor.protocols import Kit

AnyBench = Bench[Machine]
JUNK = bytes.fromhex("00 FF 02 7F FC 7F 02 03 06")
DEEDS: Mapping[str, Callable[[bytes], bytes]] = {
    "lost": lambda _: b"",
    "twice": lambda data: data + data,
    "junk before": lambda data: JUNK + data,
    "junk after": lambda data: data + JUNK,
    "junk inside": lambda data: data[: len(data) // 2] + JUNK + data[len(data) // 2 :],
    "cut short": lambda data: data[:-1],
    "without its beginning": lambda data: data[1:],
    "wrong checksum": lambda data: data[:-1] + bytes([data[-1] ^ 0x10]),
    "one bit": lambda data: data[:2] + bytes([data[2] ^ 0x01]) + data[3:],
}
MESSAGES = 24
"""More than one note's way takes in one direction."""


class Spoiler:
    """Spoils one message of one direction, counted from `arm`."""

    def __init__(self, deed: Callable[[bytes], bytes], *, to_device: bool) -> None:
        self._deed = deed
        self._to_device = to_device
        self._left: int | None = None

    def arm(self, after: int) -> None:
        self._left = after

    def __call__(self, data: bytes, to_device: bool) -> bytes:
        if to_device is not self._to_device or self._left is None:
            return data
        self._left -= 1
        if self._left >= 0:
            return data
        self._left = None
        return self._deed(data)


@pytest.mark.parametrize("to_device", [True, False], ids=["to the device", "to the host"])
@pytest.mark.parametrize("deed", DEEDS)
def test_each_message_of_a_notes_way_may_be_spoiled(
    kit: Kit[Machine], deed: str, to_device: bool
) -> None:
    spoiler = Spoiler(DEEDS[deed], to_device=to_device)
    bench = Bench(kit, noise=spoiler)
    bench.start()
    for point in range(MESSAGES):
        spoiler.arm(point)
        assert bench.insert(500), f"message {point}: {bench.machine.shown}"
        come_to_rest(bench)
        assert broken(bench) == [], f"message {point}"
    assert len(bench.cassette()) + len(bench.returned()) == MESSAGES
    assert works_again(bench) == []


def test_a_note_that_is_given_back_over_a_bad_line_is_credited_to_nobody(
    kit: Kit[Machine],
) -> None:
    spoiler = Spoiler(DEEDS["lost"], to_device=False)
    bench = Bench(kit, noise=spoiler)
    bench.decide = give_back
    bench.start()
    for point in range(0, MESSAGES, 2):
        spoiler.arm(point)
        assert bench.insert(500)
        come_to_rest(bench)
    assert bench.credited() == bench.cassette() == []
    assert len(bench.returned()) == MESSAGES / 2
    assert broken(bench) == []


def test_answers_of_other_devices_on_the_bus_mean_nothing(kit: Kit[Machine]) -> None:
    def crowd(data: bytes, to_device: bool) -> bytes:
        return data if to_device else b"".join(kit.strangers) + data

    bench = Bench(kit, noise=crowd)
    bench.start()
    assert bench.insert(500)
    bench.rig.run(8)
    assert bench.credited() == bench.cassette() == [500]
    assert works_again(bench) == []


def test_a_line_that_echoes_credits_nothing_twice(bench: AnyBench) -> None:
    """Half-duplex adapters repeat what the host says; a driver may also refuse such a line."""
    bench.machine.trouble.echoes = True
    bench.rig.run(20)
    if not bench.told(Ready):
        assert bench.told(Fault)
        return
    bench.accept()
    bench.rig.run(2)
    assert bench.insert(500)
    bench.rig.run(8)
    assert bench.credited() == bench.cassette() == [500]
    assert works_again(bench) == []


@pytest.mark.parametrize("tenths", range(0, 40, 4))
def test_the_port_may_be_unplugged_at_any_moment(bench: AnyBench, tenths: int) -> None:
    bench.start()
    bench.insert(500)
    bench.rig.run(tenths / 10)
    bench.rig.unplug()
    bench.rig.run(3)
    bench.rig.plug()
    assert works_again(bench) == []
    assert broken(bench) == []
    lost = [e for e in bench.told(Fault) if isinstance(e, Fault)]
    assert [fault.number for fault in lost] == [FaultNumber.PORT_LOST]


def test_a_line_with_nobody_on_it_is_a_fault_and_heals(bench: AnyBench) -> None:
    bench.start()
    bench.machine.trouble.silent = True
    bench.rig.run(20)
    faults = [e.number for e in bench.told(Fault) if isinstance(e, Fault)]
    assert faults == [FaultNumber.NOT_ANSWERING]
    bench.machine.trouble.silent = False
    assert works_again(bench) == []
    assert broken(bench) == []


def test_garbage_alone_is_a_fault_and_never_a_note(bench: AnyBench) -> None:
    bench.start()
    bench.machine.trouble.garbage = True
    bench.rig.run(30)
    assert bench.told(Fault)
    assert not bench.told(Escrowed, Stacked)
    bench.machine.trouble.garbage = False
    assert works_again(bench) == []


def test_a_busy_device_is_asked_again(bench: AnyBench) -> None:
    bench.start()
    bench.insert(500)
    for _ in range(8):
        bench.machine.trouble.busy_polls = 2
        bench.rig.run(0.5)
    bench.rig.run(6)
    assert bench.credited() == bench.cassette() == [500]
    assert works_again(bench) == []
