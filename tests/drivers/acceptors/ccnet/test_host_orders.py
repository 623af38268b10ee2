"""How the CCNET host half gives orders, and what it does when they have no effect."""

import pytest

from drivers.acceptors.ccnet.codes import Command
from drivers.acceptors.contract import (
    CassetteOut,
    Disabled,
    Fault,
    Note,
    Ready,
    Rejected,
    RejectReason,
    Returned,
    ReturnReason,
)
from drivers.acceptors.faults import FaultNumber
from simulation.acceptor.puppets.ccnet import ALL, ILLEGAL, RUB_500, Bench
from simulation.acceptor.rig import kinds


@pytest.mark.parametrize("answer", [ILLEGAL, None])
def test_an_order_without_effect_is_repeated_only_while_the_device_shows_escrow(
    answer: bytes | None,
) -> None:
    bench = Bench("19")
    cycle = bench.in_escrow().cycle
    bench.puppet.answers[Command.STACK] = answer
    bench.host.stack(cycle)
    bench.hear("80 05", 1.5)
    repeats = bench.puppet.commands().count(Command.STACK)
    assert 2 <= repeats <= 8
    bench.hear("17", 1.0)
    assert bench.puppet.commands().count(Command.STACK) == repeats


def test_refused_stack_and_a_return_by_the_device() -> None:
    bench = Bench("19")
    cycle = bench.in_escrow().cycle
    bench.puppet.answers[Command.STACK] = ILLEGAL
    bench.host.stack(cycle)
    bench.hear("80 05", 0.3)
    bench.hear("18")
    (returned, *_) = bench.hear("82 05", 0.2)
    assert isinstance(returned, Returned)
    assert returned.cycle == cycle
    assert returned.why is ReturnReason.DEVICE


def test_hold_is_renewed_every_five_seconds() -> None:
    bench = Bench("19")
    bench.host.hold(bench.in_escrow().cycle)
    bench.hear("1A", 12.0)
    assert bench.puppet.commands().count(Command.HOLD) == 3


def test_masks_are_never_changed_while_a_note_is_in_escrow() -> None:
    bench = Bench("19")
    cycle = bench.in_escrow().cycle
    bench.puppet.heard.clear()
    bench.host.stop()
    bench.hear("80 05", 1.0)
    assert bench.puppet.commands() == []
    bench.host.give_back(cycle)
    bench.hear("18", 1.0)
    assert bytes([Command.ENABLE_BILL_TYPES]) + bytes(6) in bench.puppet.heard


def test_enable_and_escrow_masks_are_equal_and_only_for_known_notes() -> None:
    bench = Bench("19")
    bench.hear("19", 1.5)
    wanted = frozenset({RUB_500, Note(minor=777, currency="RUB"), Note(minor=500, currency="EUR")})
    bench.host.accept(wanted)
    bench.hear("14", 1.0)
    enables = [body for body in bench.puppet.heard if body[0] == Command.ENABLE_BILL_TYPES]
    assert enables == [bytes.fromhex("34 00 00 20 00 00 20")]


def test_a_device_that_disables_itself_after_each_note_is_enabled_again() -> None:
    bench = Bench("19").enabled()
    assert bench.hear("19", 0.5) == []
    assert bench.puppet.commands()[0] == Command.ENABLE_BILL_TYPES


def test_a_device_that_will_not_be_enabled_is_a_fault_once() -> None:
    bench = Bench("19")
    bench.hear("19", 1.5)
    bench.host.accept(ALL)
    assert bench.hear("19", 12.0) == [Fault(number=FaultNumber.REFUSES_SET_UP, raw="")]


def test_a_device_that_would_not_be_enabled_is_ready_again_when_nothing_is_wanted_of_it() -> None:
    bench = Bench("19")
    bench.hear("19", 1.5)
    bench.host.accept(ALL)
    assert bench.hear("19", 6.0) == [Fault(number=FaultNumber.REFUSES_SET_UP, raw="")]
    bench.host.stop()
    told = bench.hear("19", 3.0)
    assert [type(event) for event in told] == [Disabled, Ready]


def test_disabled_is_told_while_the_cassette_is_out() -> None:
    bench = Bench("19").enabled()
    bench.host.stop()
    assert kinds(bench.hear("42", 1.0)) == [CassetteOut, Disabled]


def test_a_coupon_is_refused_and_returned() -> None:
    bench = Bench("19").enabled()
    (rejected,) = bench.hear("80 17")
    assert isinstance(rejected, Rejected)
    assert rejected.reason is RejectReason.COUPON
    assert Command.RETURN in bench.puppet.commands()
    assert Command.STACK not in bench.puppet.commands()
