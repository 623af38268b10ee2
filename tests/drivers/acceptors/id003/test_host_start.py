"""How the ID-003 host half starts: what it asks, and what it cannot do without."""

import pytest

from drivers.acceptors.contract import (
    Fault,
    Ready,
    Rejected,
)
from drivers.acceptors.faults import FaultNumber
from drivers.acceptors.id003.codes import SETTINGS, Command, Direction
from drivers.acceptors.id003.currency_table import pack_currency_table
from drivers.acceptors.id003.frames import Frame
from drivers.acceptors.id003.memory import Kept
from simulation.acceptor.id003_kit import ruble_table
from simulation.acceptor.puppets.id003 import ALL, INVALID, KNOWN, Bench, rub
from simulation.acceptor.rig import kinds


def test_the_first_word_is_version_and_a_live_device_is_not_reset() -> None:
    bench = Bench("11")
    bench.hear("11", 1.0)
    assert bench.puppet.heard[0] == Frame(code=Command.VERSION)
    assert Command.RESET not in bench.puppet.commands()
    assert Frame(code=Command.INHIBIT, data=b"\x01") in bench.puppet.heard
    assert kinds(bench.hear("1A", 2.0)) == [Ready]


def test_set_up_tells_everything_once_and_ready_tells_what_was_read() -> None:
    bench = Bench("1B", high_security=frozenset({rub(5000)}), barred=Direction.BACK_A)
    assert bench.hear("1B", 2.0) == []
    settings = [(f.code, f.data.hex()) for f in bench.puppet.heard if f.code in SETTINGS]
    assert settings == [
        (Command.DENOMINATIONS, "ff00"),
        (Command.SECURITY, "8000"),
        (Command.DIRECTION, "04"),
        (Command.OPTIONS, "0200"),
        (Command.COMMUNICATION, "00"),
        (Command.INHIBIT, "01"),
    ]
    (ready,) = bench.hear("1A", 2.0)
    assert isinstance(ready, Ready)
    assert ready.identity.model == "U(RUS8)10-SS"
    assert set(ready.denominations) == ALL
    assert len([f for f in bench.puppet.heard if f.code in SETTINGS]) == 6


def test_a_device_that_stays_in_initialize_is_told_of_tickets_too() -> None:
    bench = Bench("1B")
    bench.hear("1B", 5.0)
    assert Command.BARCODE not in bench.puppet.commands()
    bench.hear("1B", 30.0)
    late = (Command.BARCODE, Command.BAR_INHIBIT)
    assert [bench.puppet.commands().count(command) for command in late] == [1, 1]


@pytest.mark.parametrize("answer", [INVALID, None])
@pytest.mark.parametrize(
    "command", [Command.SECURITY, Command.DIRECTION, Command.OPTIONS, Command.COMMUNICATION]
)
def test_what_is_dispensable_may_be_refused(command: Command, answer: Frame | None) -> None:
    bench = Bench("1A")
    bench.puppet.answers[command] = answer
    assert kinds(bench.hear("1A", 6.0)) == [Ready]


@pytest.mark.parametrize("answer", [INVALID, None])
@pytest.mark.parametrize("command", [Command.DENOMINATIONS, Command.INHIBIT, Command.CURRENCY])
def test_without_what_is_indispensable_there_is_a_fault_once_and_no_ready(
    command: Command, answer: Frame | None
) -> None:
    bench = Bench("1A")
    willing = bench.puppet.answers.get(command)
    bench.puppet.answers[command] = answer
    assert bench.hear("1A", 30.0) == [Fault(number=FaultNumber.REFUSES_SET_UP, raw="")]
    bench.puppet.answers.pop(command)
    if willing is not None:
        bench.puppet.answers[command] = willing
    assert kinds(bench.hear("1A", 9.0)) == [Ready]


@pytest.mark.parametrize("table", [b"", b"\x61\x27\x01", pack_currency_table({0x61: (0xE0, 5, 0)})])
def test_a_table_without_usable_notes_is_a_fault(table: bytes) -> None:
    bench = Bench("1A", known=KNOWN)
    bench.puppet.answers[Command.CURRENCY] = Frame(code=Command.CURRENCY, data=table)
    assert bench.hear("1A", 20.0) == [Fault(number=FaultNumber.NO_USABLE_NOTES, raw="")]


def test_a_device_that_refuses_its_table_is_taken_at_its_word_of_an_earlier_life() -> None:
    bench = Bench("1A", known=KNOWN)
    bench.puppet.answers[Command.CURRENCY] = INVALID
    assert kinds(bench.hear("1A", 3.0)) == [Ready]


def test_power_up_is_reset_once_after_its_table_and_again_only_when_it_stays() -> None:
    bench = Bench("40", known=KNOWN)
    bench.hear("40", 3.0)
    assert bench.puppet.commands() == [Command.VERSION, Command.CURRENCY, Command.RESET]
    bench.hear("40", 3.0)
    assert bench.puppet.commands().count(Command.RESET) == 2


def test_what_was_read_is_remembered_with_the_note_in_escrow_before_that_is_told() -> None:
    remembered: list[Kept] = []

    def remember(raw: bytes) -> bool:
        remembered.append(Kept.from_bytes(raw))
        return True

    bench = Bench("1A", remember=remember)
    bench.in_escrow("13 63")
    table, mark = ruble_table(), remembered[-1].mark
    assert mark
    assert remembered == [
        Kept(table=table),
        Kept(table=table, mark=mark),
        Kept(table=table, mark=mark, escrow=0x63),
    ]


def test_a_note_that_might_be_named_wrongly_by_the_next_life_is_not_let_in() -> None:
    bench = Bench("1A", remember=lambda _: False).enabled()
    (rejected,) = bench.hear("13 63")
    assert isinstance(rejected, Rejected)
    assert Command.RETURN in bench.puppet.commands()
