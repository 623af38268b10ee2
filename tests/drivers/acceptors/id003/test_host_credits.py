"""Credits of the ID-003 host half: told once, acknowledged when settled."""

from drivers.acceptors.contract import (
    CycleId,
    Disputed,
    Escrowed,
    Returned,
    Returning,
    ReturnReason,
    Stacked,
    StackedHow,
)
from drivers.acceptors.id003.codes import SETTINGS, Command
from simulation.acceptor.puppets.id003 import KNOWN, Bench, rub


def test_a_credit_is_acknowledged_as_soon_as_it_is_settled() -> None:
    bench = Bench("1A")
    cycle = bench.stacking().cycle
    (stacked,) = bench.hear("15", 3.0)
    assert isinstance(stacked, Stacked)
    assert (stacked.cycle, stacked.note, stacked.how) == (cycle, rub(500), StackedHow.NORMAL)
    assert bench.acks() == 0
    bench.host.settled(cycle)
    bench.rig.run(0.35)
    assert bench.acks() >= 1


def test_a_repeated_credit_is_acknowledged_again_and_told_to_nobody() -> None:
    bench = Bench("1A")
    cycle = bench.stacking().cycle
    bench.hear("15")
    bench.host.settled(cycle)
    assert bench.hear("15", 2.0) == []
    assert bench.acks() >= 5
    for state in ("16", "11", "15", "40", "1B", "15"):
        assert bench.hear(state) == [], state


def test_only_the_next_escrow_makes_another_credit() -> None:
    bench = Bench("1A")
    first = bench.stacking().cycle
    bench.hear("15")
    bench.host.settled(first)
    bench.hear("15")
    bench.hear("11")
    (escrowed,) = [e for e in bench.hear("13 65") if isinstance(e, Escrowed)]
    bench.host.stack(escrowed.cycle)
    bench.hear("14")
    (second,) = bench.hear("15")
    assert isinstance(second, Stacked)
    assert second.cycle == escrowed.cycle != first


def test_the_next_note_closes_a_stack_that_was_never_heard_of() -> None:
    bench = Bench("1A")
    first = bench.stacking().cycle
    bench.hear("12", 0.2)
    returned, escrowed = bench.hear("13 64", 0.3)
    assert isinstance(escrowed, Escrowed)
    assert escrowed.note == rub(200)
    assert returned == Returned(cycle=first, note=rub(500), why=ReturnReason.DEVICE)


def test_the_end_of_an_earlier_note_is_told_until_it_is_settled_too() -> None:
    bench = Bench("1A")
    first = bench.in_escrow().cycle
    bench.host.give_back(first)
    bench.hear("18")
    (returned,) = bench.hear("11", 0.3)
    bench.hear("12", 0.3)
    bench.hear("13 64", 0.3)
    assert bench.hear("13 64") == [returned]
    bench.host.settled(first)
    bench.hear("13 64", 0.3)
    assert bench.hear("13 64") == []


def test_a_note_found_in_the_acceptor_that_is_stacked_after_all_is_named_by_memory() -> None:
    bench = Bench("41", known=KNOWN)
    (returning,) = bench.hear("41")
    assert isinstance(returning, Returning)
    bench.host.settled(returning.cycle)
    bench.hear("41", 0.2)
    bench.hear("1B", 0.3)
    (stacked,) = bench.hear("15")
    assert isinstance(stacked, Stacked)
    assert (stacked.cycle, stacked.note) == (returning.cycle, rub(500))


def test_settling_what_is_not_known_does_nothing() -> None:
    bench = Bench("1A")
    bench.host.settled(CycleId("nobody"))
    bench.host.stack(CycleId("nobody"))
    bench.host.give_back(CycleId("nobody"))
    bench.host.hold(CycleId("nobody"))
    cycle = bench.in_escrow().cycle
    bench.host.settled(cycle)
    assert bench.hear("13 65", 1.0) == []
    assert SETTINGS.isdisjoint(bench.puppet.commands())


def test_stacked_alone_credits_nothing_and_is_disputed() -> None:
    bench = Bench("1A")
    cycle = bench.stacking().cycle
    assert bench.hear("16", 1.0) == []
    assert bench.hear("11", 6.0) == []
    (disputed,) = bench.hear("11", 4.0)
    assert isinstance(disputed, Disputed)
    assert disputed.cycle == cycle


def test_a_credit_that_names_another_note_than_escrow_is_a_dispute() -> None:
    bench = Bench("1A")
    cycle = bench.stacking().cycle
    (disputed,) = bench.hear("15 63")
    assert isinstance(disputed, Disputed)
    assert disputed.cycle == cycle
    assert "15 63" in disputed.evidence


def test_an_end_that_is_not_settled_is_told_again_even_by_a_mute_device() -> None:
    bench = Bench("1A")
    cycle = bench.stacking().cycle
    (stacked,) = bench.hear("15")
    bench.puppet.raw = lambda _: b""
    assert stacked in bench.hear("15", 100.0)
    assert Command.RESET not in bench.puppet.commands()
    bench.host.settled(cycle)
    bench.hear("15", 5.0)
    assert Command.RESET in bench.puppet.commands(), "only a reset wakes it"
    bench.puppet.raw = lambda frame: frame
    bench.hear("1B", 3.0)
    assert bench.hear("15") == [], "the same note, should it be told of after all"
