"""One note under the SSP host half: never taken by silence, told once, settled."""

import pytest

from drivers.acceptors.contract import (
    Disputed,
    Escrowed,
    Fault,
    Note,
    Returned,
    ReturnReason,
    Stacked,
    StackedHow,
)
from drivers.acceptors.faults import FaultNumber
from drivers.acceptors.ssp.codes import POLLS, Command
from drivers.acceptors.ssp.device_model import counters
from simulation.acceptor.puppets.ssp import OK, REFUSED, RUB_500, Table
from simulation.acceptor.rig import kinds


def test_nothing_is_polled_while_nobody_has_decided() -> None:
    table = Table()
    event = table.in_escrow()
    table.puppet.heard.clear()
    table.hear("EF 05", 5.0)
    assert {data[0] for data in table.puppet.heard} == {Command.HOLD}
    table.host.stack(event.cycle)
    table.hear("CC", 0.3)
    assert table.puppet.heard[-1][0] in POLLS


def test_an_undecided_note_is_given_back_after_a_while() -> None:
    table = Table()
    table.in_escrow()
    table.hear("ED", 11.0)
    assert Command.REJECT in table.puppet.commands()
    returned = table.hear("EC")[0]
    assert isinstance(returned, Returned)
    assert returned.why is ReturnReason.TIMED_OUT


def test_a_hold_that_is_refused_ends_in_a_reject_never_in_consent() -> None:
    table = Table()
    table.in_escrow()
    table.puppet.answers[Command.HOLD] = REFUSED
    table.puppet.heard.clear()
    table.hear("ED", 2.0)
    ordered = [data[0] for data in table.puppet.heard if data[0] != Command.HOLD]
    assert ordered[0] == Command.REJECT


def test_give_back_is_a_reject() -> None:
    table = Table()
    event = table.in_escrow()
    table.host.give_back(event.cycle)
    table.hear("ED")
    assert table.puppet.commands()[-1] == Command.REJECT
    returned = table.hear("EC")[0]
    assert returned == Returned(cycle=event.cycle, note=RUB_500, why=ReturnReason.ORDERED)


def test_a_credit_is_repeated_to_the_byte_until_it_is_settled() -> None:
    table = Table()
    event = table.stacking()
    events = table.hear("EE 05 EB", 1.5)
    assert kinds(events) == [Stacked] * len(events)
    assert len(events) > 3
    assert table.puppet.repeated > 3
    heard = len(table.puppet.heard)
    table.host.settled(event.cycle)
    table.hear("", 0.3)
    assert len(table.puppet.heard) > heard


def test_events_behind_an_unsettled_one_wait() -> None:
    table = Table()
    first = table.stacking()
    events = table.hear("EE 05 EB EF 03", 0.9)
    assert {type(event) for event in events} == {Stacked}
    table.host.settled(first.cycle)
    (second,) = table.hear("EF 03", 0.3)
    assert isinstance(second, Escrowed)
    assert second.note == Note(minor=10_000, currency="RUB")


@pytest.mark.parametrize(
    ("says", "kind"),
    [
        ("EE 05", Stacked),
        ("EE 05 EB", Stacked),
        ("EB", Stacked),
        ("EC", Returned),
        ("F1 E8 E1 05", Returned),
        ("F1 E8 E1 00", Returned),
        ("F1 E8 E2 05", Stacked),
        ("F1 E8 E2 00", Stacked),
        ("CC EE 05", Stacked),
    ],
)
def test_every_end_of_a_note_that_was_ordered_to_be_stacked(says: str, kind: type) -> None:
    table = Table()
    event = table.stacking()
    told = table.hear(says)[0]
    assert isinstance(told, Stacked | Returned)
    assert type(told) is kind
    assert (told.cycle, told.note) == (event.cycle, RUB_500)


def test_another_value_than_the_escrow_said_is_what_the_credit_says() -> None:
    table = Table()
    event = table.stacking()
    stacked = table.hear("EE 03")[0]
    assert isinstance(stacked, Stacked)
    assert (stacked.cycle, stacked.note.minor) == (event.cycle, 10_000)


@pytest.mark.parametrize(
    ("counted", "kind"), [(7, Returned), (8, Stacked), (9, Disputed), (None, Disputed)]
)
def test_at_rest_without_a_word_the_counter_decides(counted: int | None, kind: type) -> None:
    table = Table()
    event = table.stacking()
    answer = REFUSED if counted is None else OK + counters(counted, 0)
    table.puppet.answers[Command.COUNTERS] = answer
    told = table.hear("", 6.0)[0]
    assert isinstance(told, Stacked | Returned | Disputed)
    assert type(told) is kind
    assert told.cycle == event.cycle


@pytest.mark.parametrize("jam", ["E9", "EA"])
@pytest.mark.parametrize(("after", "kind"), [("F1 E8 E2 05", Stacked), ("F1 E8 E1 05", Returned)])
def test_a_jam_is_a_dispute_until_it_is_cleared(jam: str, after: str, kind: type) -> None:
    table = Table()
    event = table.stacking()
    events = table.hear(jam, 12.0)
    assert kinds(events) == [Fault, Disputed]
    told = table.hear(after)[0]
    assert isinstance(told, Stacked | Returned)
    assert (type(told), told.cycle) == (kind, event.cycle)


def test_a_credit_that_comes_again_after_a_reset_is_the_same_note() -> None:
    table = Table()
    event = table.stacking()
    table.hear("EE 05", 0.2)
    table.host.settled(event.cycle)
    assert table.hear("CC", 0.5) == []
    assert not [e for e in table.hear("F1 E8 E2 05", 1.0) if isinstance(e, Stacked)]


def test_a_note_that_comes_out_after_its_credit_is_a_cheat() -> None:
    table = Table()
    event = table.stacking()
    table.hear("EE 05", 0.2)
    table.host.settled(event.cycle)
    faults = [e.number for e in table.hear("F1 E8 E1 05", 1.0) if isinstance(e, Fault)]
    assert faults == [FaultNumber.CHEAT_ATTEMPT]


def test_a_credit_out_of_the_blue_is_recovered_and_told_once_by_name() -> None:
    table = Table().enabled()
    first, *more = table.hear("EE 05", 1.0)
    assert isinstance(first, Stacked)
    assert first.how is StackedHow.RECOVERED
    assert {e.cycle for e in more if isinstance(e, Stacked)} == {first.cycle}


def test_a_credit_of_a_channel_without_a_note_is_disputed() -> None:
    table = Table().enabled()
    disputed = table.hear("EE 0F", 0.2)[0]
    assert isinstance(disputed, Disputed)
    assert disputed.note is None
