"""Faults, jams and doubts as the CCNET host half tells them."""

import pytest

from drivers.acceptors.ccnet.codes import Command
from drivers.acceptors.contract import (
    CassetteIn,
    CassetteOut,
    Disabled,
    Disputed,
    Enabled,
    Escrowed,
    Fault,
    Ready,
    Rejected,
    RejectReason,
    Returned,
    ReturnReason,
    Stacked,
    Validating,
)
from drivers.acceptors.faults import FaultNumber
from simulation.acceptor.puppets.ccnet import RUB_500, Bench
from simulation.acceptor.rig import kinds


def test_reject_and_validating_are_told_once_for_each_episode() -> None:
    bench = Bench("19").enabled()
    assert kinds(bench.hear("15", 1.0)) == [Validating]
    (rejected,) = bench.hear("1C 66", 1.0)
    assert rejected == Rejected(reason=RejectReason.UNRECOGNISED, raw="1C 66")
    bench.hear("14")
    assert kinds(bench.hear("1C 66", 1.0)) == [Rejected]
    assert bench.hear("1C 99")[0] == Rejected(reason=RejectReason.OTHER, raw="1C 99")


@pytest.mark.parametrize(
    ("state", "number"),
    [
        ("41", FaultNumber.CASSETTE_FULL),
        ("43", FaultNumber.VALIDATOR_JAMMED),
        ("44", FaultNumber.CASSETTE_JAMMED),
        ("45", FaultNumber.CHEAT_ATTEMPT),
        ("46", FaultNumber.PAUSED),
        ("47 50", FaultNumber.STACKING_MOTOR),
        ("47 5A", FaultNumber.ELECTRONICS),
        ("47 99", FaultNumber.DEVICE_FAILURE),
    ],
)
def test_a_fault_is_told_once_and_ended_by_ready(state: str, number: FaultNumber) -> None:
    bench = Bench("19").enabled()
    assert bench.hear(state, 3.0) == [Fault(number=number, raw=state)]
    bench.hear("13")
    assert kinds(bench.hear("19", 2.0)) == [Ready]
    assert kinds(bench.hear("14", 1.0)) == [Enabled]


def test_a_failure_is_reset_a_few_times_only() -> None:
    bench = Bench("19").enabled()
    bench.hear("47 50", 400.0)
    assert bench.puppet.commands().count(Command.RESET) == 3


def test_a_jam_is_never_reset() -> None:
    bench = Bench("19").enabled()
    bench.hear("44", 100.0)
    assert Command.RESET not in bench.puppet.commands()


def test_cassette_out_and_in() -> None:
    bench = Bench("19").enabled()
    assert kinds(bench.hear("42", 3.0)) == [CassetteOut]
    assert bench.hear("13") == []
    assert kinds(bench.hear("19", 2.0)) == [CassetteIn, Ready]


@pytest.mark.parametrize("jam", ["43", "44", "47 50"])
def test_a_jam_while_stacking_is_disputed_after_a_grace_period(jam: str) -> None:
    bench = Bench("19")
    cycle = bench.stacking().cycle
    assert kinds(bench.hear(jam, 5.0)) == [Fault]
    (disputed,) = bench.hear(jam, 10.0)
    assert isinstance(disputed, Disputed)
    assert disputed.cycle == cycle
    assert disputed.note == RUB_500
    assert {"17", jam, "stack ordered"} <= set(disputed.evidence)
    assert bench.hear(jam, 60.0) == []


def test_a_disputed_note_that_is_stacked_after_all_keeps_its_cycle() -> None:
    bench = Bench("19")
    cycle = bench.stacking().cycle
    bench.hear("44", 15.0)
    bench.hear("13")
    (stacked, *_) = bench.hear("81 05", 0.2)
    assert isinstance(stacked, Stacked)
    assert stacked.cycle == cycle


