"""How the CCNET host half starts: what it asks, and what it makes of notes of an earlier life."""

import pytest

from drivers.acceptors.ccnet.bill_table import pack_bill_table
from drivers.acceptors.ccnet.codes import Command
from drivers.acceptors.contract import (
    Disputed,
    Fault,
    Ready,
    Rejected,
    Returned,
    Returning,
    ReturnReason,
    Stacked,
    StackedHow,
)
from drivers.acceptors.faults import FaultNumber
from simulation.acceptor.notes import ruble_table
from simulation.acceptor.puppets.ccnet import ACK, ILLEGAL, RUB_500, Bench
from simulation.acceptor.rig import kinds


def test_first_word_is_a_poll_and_a_live_device_is_not_reset() -> None:
    bench = Bench("14")
    bench.hear("14", 1.0)
    assert bench.puppet.heard[0] == bytes([Command.POLL])
    assert Command.RESET not in bench.puppet.commands()
    assert bytes([Command.ENABLE_BILL_TYPES]) + bytes(6) in bench.puppet.heard
    bench.hear("19", 1.5)
    assert kinds(bench.rig.events) == [Ready]


def test_set_up_asks_everything_once_and_ready_tells_it() -> None:
    bench = Bench("19")
    (ready,) = bench.hear("19", 3.0)
    assert isinstance(ready, Ready)
    assert ready.identity.model == "SM-RU1353"
    assert ready.identity.firmware == "CRC32 00ABCDEF"
    assert ready.device_count == 7
    assert bench.puppet.commands() == [
        Command.GET_STATUS,
        Command.BILL_TABLE,
        Command.SET_SECURITY,
        Command.IDENTIFICATION,
        Command.GET_CRC32,
        Command.COUNTER_OF_STACKED,
    ]


@pytest.mark.parametrize("answer", [ILLEGAL, None, b"\x00\x01\x02"])
def test_only_the_bill_table_is_indispensable(answer: bytes | None) -> None:
    bench = Bench("19")
    for command in (
        Command.GET_STATUS,
        Command.SET_SECURITY,
        Command.IDENTIFICATION,
        Command.GET_CRC32,
        Command.COUNTER_OF_STACKED,
    ):
        bench.puppet.answers[command] = answer
    ready = bench.hear("19", 12.0)[-1]
    assert isinstance(ready, Ready)
    assert ready.device_count is None


@pytest.mark.parametrize(
    ("answer", "number"),
    [
        (ILLEGAL, FaultNumber.REFUSES_SET_UP),
        (None, FaultNumber.REFUSES_SET_UP),
        (bytes(120), FaultNumber.NO_USABLE_NOTES),
        (pack_bill_table({1: (5, "EUR", 0)}), FaultNumber.NO_USABLE_NOTES),
    ],
)
def test_without_usable_notes_there_is_a_fault_once_and_no_ready(
    answer: bytes | None, number: FaultNumber
) -> None:
    bench = Bench("19")
    bench.puppet.answers[Command.BILL_TABLE] = answer
    assert bench.hear("19", 20.0) == [Fault(number=number, raw="")]
    bench.puppet.answers[Command.BILL_TABLE] = ruble_table()
    assert kinds(bench.hear("19", 8.0)) == [Ready]


def test_power_up_is_reset_once_and_again_only_when_it_stays() -> None:
    bench = Bench("10")
    bench.hear("10", 2.0)
    assert bench.puppet.commands() == [Command.BILL_TABLE, Command.RESET]
    bench.hear("10", 2.0)
    assert bench.puppet.commands().count(Command.RESET) == 2


def test_a_stacked_note_of_an_earlier_life_is_named_by_the_remembered_table() -> None:
    bench = Bench("81 05", known_table=ruble_table())
    (first, *_) = bench.hear("81 05")
    assert first == Stacked(
        cycle=first.cycle, note=RUB_500, how=StackedHow.RECOVERED, device_count=None
    )
    assert ACK not in bench.puppet.heard
    bench.host.settled(first.cycle)
    bench.hear("81 05", 0.2)
    assert bench.puppet.heard[-1] == ACK
    assert kinds(bench.hear("19", 2.0)) == [Ready]
    assert Command.RESET not in bench.puppet.commands()


OTHER_TABLE = pack_bill_table({5: (5, "RUS", 3)})
"""Bill type 5 is 5000 rubles where it is 500 in the usual one."""


@pytest.mark.parametrize("swapped_while_running", [False, True])
def test_a_device_at_power_up_names_its_note_by_its_own_table(swapped_while_running: bool) -> None:
    bench = Bench("19", known_table=OTHER_TABLE)
    if swapped_while_running:
        bench.puppet.answers[Command.BILL_TABLE] = OTHER_TABLE
        assert kinds(bench.hear("19", 3.0)) == [Ready]
    bench.puppet.answers[Command.BILL_TABLE] = ruble_table()
    bench.hear("12", 1.0)
    bench.hear("13", 1.0)
    (stacked, *_) = bench.hear("81 05")
    assert isinstance(stacked, Stacked)
    assert stacked.note == RUB_500


