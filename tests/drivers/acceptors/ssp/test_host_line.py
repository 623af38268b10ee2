"""Rejects, faults and the line under the SSP host half."""

import pytest

from drivers.acceptors.contract import (
    CassetteIn,
    CassetteOut,
    Fault,
    Ready,
    Rejected,
    RejectReason,
)
from drivers.acceptors.faults import FaultNumber
from drivers.acceptors.ssp.codes import Command
from drivers.acceptors.ssp.packets import Packet, encode
from simulation.acceptor.puppets.ssp import ALL, OK, Table
from simulation.acceptor.rig import kinds


def test_a_reject_is_told_with_its_reason() -> None:
    table = Table().enabled()
    table.hear("EF 00")
    table.hear("ED")
    rejected = table.hear("EC", 0.25)[-1]
    assert rejected == Rejected(reason=RejectReason.INHIBITED, raw="EC 06")


def test_a_channel_without_a_note_is_given_back() -> None:
    table = Table().enabled()
    table.puppet.answers[Command.HOLD] = OK
    (rejected,) = table.hear("EF 0F", 0.3)
    assert isinstance(rejected, Rejected)
    assert Command.REJECT in table.puppet.commands()


@pytest.mark.parametrize(
    ("says", "number"),
    [
        ("E7 E8", FaultNumber.CASSETTE_FULL),
        ("E9", FaultNumber.VALIDATOR_JAMMED),
        ("EA", FaultNumber.CASSETTE_JAMMED),
        ("E0 E8", FaultNumber.HEAD_OPEN),
        ("E6 00", FaultNumber.CHEAT_ATTEMPT),
        ("99 EE 05", FaultNumber.DEVICE_FAILURE),
    ],
)
def test_faults_are_told_once_and_ready_when_they_are_over(says: str, number: FaultNumber) -> None:
    table = Table().enabled()
    faults = [event for event in table.hear(says, 2.0) if isinstance(event, Fault)]
    assert [fault.number for fault in faults] == [number]
    if number is not FaultNumber.DEVICE_FAILURE:
        assert kinds(table.hear("E8", 4.0))[:1] == [Ready]


def test_a_cashbox_that_goes_and_comes() -> None:
    table = Table().enabled()
    assert kinds(table.hear("E8 E3", 1.0)) == [CassetteOut]
    assert kinds(table.hear("E8", 4.0))[:2] == [CassetteIn, Ready]


def test_a_device_that_stays_disabled_is_a_fault() -> None:
    table = Table()
    table.hear("E8", 5.0)
    table.host.accept(ALL)
    assert table.hear("E8", 7.0) == [Fault(number=FaultNumber.REFUSES_SET_UP, raw="")]


def test_stacking_for_too_long_is_a_fault() -> None:
    table = Table()
    table.stacking()
    assert Fault(number=FaultNumber.STACKING_OVERDUE, raw="CC") in table.hear("CC", 45.0)


def test_an_unheard_poll_is_repeated_to_the_byte_and_never_followed_by_a_sync() -> None:
    table = Table()
    table.stacking()
    wire = len(table.rig.wire)
    table.puppet.receive, told = lambda data, now: None, len(table.rig.events)  # type: ignore[method-assign]
    table.rig.run(8.0)
    said = {data for to_device, data in table.rig.wire[wire:] if to_device}
    assert len(said) == 1
    assert kinds(table.rig.events[told:]) == [Fault]


def test_echo_of_the_line_is_no_answer() -> None:
    table = Table()
    table.puppet.echoes = True
    assert kinds(table.hear("E8", 6.0)) == [Ready]


def test_answers_of_another_address_and_sequence_are_not_ours() -> None:
    table = Table().enabled()
    for packet in (
        Packet(sequence=0, address=0x10, data=OK + b"\xee\x05"),
        Packet(sequence=0, data=OK + b"\xee\x05"),
        Packet(sequence=1, data=OK + b"\xee\x05"),
    ):
        assert table.host.receive(encode(packet), table.rig.now) == []
