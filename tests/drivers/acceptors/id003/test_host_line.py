"""Silence, damage, echo and a lost port under the ID-003 host half."""

from collections.abc import Callable

import pytest

from drivers.acceptors.contract import (
    Disputed,
    Enabled,
    Fault,
    Ready,
)
from drivers.acceptors.faults import FaultNumber
from drivers.acceptors.id003.codes import Command
from drivers.acceptors.id003.frames import Frame, encode
from simulation.acceptor.puppets.id003 import ALL, Bench, rub
from simulation.acceptor.rig import kinds


def test_silence_is_a_fault_once_and_the_device_is_reset_now_and_then() -> None:
    bench = Bench("1A").enabled()
    bench.puppet.raw = lambda _: b""
    assert bench.hear("11", 60.0) == [Fault(number=FaultNumber.NOT_ANSWERING, raw="")]
    assert 4 <= bench.puppet.commands().count(Command.RESET) <= 7
    bench.puppet.raw = lambda frame: frame
    assert kinds(bench.hear("1A", 4.0)) == [Ready]


def test_a_device_never_heard_is_reset_only_when_it_must_be_mute() -> None:
    bench = Bench("1A")
    bench.puppet.raw = lambda _: b""
    bench.hear("1A", 70.0)
    assert set(bench.puppet.commands()) == {Command.VERSION}
    bench.hear("1A", 10.0)
    assert Command.RESET in bench.puppet.commands()


@pytest.mark.parametrize("last", ["13 65", "14"])
def test_a_silent_device_with_a_note_is_reset_when_it_must_be_mute_and_the_note_disputed(
    last: str,
) -> None:
    bench = Bench("1A")
    cycle = bench.in_escrow().cycle
    bench.host.stack(cycle)
    bench.hear(last)
    bench.puppet.raw = lambda _: b""
    bench.hear(last, 70.0)
    assert Command.RESET not in bench.puppet.commands()
    bench.hear(last, 10.0)
    assert Command.RESET in bench.puppet.commands()
    bench.puppet.raw = lambda frame: frame
    bench.puppet.heard.clear()
    bench.hear("1B", 2.0)
    (disputed,) = bench.hear("1A", 10.0)
    assert isinstance(disputed, Disputed)
    assert (disputed.cycle, disputed.note) == (cycle, rub(500))
    bench.host.settled(cycle)
    assert kinds(bench.hear("1A", 1.0)) == [Ready]
    assert Command.RESET not in bench.puppet.commands()


def test_a_reset_whose_answer_is_lost_leaves_the_note_in_doubt() -> None:
    bench = Bench("1A")
    cycle = bench.stacking().cycle
    bench.puppet.raw = lambda _: b""
    bench.hear("14", 80.0)
    bench.puppet.raw = lambda frame: frame
    (disputed,) = bench.hear("1A", 10.0)
    assert isinstance(disputed, Disputed)
    assert disputed.cycle == cycle


def test_a_silent_device_is_never_reset_while_the_end_that_it_told_is_not_on_record() -> None:
    bench = Bench("1A")
    cycle = bench.stacking().cycle
    bench.hear("15")
    bench.puppet.raw = lambda _: b""
    bench.hear("15", 120.0)
    assert Command.RESET not in bench.puppet.commands()
    bench.host.settled(cycle)
    bench.hear("15", 10.0)
    assert Command.RESET in bench.puppet.commands()


@pytest.mark.parametrize(
    "raw", [lambda frame: frame[:-1] + bytes([frame[-1] ^ 1]), lambda _: encode(0x4A)]
)
def test_nothing_but_damage_on_either_side_is_another_fault(raw: Callable[[bytes], bytes]) -> None:
    bench = Bench("1A").enabled()
    bench.puppet.raw = raw
    assert bench.hear("11", 20.0) == [Fault(number=FaultNumber.LINE_GARBAGE, raw="")]


def test_a_loop_back_is_no_idle_device() -> None:
    bench = Bench("11")
    bench.puppet.echoes = True
    bench.puppet.raw = lambda _: b""
    assert bench.hear("11", 20.0) == [Fault(number=FaultNumber.NOT_ANSWERING, raw="echo")]
    assert set(bench.puppet.commands()) == {Command.VERSION}


def test_an_echoing_line_with_a_device_works() -> None:
    bench = Bench("40")
    bench.puppet.echoes = True
    bench.hear("40", 1.0)
    assert Command.RESET in bench.puppet.commands()
    bench.hear("1B", 2.0)
    assert kinds(bench.hear("1A", 2.0)) == [Ready]
    bench.host.accept(ALL)
    bench.hear("1A", 0.3)
    assert kinds(bench.hear("11", 1.0)) == [Enabled]


def test_an_enquiry_brings_the_next_poll_forward() -> None:
    bench = Bench("1A").enabled()
    bench.puppet.heard.clear()
    bench.rig.run(5.0)
    usual = len(bench.puppet.heard)
    bench.puppet.raw = lambda frame: frame + b"\x05"
    bench.rig.run(5.0)
    assert len(bench.puppet.heard) - usual > 1.5 * usual


def test_a_lost_port_is_told_once_and_found_again() -> None:
    bench = Bench("1A").enabled()
    assert bench.host.port_lost(bench.rig.now) == [Fault(number=FaultNumber.PORT_LOST, raw="")]
    assert bench.host.port_lost(bench.rig.now) == []
    assert bench.host.next_deadline() is None
    bench.rig.run(10)
    assert bench.host.data_to_send() == b""
    bench.puppet.heard.clear()
    bench.host.port_opened(bench.rig.now)
    assert kinds(bench.hear("1A", 3.0)) == [Ready]
    assert bench.puppet.heard[0] == Frame(code=Command.VERSION)
