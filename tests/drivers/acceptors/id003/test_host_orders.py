"""How the ID-003 host half gives orders, and what it does when they have no effect."""

import pytest

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
    Stacked,
)
from drivers.acceptors.faults import FaultNumber
from drivers.acceptors.id003.codes import SETTINGS, Command
from drivers.acceptors.id003.frames import Frame
from simulation.acceptor.puppets.id003 import ALL, INVALID, Bench, rub
from simulation.acceptor.rig import kinds


@pytest.mark.parametrize("answer", [INVALID, None])
def test_an_order_without_effect_is_repeated_only_while_the_device_shows_escrow(
    answer: Frame | None,
) -> None:
    bench = Bench("1A")
    cycle = bench.in_escrow().cycle
    bench.puppet.answers[Command.STACK_2] = answer
    bench.host.stack(cycle)
    bench.hear("13 65", 1.5)
    repeats = bench.puppet.commands().count(Command.STACK_2)
    assert 2 <= repeats <= 8
    bench.hear("14", 1.0)
    assert bench.puppet.commands().count(Command.STACK_2) == repeats


def test_a_note_is_stacked_with_the_later_credit() -> None:
    bench = Bench("1A")
    bench.stacking()
    assert Command.STACK_1 not in bench.puppet.commands()


def test_an_ordered_return_is_told_when_the_note_is_out() -> None:
    bench = Bench("1A")
    cycle = bench.in_escrow().cycle
    bench.host.give_back(cycle)
    assert bench.hear("18", 3.0) == []
    (returned,) = bench.hear("11", 0.3)
    assert returned == Returned(cycle=cycle, note=rub(500), why=ReturnReason.ORDERED)
    bench.host.settled(cycle)
    bench.hear("11", 0.3)
    assert bench.hear("11", 1.0) == []


@pytest.mark.parametrize("way", ["17 79", "18", "11"])
def test_a_note_without_decision_comes_back_by_itself(way: str) -> None:
    bench = Bench("1A")
    cycle = bench.in_escrow().cycle
    told = bench.hear(way) + bench.hear("11", 0.3)
    assert told[0] == Returned(cycle=cycle, note=rub(500), why=ReturnReason.TIMED_OUT)


def test_a_stack_that_ends_in_a_return_is_one() -> None:
    bench = Bench("1A")
    cycle = bench.stacking().cycle
    bench.hear("18")
    (returned,) = bench.hear("11", 0.3)
    assert returned == Returned(cycle=cycle, note=rub(500), why=ReturnReason.DEVICE)


def test_a_device_at_rest_without_a_credit_has_not_stacked() -> None:
    bench = Bench("1A")
    cycle = bench.stacking().cycle
    assert bench.hear("11", 1.5) == []
    (returned,) = bench.hear("11", 1.5)
    assert returned == Returned(cycle=cycle, note=rub(500), why=ReturnReason.DEVICE)
    (stacked,) = bench.hear("15")
    assert isinstance(stacked, Stacked)
    assert stacked.cycle == cycle, "a verdict that the device corrects"


def test_hold_is_renewed_every_five_seconds() -> None:
    bench = Bench("1A")
    bench.host.hold(bench.in_escrow().cycle)
    bench.hear("19", 12.0)
    assert bench.puppet.commands().count(Command.HOLD) == 3


def test_a_ticket_is_refused_and_returned() -> None:
    bench = Bench("1A").enabled()
    (rejected,) = bench.hear("13 6F 31 32 33")
    assert isinstance(rejected, Rejected)
    assert rejected.reason is RejectReason.COUPON
    assert Command.RETURN in bench.puppet.commands()
    bench.hear("18")
    assert bench.hear("11", 1.0) == []


def test_settings_are_changed_only_where_the_device_allows_it() -> None:
    bench = Bench("1A")
    cycle = bench.in_escrow().cycle
    bench.puppet.heard.clear()
    bench.host.stop()
    for state in ("13 65", "12", "14", "16", "17 71"):
        bench.hear(state, 1.0)
    assert not SETTINGS & set(bench.puppet.commands())
    bench.host.settled(cycle)
    bench.hear("11", 1.0)
    assert Frame(code=Command.INHIBIT, data=b"\x01") in bench.puppet.heard


def test_only_known_notes_of_the_currency_are_let_in() -> None:
    bench = Bench("1A")
    bench.hear("1A", 2.0)
    bench.puppet.heard.clear()
    wanted = frozenset({rub(500), Note(minor=777, currency="RUB"), Note(minor=500, currency="EUR")})
    bench.host.accept(wanted)
    bench.hear("1A", 0.3)
    told = [f for f in bench.puppet.heard if f.code in SETTINGS]
    assert told[:2] == [
        Frame(code=Command.DENOMINATIONS, data=b"\xef\x00"),
        Frame(code=Command.INHIBIT, data=b"\x00"),
    ]


def test_a_device_that_inhibits_itself_after_each_note_is_opened_again() -> None:
    bench = Bench("1A").enabled()
    assert bench.hear("1A", 0.5) == []
    assert Frame(code=Command.INHIBIT, data=b"\x00") in bench.puppet.heard


def test_a_device_that_will_not_be_opened_is_a_fault_once_and_ready_when_nothing_is_wanted() -> (
    None
):
    bench = Bench("1A")
    bench.hear("1A", 2.0)
    bench.host.accept(ALL)
    assert bench.hear("1A", 12.0) == [Fault(number=FaultNumber.REFUSES_SET_UP, raw="")]
    bench.host.stop()
    assert kinds(bench.hear("1A", 3.0)) == [Disabled, Ready]


def test_disabled_is_told_while_the_stacker_is_out() -> None:
    bench = Bench("1A").enabled()
    bench.host.stop()
    assert kinds(bench.hear("44", 1.0)) == [CassetteOut, Disabled]