def test_a_device_that_tells_no_table_at_power_up_is_reset_all_the_same() -> None:
    bench = Bench("12", known_table=ruble_table())
    bench.puppet.answers[Command.BILL_TABLE] = ILLEGAL
    bench.hear("12", 2.0)
    assert bench.puppet.commands() == [Command.BILL_TABLE, Command.RESET]
    (stacked, *_) = bench.hear("81 05")
    assert isinstance(stacked, Stacked)
    assert stacked.note == RUB_500


def test_a_stacked_note_that_nobody_can_name_is_a_dispute_and_stays_unacknowledged() -> None:
    bench = Bench("81 05")
    bench.puppet.answers[Command.BILL_TABLE] = ILLEGAL
    first = bench.hear("81 05")[0]
    assert isinstance(first, Disputed)
    assert "81 05" in first.evidence
    assert ACK not in bench.puppet.heard
    bench.host.settled(first.cycle)
    bench.hear("81 05", 0.2)
    assert bench.puppet.heard[-1] == ACK


def test_a_device_that_tells_its_table_while_holding_an_event_is_believed() -> None:
    bench = Bench("81 05")
    assert kinds(bench.hear("81 05"))[0] is Stacked


def test_a_note_in_escrow_that_nobody_can_name_goes_back() -> None:
    bench = Bench("80 05")
    bench.puppet.answers[Command.BILL_TABLE] = ILLEGAL
    assert kinds(bench.hear("80 05")) == [Rejected]
    assert Command.RETURN in bench.puppet.commands()
    returned = bench.hear("82 05")[0]
    assert isinstance(returned, Returned)
    assert returned.why is ReturnReason.ORDERED


def test_a_held_note_of_an_earlier_life_goes_back() -> None:
    bench = Bench("1A", known_table=ruble_table())
    bench.hear("1A")
    assert Command.RETURN in bench.puppet.commands()
    (returned, *_) = bench.hear("82 05", 0.2)
    assert isinstance(returned, Returned)
    assert returned.note == RUB_500


def test_power_up_with_a_note_in_the_validator_tells_a_return_at_start() -> None:
    bench = Bench("11")
    (returning, *_) = bench.hear("11")
    assert isinstance(returning, Returning)
    bench.host.settled(returning.cycle)
    assert bench.hear("11") == []
    (returned,) = bench.hear("13")
    assert isinstance(returned, Returned)
    assert returned.why is ReturnReason.DEVICE
    assert returned.note is None
    assert kinds(bench.hear("19", 2.0)) == [Ready]


def test_a_note_found_in_the_path_waits_for_its_record_before_it_is_given_back() -> None:
    bench = Bench("19")
    cycle = bench.in_escrow().cycle
    told = bench.hear("11", 10.0)
    assert len(told) > 20
    assert set(told) == {Returning(cycle=cycle, note=RUB_500)}
    assert Command.RESET not in bench.puppet.commands()
    bench.host.settled(cycle)
    bench.hear("11", 0.25)
    assert bench.puppet.commands()[-1] == Command.RESET


def test_a_note_whose_return_nobody_records_is_given_back_after_some_patience() -> None:
    bench = Bench("11")
    bench.hear("11", 14.5)
    assert Command.RESET not in bench.puppet.commands()
    bench.hear("11", 1.0)
    assert Command.RESET in bench.puppet.commands()


def test_a_power_up_without_a_note_waits_for_nothing() -> None:
    bench = Bench("19").enabled()
    bench.hear("11")
    assert Command.RESET in bench.puppet.commands()


def test_after_a_note_in_the_stacker_ready_waits_for_its_credit() -> None:
    bench = Bench("12")
    bench.hear("12")
    bench.hear("13")
    assert bench.hear("19", 2.0) == []
    (stacked,) = bench.hear("81 05", 0.2)
    assert isinstance(stacked, Stacked)
    bench.host.settled(stacked.cycle)
    bench.hear("81 05", 0.2)
    assert kinds(bench.hear("19", 2.0)) == [Ready]


def test_a_note_in_the_stacker_that_is_never_told_is_settled_by_the_counter_of_ready() -> None:
    bench = Bench("12")
    bench.hear("12")
    bench.hear("13")
    (ready,) = bench.hear("19", 6.0)
    assert isinstance(ready, Ready)
    assert ready.device_count == 7


def test_a_note_in_the_stacker_that_is_never_told_becomes_a_dispute_without_a_counter() -> None:
    bench = Bench("12")
    bench.no_counter()
    bench.hear("12")
    bench.hear("13")
    assert kinds(bench.hear("19", 6.0)) == [Disputed, Ready]
