"""Faults, jams and doubts as the ID-003 host half tells them."""

import pytest

from drivers.acceptors.contract import (
    CassetteIn,
    CassetteOut,
    Disputed,
    Enabled,
    Fault,
    Ready,
    Rejected,
    RejectReason,
    Stacked,
    Validating,
)
from drivers.acceptors.faults import FaultNumber
from drivers.acceptors.id003.codes import Command
from simulation.acceptor.puppets.id003 import Bench, rub
from simulation.acceptor.rig import kinds


def test_reject_and_validating_are_told_once_for_each_episode() -> None:
    bench = Bench("1A").enabled()
    assert kinds(bench.hear("12", 1.0)) == [Validating]
    assert bench.hear("17 76", 1.0) == [Rejected(reason=RejectReason.UNRECOGNISED, raw="17 76")]
    bench.hear("11")
    assert kinds(bench.hear("17 76", 1.0)) == [Rejected]
    assert bench.hear("17 99")[0] == Rejected(reason=RejectReason.OTHER, raw="17 99")


FAULTS = [
    ("43", FaultNumber.CASSETTE_FULL),
    ("45", FaultNumber.VALIDATOR_JAMMED),
    ("46", FaultNumber.CASSETTE_JAMMED),
    ("47", FaultNumber.PAUSED),
    ("48", FaultNumber.CHEAT_ATTEMPT),
    ("49 A2", FaultNumber.STACKING_MOTOR),
    ("49 A5", FaultNumber.TRANSPORT_SPEED),
    ("49 A6", FaultNumber.TRANSPORT_MOTOR),
    ("49 A7", FaultNumber.ALIGNING_MOTOR),
    ("49 A8", FaultNumber.DEVICE_FAILURE),
    ("49 AB", FaultNumber.CASSETTE_STATUS),
    ("49 AC", FaultNumber.OPTIC_SENSOR),
    ("49 AD", FaultNumber.MAGNETIC_SENSOR),
    ("49 AF", FaultNumber.HEAD_OPEN),
    ("49 B0", FaultNumber.ELECTRONICS),
    ("49 77", FaultNumber.DEVICE_FAILURE),
]


@pytest.mark.parametrize(("state", "number"), FAULTS)
def test_a_fault_is_told_once_and_ended_by_ready(state: str, number: FaultNumber) -> None:
    bench = Bench("1A").enabled()
    assert bench.hear(state, 3.0) == [Fault(number=number, raw=state)]
    bench.hear("1B", 2.0)
    assert kinds(bench.hear("1A", 2.0)) == [Ready]
    assert kinds(bench.hear("11", 1.0)) == [Enabled]


def test_a_failure_is_reset_a_few_times_only() -> None:
    bench = Bench("1A").enabled()
    bench.hear("49 A2", 400.0)
    assert bench.puppet.commands().count(Command.RESET) == 3


@pytest.mark.parametrize("jam", ["45", "46"])
def test_a_jam_is_never_reset(jam: str) -> None:
    bench = Bench("1A").enabled()
    bench.hear(jam, 100.0)
    assert Command.RESET not in bench.puppet.commands()


def test_stacker_out_and_in() -> None:
    bench = Bench("1A").enabled()
    assert kinds(bench.hear("44", 3.0)) == [CassetteOut]
    assert bench.hear("1B", 2.0) == []
    assert kinds(bench.hear("1A", 2.0)) == [CassetteIn, Ready]


@pytest.mark.parametrize("jam", ["45", "46", "49 A2", "43", "44"])
def test_trouble_while_stacking_is_disputed_after_a_grace_period(jam: str) -> None:
    bench = Bench("1A")
    cycle = bench.stacking().cycle
    assert Disputed not in kinds(bench.hear(jam, 7.0))
    (disputed,) = [e for e in bench.hear(jam, 3.0) if isinstance(e, Disputed)]
    assert (disputed.cycle, disputed.note) == (cycle, rub(500))
    assert {"14", jam, "stack ordered"} <= set(disputed.evidence)
    bench.host.settled(cycle)
    bench.hear(jam, 0.3)
    assert bench.hear(jam, 60.0) == []


def test_a_disputed_note_that_is_stacked_after_all_keeps_its_cycle() -> None:
    bench = Bench("1A")
    cycle = bench.stacking().cycle
    bench.hear("46", 12.0)
    bench.host.settled(cycle)
    bench.hear("1B", 2.0)
    (stacked,) = [e for e in bench.hear("15") if isinstance(e, Stacked)]
    assert stacked.cycle == cycle


def test_a_stack_that_a_reset_forgot_is_disputed_before_ready() -> None:
    bench = Bench("1A")
    cycle = bench.stacking().cycle
    for state in ("40", "1B"):
        bench.hear(state, 2.0)
    (disputed,) = bench.hear("1A", 10.0)
    assert isinstance(disputed, Disputed)
    assert disputed.cycle == cycle
    bench.host.settled(cycle)
    assert kinds(bench.hear("1A", 1.0)) == [Ready]


def test_stacking_for_too_long_is_a_fault_and_never_reset() -> None:
    bench = Bench("1A")
    bench.stacking()
    assert bench.hear("14", 100.0) == [Fault(number=FaultNumber.STACKING_OVERDUE, raw="14")]
    assert Command.RESET not in bench.puppet.commands()


@pytest.mark.parametrize("state", ["1C", "20", "4F", "13", "17"])
def test_a_state_of_other_firmware_or_half_of_one_means_nothing(state: str) -> None:
    bench = Bench("1A").enabled()
    assert bench.hear(state, 2.0) == []
    assert bench.puppet.commands() == []