@pytest.mark.parametrize(
    ("count", "kind", "why"),
    [
        (8, Stacked, "it is in the cassette"),
        (7, Returned, "it is not in the cassette, and nothing was stuck"),
        (9, Disputed, "the counter speaks of more than this note"),
        (None, Disputed, "there is no counter"),
    ],
)
def test_a_stack_that_a_reset_forgot_is_what_the_counter_says_before_ready(
    count: int | None, kind: type, why: str
) -> None:
    bench = Bench("19")
    cycle = bench.stacking().cycle
    bench.hear("10")
    bench.hear("13")
    bench.no_counter() if count is None else bench.counts(count)
    end, ready = bench.hear("19", 8.0)
    assert isinstance(end, Stacked | Returned | Disputed)
    assert (type(end), end.cycle) == (kind, cycle), why
    assert isinstance(ready, Ready)


def test_a_stack_forgotten_at_rest_asks_the_counter_once_more_and_not_the_one_known_before() -> (
    None
):
    bench = Bench("19")
    cycle = bench.stacking().cycle
    bench.counts(8)
    (stacked,) = bench.hear("14", 8.0)
    assert isinstance(stacked, Stacked)
    assert (stacked.cycle, stacked.device_count) == (cycle, 8)
    bench.host.settled(cycle)
    bench.hear("15")
    (escrowed,) = bench.hear("80 05")
    assert isinstance(escrowed, Escrowed)
    assert escrowed.device_count == 8


def test_a_counter_that_stays_silent_is_asked_a_few_times_and_then_it_is_a_dispute() -> None:
    bench = Bench("19")
    bench.stacking()
    bench.puppet.answers[Command.COUNTER_OF_STACKED] = None
    bench.puppet.heard.clear()
    (disputed,) = bench.hear("14", 20.0)
    assert isinstance(disputed, Disputed)
    assert 3 <= bench.puppet.commands().count(Command.COUNTER_OF_STACKED) <= 9


def test_an_unchanged_counter_does_not_explain_a_note_that_was_stuck() -> None:
    bench = Bench("19")
    bench.stacking()
    bench.hear("44", 3.0)
    (disputed,) = bench.hear("14", 8.0)
    assert isinstance(disputed, Disputed)
    assert "counter 7, at rest 7" in disputed.evidence


def test_disabled_is_not_told_while_a_note_is_in_doubt() -> None:
    bench = Bench("19")
    bench.stacking()
    bench.hear("14", 1.0)
    bench.host.stop()
    assert kinds(bench.hear("19", 9.0)) == [Returned, Disabled]


def test_a_note_never_ordered_that_vanishes_was_returned() -> None:
    bench = Bench("19")
    cycle = bench.in_escrow().cycle
    (returned,) = bench.hear("14", 7.0)
    assert returned == Returned(cycle=cycle, note=RUB_500, why=ReturnReason.TIMED_OUT)


def test_the_next_note_goes_back_until_the_counter_has_told_of_the_one_before() -> None:
    bench = Bench("19")
    cycle = bench.stacking().cycle
    bench.counts(8)
    bench.hear("14")
    bench.hear("15")
    assert kinds(bench.hear("80 05")) == [Rejected]
    assert bench.puppet.commands()[-1] == Command.RETURN
    bench.hear("18")
    (returned, *_) = bench.hear("82 05", 0.2)
    assert isinstance(returned, Returned)
    assert returned.cycle != cycle
    bench.host.settled(returned.cycle)
    bench.hear("82 05")
    (stacked,) = bench.hear("14")
    assert isinstance(stacked, Stacked)
    assert stacked.cycle == cycle


def test_the_next_note_closes_a_stack_that_was_never_heard_of_without_a_counter() -> None:
    bench = Bench("19")
    bench.no_counter()
    cycle = bench.stacking().cycle
    bench.hear("14")
    bench.hear("15")
    disputed, escrowed = bench.hear("80 05")
    assert isinstance(disputed, Disputed)
    assert isinstance(escrowed, Escrowed)
    assert disputed.cycle == cycle != escrowed.cycle


def test_stacking_for_too_long_is_a_fault_and_never_reset() -> None:
    bench = Bench("19")
    bench.stacking()
    assert bench.hear("17", 100.0) == [Fault(number=FaultNumber.STACKING_OVERDUE, raw="17")]
    assert Command.RESET not in bench.puppet.commands()


def test_a_busy_device_is_left_alone_for_as_long_as_it_asks() -> None:
    bench = Bench("19").enabled()
    assert bench.hear("1B 14", 4.0) == []
    assert bench.puppet.heard.count(bytes([Command.POLL])) <= 4
