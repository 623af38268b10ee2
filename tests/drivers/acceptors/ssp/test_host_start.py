"""How the SSP host half starts: what it asks, and what it cannot do without."""

import pytest

from drivers.acceptors.code_texts import code_text
from drivers.acceptors.contract import (
    Fault,
    Ready,
    Returned,
    Stacked,
)
from drivers.acceptors.faults import FaultNumber
from drivers.acceptors.ssp.codes import POLLS, Command, Generic
from drivers.acceptors.ssp.device_model import DeviceModel, setup_answer
from drivers.acceptors.ssp.greeting import VERSIONS, Encryption
from drivers.acceptors.ssp.memory import Remembered
from drivers.acceptors.ssp.packets import Packet, encode
from simulation.acceptor.puppets.ssp import OK, REFUSED, RUB_500, Table
from simulation.acceptor.rig import kinds


def test_the_first_words_are_in_their_order_and_none_is_a_reset() -> None:
    table = Table()
    (ready,) = table.hear("E8", 6.0)
    assert isinstance(ready, Ready)
    assert ready.device_count == 7
    assert table.puppet.commands()[:6] == [
        Command.SYNC,
        Command.HOST_PROTOCOL,
        Command.SET_GENERATOR,
        Command.SETUP_REQUEST,
        Command.HOLD,
        Command.SERIAL_NUMBER,
    ]
    first_poll = next(i for i, data in enumerate(table.puppet.heard) if data[0] in POLLS)
    assert first_poll == 5, "polled before it was seen that no note waits"
    assert Command.RESET not in table.puppet.commands()


@pytest.mark.parametrize("refusal", [Generic.FAIL, Generic.OUT_OF_RANGE])
def test_protocol_versions_are_asked_for_downwards(refusal: Generic) -> None:
    table = Table()
    table.puppet.answers[Command.HOST_PROTOCOL] = bytes([refusal])
    table.hear("E8", 6.0)
    asked = [data[1] for data in table.puppet.heard if data[0] == Command.HOST_PROTOCOL]
    assert tuple(asked) == VERSIONS
    assert kinds(table.rig.events) == [Ready]


@pytest.mark.parametrize(
    ("setup", "number"),
    [
        (REFUSED, FaultNumber.REFUSES_SET_UP),
        (OK + b"\x00\x01", FaultNumber.REFUSES_SET_UP),
        (OK + setup_answer(DeviceModel(currency="EUR"), 8), FaultNumber.NO_USABLE_NOTES),
    ],
)
def test_without_usable_notes_there_is_a_fault_once_and_no_ready(
    setup: bytes, number: FaultNumber
) -> None:
    table = Table()
    table.puppet.answers[Command.SETUP_REQUEST] = setup
    events = table.hear("E8", 20.0)
    assert events == [Fault(number=number, raw="")]


@pytest.mark.parametrize("kind", [3, 6, 7])
def test_another_kind_of_unit_is_not_used_and_the_fault_says_which_it_is(kind: int) -> None:
    table = Table()
    setup = setup_answer(DeviceModel(unit_type=kind), 8)
    table.puppet.answers[Command.SETUP_REQUEST] = OK + setup
    raw = f"05 0{kind}"
    assert table.hear("E8", 20.0) == [Fault(number=FaultNumber.REFUSES_SET_UP, raw=raw)]
    assert code_text("ssp", raw, "en")


@pytest.mark.parametrize("command", [Command.SERIAL_NUMBER, Command.UNIT_DATA, Command.COUNTERS])
def test_questions_that_are_refused_are_left_empty(command: Command) -> None:
    table = Table()
    table.puppet.answers[command] = REFUSED
    assert kinds(table.hear("E8", 6.0)) == [Ready]


def test_a_device_that_cannot_encrypt_is_not_used_where_encryption_is_required() -> None:
    table = Table(encryption=Encryption.REQUIRED)
    assert table.hear("E8", 12.0) == [Fault(number=FaultNumber.NO_ENCRYPTION, raw="")]
    assert not [data for data in table.puppet.heard if data[0] in POLLS]


OTHER = DeviceModel(channels={5: 1000, 6: 2000})
"""A validator whose channels carry other notes than those of the puppet."""


@pytest.mark.parametrize("event", ["EE", "E2", "E1"])
def test_a_validator_in_the_place_of_another_names_its_notes_itself(event: str) -> None:
    packet = encode(Packet(sequence=0, data=bytes([Command.POLL])))
    known = Remembered(setup=setup_answer(OTHER, 8), packet=packet)
    table = Table(f"F1 {event} 05 E8", known=known.to_bytes())
    (end, *_) = table.hear(f"F1 {event} 05 E8", 2.0)
    assert isinstance(end, Stacked | Returned)
    assert end.note == RUB_500
    assert table.puppet.heard[0] == bytes([Command.POLL])
    table.host.settled(end.cycle)
    assert kinds(table.hear("E8", 8.0))[-1:] == [Ready]


def test_a_validator_that_was_not_reset_still_has_the_names_that_are_remembered() -> None:
    packet = encode(Packet(sequence=0, data=bytes([Command.POLL])))
    known = Remembered(setup=setup_answer(DeviceModel(), 8), packet=packet)
    table = Table("EE 05", known=known.to_bytes())
    (stacked, *_) = table.hear("EE 05", 0.3)
    assert isinstance(stacked, Stacked)
    assert stacked.note == RUB_500
    assert Command.SETUP_REQUEST not in table.puppet.commands()


def test_a_device_that_is_found_enabled_is_disabled_first() -> None:
    table = Table("")
    table.hear("", 1.0)
    assert Command.DISABLE in table.puppet.commands()
    assert table.rig.events == []


def test_a_note_that_waits_since_nobody_knows_when_goes_back_unseen() -> None:
    table = Table()
    table.puppet.answers[Command.HOLD] = OK
    table.hear("ED", 1.0)
    assert Command.REJECT in table.puppet.commands()
    (returned,) = [e for e in table.hear("EC E8") if isinstance(e, Returned)][:1]
    assert returned.note is None
