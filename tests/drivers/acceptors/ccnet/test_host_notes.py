"""What the CCNET host half tells of notes, when it acknowledges, and which note is which."""

import pytest

from drivers.acceptors.ccnet.codes import Command
from drivers.acceptors.contract import (
    Disputed,
    Fault,
    Note,
    Ready,
    Returned,
    Returning,
    Stacked,
    StackedHow,
)
from drivers.acceptors.faults import FaultNumber
from simulation.acceptor.puppets.ccnet import ACK, Bench
from simulation.acceptor.rig import kinds


def test_every_ordinary_answer_is_acknowledged_at_once() -> None:
    bench = Bench("19").enabled()
    bench.hear("14", 2.0)
    polls = bench.puppet.heard.count(bytes([Command.POLL]))
    assert polls >= 9
    assert abs(bench.puppet.heard.count(ACK) - polls) <= 1


def test_settled_in_time_is_acknowledged_within_the_patience_of_the_wire() -> None:
    bench = Bench("19")
    cycle = bench.stacking().cycle
    bench.puppet.say("81 05")
    bench.rig.run_until(
        lambda: bool(bench.rig.events) and isinstance(bench.rig.events[-1], Stacked)
    )
    told_at = bench.rig.now
    assert bench.puppet.heard[-1] == bytes([Command.POLL])
    bench.host.settled(cycle)
    bench.rig.run(0.001)
    assert bench.puppet.heard[-1] == ACK
    assert bench.rig.now - told_at < 0.010


def test_settled_too_late_waits_for_the_repeat_and_hurries_it() -> None:
    bench = Bench("19")
    cycle = bench.stacking().cycle
    bench.puppet.say("81 05")
    bench.rig.run_until(
        lambda: bool(bench.rig.events) and isinstance(bench.rig.events[-1], Stacked)
    )
    bench.rig.run(0.05)
    bench.host.settled(cycle)
    told = len(bench.rig.events)
    bench.rig.run(0.08)
    assert bench.puppet.heard[-2:] == [bytes([Command.POLL]), ACK]
    assert len(bench.rig.events) == told, "a settled note is not told again"


def test_another_note_than_was_in_escrow_is_reported_as_the_device_says() -> None:
    bench = Bench("19")
    cycle = bench.stacking().cycle
    (stacked, *_) = bench.hear("81 04", 0.2)
    assert isinstance(stacked, Stacked)
    assert stacked.cycle == cycle
    assert stacked.note == Note(minor=10_000, currency="RUB")


def test_the_counter_goes_along() -> None:
    bench = Bench("19")
    escrowed = bench.stacking()
    (stacked, *_) = bench.hear("81 05", 0.2)
    assert escrowed.device_count == 7
    assert isinstance(stacked, Stacked)
    assert stacked.device_count == 8


def test_half_an_event_is_asked_for_again() -> None:
    bench = Bench("19")
    bench.stacking()
    bench.puppet.heard.clear()
    assert bench.hear("81") == []
    assert ACK not in bench.puppet.heard


def test_a_state_of_other_firmware_is_acknowledged_and_ignored() -> None:
    bench = Bench("19").enabled()
    assert bench.hear("77") == []
    assert bench.puppet.heard[-1] == ACK


@pytest.mark.parametrize(
    ("state", "number"),
    [("84 05", FaultNumber.SUSPECT_NOTE), ("90 01", FaultNumber.COUNTERFEIT_HELD)],
)
def test_notes_that_newer_firmware_suspects_are_told(state: str, number: FaultNumber) -> None:
    bench = Bench("19").enabled()
    assert bench.hear(state) == [Fault(number=number, raw=state)]
    assert bench.puppet.heard[-1] == ACK


def test_a_note_that_is_kept_as_counterfeit_is_a_dispute_and_no_credit() -> None:
    bench = Bench("19")
    escrowed = bench.stacking()
    fault, disputed = bench.hear("90 05")
    assert isinstance(fault, Fault)
    assert isinstance(disputed, Disputed)
    assert disputed.cycle == escrowed.cycle
    assert bench.hear("14", 8.0) == []


def stacked_and_settled(bench: Bench) -> Stacked:
    bench.stacking()
    (stacked, *_) = bench.hear("81 05", 0.2)
    assert isinstance(stacked, Stacked)
    bench.host.settled(stacked.cycle)
    assert bench.hear("81 05", 1.0) == []
    return stacked


def test_a_replay_after_power_up_is_the_same_note_even_if_it_is_shown_moving() -> None:
    bench = Bench("19")
    stacked_and_settled(bench)
    for state in ("12", "13", "17"):
        assert bench.hear(state) == []
    bench.puppet.heard.clear()
    assert bench.hear("81 05", 0.3) == []
    assert ACK in bench.puppet.heard
    assert kinds(bench.hear("19", 5.0)) == [Ready]


def test_the_same_event_after_the_device_was_at_rest_is_another_note() -> None:
    bench = Bench("19")
    first = stacked_and_settled(bench)
    bench.hear("14")
    (second, *_) = bench.hear("81 05", 0.2)
    assert isinstance(second, Stacked)
    assert second.cycle != first.cycle
    assert second.how is StackedHow.RECOVERED


def test_another_type_right_after_a_settled_note_is_another_note() -> None:
    bench = Bench("19")
    first = stacked_and_settled(bench)
    (second, *_) = bench.hear("81 04", 0.2)
    assert isinstance(second, Stacked)
    assert second.cycle != first.cycle


def test_a_note_stacked_after_a_return_is_another_note() -> None:
    bench = Bench("19")
    cycle = bench.in_escrow().cycle
    bench.host.give_back(cycle)
    bench.hear("82 05", 0.2)
    bench.host.settled(cycle)
    bench.hear("82 05", 0.5)
    (stacked, *_) = bench.hear("81 05", 0.2)
    assert isinstance(stacked, Stacked)
    assert stacked.cycle != cycle


def test_silence_during_recovery_is_never_broken_by_a_reset() -> None:
    bench = Bench("12")
    bench.hear("12")
    bench.hear("13")
    resets = bench.puppet.commands().count(Command.RESET)
    bench.puppet.raw = lambda _: b""
    bench.hear("13", 60.0)
    assert bench.puppet.commands().count(Command.RESET) == resets == 1


def test_a_note_in_the_path_behind_one_that_is_open_is_not_that_one() -> None:
    """Its 81 was lost in noise, the next note was drawn in, and the device lost its power."""
    bench = Bench("19")
    bench.no_counter()
    cycle = bench.stacking().cycle
    bench.hear("15", 0.25)
    told = bench.hear("11", 0.45)
    assert {(type(event), event.cycle) for event in told if not isinstance(event, Fault)} == {
        (Disputed, cycle)
    }
    bench.host.settled(cycle)
    later = bench.hear("13") + bench.hear("19", 3.0)
    assert not {Stacked, Returned, Returning} & {type(event) for event in later}


def test_a_note_in_the_path_behind_one_that_is_open_is_decided_by_the_counter() -> None:
    bench = Bench("19")
    bench.counts(7)
    cycle = bench.stacking().cycle
    bench.hear("15", 0.25)
    assert not {Returned, Returning} & {type(event) for event in bench.hear("11", 0.45)}
    bench.counts(8)
    later = bench.hear("13") + bench.hear("19", 3.0)
    (stacked,) = {event.cycle for event in later if isinstance(event, Stacked)}
    assert stacked == cycle
    assert not {Returned, Returning, Disputed} & {type(event) for event in later}
