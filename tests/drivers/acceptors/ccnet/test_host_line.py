"""Silence, damage, echo and a lost port under the CCNET host half."""

import pytest

from drivers.acceptors.ccnet.codes import Command, State
from drivers.acceptors.ccnet.frames import encode_answer
from drivers.acceptors.contract import (
    Enabled,
    Fault,
    Ready,
)
from drivers.acceptors.faults import FaultNumber
from simulation.acceptor.puppets.ccnet import ALL, Bench
from simulation.acceptor.rig import kinds


def test_silence_is_a_fault_once_and_the_device_is_reset_now_and_then() -> None:
    bench = Bench("19").enabled()
    bench.puppet.raw = lambda _: b""
    assert bench.hear("14", 60.0) == [Fault(number=FaultNumber.NOT_ANSWERING, raw="")]
    assert 4 <= bench.puppet.commands().count(Command.RESET) <= 7
    bench.puppet.raw = lambda frame: frame
    assert kinds(bench.hear("19", 3.0)) == [Ready]
    assert kinds(bench.hear("14", 1.0)) == [Enabled]


def test_a_device_that_was_never_heard_is_never_reset() -> None:
    bench = Bench("19")
    bench.puppet.raw = lambda _: b""
    bench.hear("19", 60.0)
    assert bench.puppet.commands() == []


@pytest.mark.parametrize("last", ["80 05", "17", "81 05", "15", "18", "46"])
def test_a_silent_device_with_a_note_is_never_reset(last: str) -> None:
    bench = Bench("19")
    bench.in_escrow()
    bench.hear(last)
    bench.puppet.raw = lambda _: b""
    bench.hear(last, 120.0)
    assert Command.RESET not in bench.puppet.commands()


@pytest.mark.parametrize("last", ["15", "46"])
def test_a_silent_device_with_what_it_never_recognised_is_reset_when_that_must_be_out(
    last: str,
) -> None:
    bench = Bench("19").enabled()
    bench.hear(last)
    bench.puppet.raw = lambda _: b""
    bench.hear(last, 55.0)
    assert Command.RESET not in bench.puppet.commands()
    bench.hear(last, 20.0)
    assert Command.RESET in bench.puppet.commands()
    bench.puppet.raw = lambda frame: frame
    assert Ready in kinds(bench.hear("19", 3.0))


def test_nothing_but_damaged_answers_is_another_fault() -> None:
    bench = Bench("19").enabled()
    bench.puppet.raw = lambda frame: frame[:-1] + bytes([frame[-1] ^ 1])
    assert bench.hear("14", 20.0) == [Fault(number=FaultNumber.LINE_GARBAGE, raw="")]
    assert b"\xff" in bench.puppet.heard


def test_echo_of_own_frames_is_skipped() -> None:
    bench = Bench("10")
    bench.puppet.echoes = True
    bench.hear("10", 1.0)
    assert Command.RESET in bench.puppet.commands()
    bench.hear("13")
    assert kinds(bench.hear("19", 2.0)) == [Ready]
    bench.host.accept(ALL)
    assert kinds(bench.hear("14", 1.0)) == [Enabled]


def test_answers_of_other_devices_on_the_bus_are_not_ours() -> None:
    bench = Bench("19").enabled()
    bench.puppet.raw = lambda frame: encode_answer(b"\x42", address=2) + frame
    assert bench.hear("14", 1.0) == []


def test_a_lost_port_is_told_once_and_found_again() -> None:
    bench = Bench("19").enabled()
    lost = bench.host.port_lost(bench.rig.now)
    assert lost == [Fault(number=FaultNumber.PORT_LOST, raw="")]
    assert bench.host.port_lost(bench.rig.now) == []
    assert bench.host.next_deadline() is None
    bench.rig.run(10)
    assert bench.host.data_to_send() == b""
    bench.host.port_opened(bench.rig.now)
    assert kinds(bench.hear("19", 2.0)) == [Ready]


def test_states_of_the_sheet_all_have_names() -> None:
    assert {f"{state:02X}" for state in State} >= {"10", "19", "1C", "47", "80", "81", "82"}
