"""Notes of an earlier life, as the ID-003 host half settles them before it is ready."""

import pytest

from drivers.acceptors.contract import (
    Disputed,
    Ready,
    Returned,
    Returning,
    ReturnReason,
    Stacked,
    StackedHow,
)
from drivers.acceptors.id003.codes import Command
from drivers.acceptors.id003.frames import Frame
from drivers.acceptors.id003.memory import Kept
from simulation.acceptor.id003_kit import ruble_table
from simulation.acceptor.puppets.id003 import INVALID, KNOWN, Bench, rub
from simulation.acceptor.rig import kinds


@pytest.mark.parametrize(
    ("said", "value"), [("15", 500), ("15 63", 100)], ids=["silent about it", "named"]
)
def test_a_credit_of_an_earlier_life_is_named_and_acknowledged_when_settled(
    said: str, value: int
) -> None:
    bench = Bench("15", known=KNOWN)
    (first,) = bench.hear(said)
    assert isinstance(first, Stacked)
    assert (first.note, first.how) == (rub(value), StackedHow.RECOVERED)
    assert bench.acks() == 0
    bench.host.settled(first.cycle)
    assert bench.hear(said, 0.2) == []
    assert bench.acks() >= 1
    assert kinds(bench.hear("1A", 3.0)) == [Ready]
    assert Command.RESET not in bench.puppet.commands()


@pytest.mark.parametrize("said", ["15", "15 6F"])
def test_a_credit_that_nobody_can_name_is_a_dispute_and_stays_unacknowledged(said: str) -> None:
    bench = Bench(said)
    (first,) = bench.hear(said, 6.0)
    assert isinstance(first, Disputed)
    assert first.note is None
    assert said in first.evidence
    assert bench.acks() == 0
    bench.host.settled(first.cycle)
    bench.hear(said, 0.2)
    assert bench.acks() >= 1


def test_a_credit_out_of_nowhere_is_never_given_the_name_of_an_old_note() -> None:
    bench = Bench("1A", known=KNOWN).enabled()
    (told,) = bench.hear("15")
    assert isinstance(told, Disputed)


def test_a_held_note_of_an_earlier_life_goes_back() -> None:
    bench = Bench("19", known=KNOWN)
    bench.hear("19")
    assert Command.RETURN in bench.puppet.commands()
    assert bench.hear("18") == []
    (returned,) = bench.hear("1A", 0.4)
    assert isinstance(returned, Returned)
    assert (returned.note, returned.why) == (None, ReturnReason.DEVICE)


@pytest.mark.parametrize("way", ["18", "17 79"])
def test_a_note_of_an_earlier_life_that_is_seen_going_back_is_returned(way: str) -> None:
    bench = Bench(way)
    assert bench.hear(way) == []
    assert kinds(bench.hear("1A", 0.4)) == [Returned]


def test_the_reject_of_a_new_note_at_start_is_no_return() -> None:
    bench = Bench("17 71")
    bench.hear("17 71")
    assert kinds(bench.hear("1A", 3.0)) == [Ready]


def test_a_note_found_in_the_acceptor_is_on_record_before_it_is_given_back() -> None:
    bench = Bench("41")
    (returning,) = bench.hear("41", 3.0)
    assert isinstance(returning, Returning)
    assert Command.RESET not in bench.puppet.commands()
    bench.host.settled(returning.cycle)
    bench.hear("41", 0.2)
    assert Command.RESET in bench.puppet.commands()
    (returned,) = bench.hear("1B")
    assert isinstance(returned, Returned)
    assert (returned.cycle, returned.why) == (returning.cycle, ReturnReason.DEVICE)
    assert bench.hear("1A", 3.0) == [returned], "told until it is settled, and no Ready before"
    bench.host.settled(returning.cycle)
    assert kinds(bench.hear("1A", 1.0)) == [Ready]


def test_a_note_found_in_the_acceptor_is_given_back_in_the_end_without_a_record() -> None:
    bench = Bench("41")
    bench.hear("41", 14.0)
    assert Command.RESET not in bench.puppet.commands()
    bench.hear("41", 3.0)
    assert Command.RESET in bench.puppet.commands()


def test_after_a_note_in_the_stacker_ready_waits_for_its_credit() -> None:
    bench = Bench("42", known=KNOWN)
    bench.hear("42")
    bench.hear("1B", 1.5)
    assert Frame(code=Command.OPTIONS, data=b"\x02\x00") in bench.puppet.heard
    assert bench.hear("1A", 3.0) == []
    (stacked,) = bench.hear("15", 0.4)
    assert isinstance(stacked, Stacked)
    bench.host.settled(stacked.cycle)
    bench.hear("15", 0.2)
    assert kinds(bench.hear("1A", 3.0)) == [Ready]


def test_a_credit_that_comes_in_the_middle_of_set_up_is_settled_first() -> None:
    bench = Bench("42", known=KNOWN)
    bench.hear("42")
    bench.hear("1B", 0.5)
    (stacked,) = bench.hear("15")
    assert isinstance(stacked, Stacked)
    bench.host.settled(stacked.cycle)
    bench.hear("15", 0.2)
    assert bench.hear("1B", 2.0) == []
    assert kinds(bench.hear("1A", 2.0)) == [Ready]


def test_a_note_in_the_stacker_that_is_never_told_of_becomes_a_dispute() -> None:
    bench = Bench("42")
    bench.hear("42")
    bench.hear("1B", 1.5)
    (disputed,) = bench.hear("1A", 8.0)
    assert isinstance(disputed, Disputed)
    bench.host.settled(disputed.cycle)
    assert kinds(bench.hear("1A", 1.0)) == [Ready]


def marked(said: int = 0x77) -> Bench:
    """A new life that finds a device at rest, which says this of its mark (77 is right)."""
    kept = Kept(table=ruble_table(), escrow=0x65, mark=0x77)
    bench = Bench("1A", known=kept.to_bytes(), remember=lambda _: True)
    bench.puppet.answers[Command.READ_SECURITY] = Frame(code=0x81, data=bytes([0, said]))
    return bench


def test_a_device_at_rest_that_kept_its_power_has_given_back_what_it_does_not_tell_of() -> None:
    bench = marked()
    (returned,) = bench.hear("1A", 3.0)
    assert isinstance(returned, Returned)
    assert (returned.note, returned.why) == (None, ReturnReason.DEVICE)
    assert Frame(code=Command.SECURITY, data=b"\x00\x77") in bench.puppet.heard
    bench.host.settled(returned.cycle)
    assert kinds(bench.hear("1A", 1.0)) == [Ready]


@pytest.mark.parametrize("answer", [0, 0x78, None, INVALID])
def test_a_device_that_may_have_been_reset_proves_nothing_by_its_rest(
    answer: int | Frame | None,
) -> None:
    bench = marked(answer if isinstance(answer, int) else 0)
    if not isinstance(answer, int):
        bench.puppet.answers[Command.READ_SECURITY] = answer
    assert kinds(bench.hear("1A", 5.0)) == [Ready]


@pytest.mark.parametrize("before", ["40", "1B", "45", "46", "49 A2", "44", "48", "16"])
def test_after_a_reset_or_trouble_rest_proves_nothing(before: str) -> None:
    bench = marked()
    bench.hear(before, 3.0)
    assert Returned not in kinds(bench.hear("1A", 5.0))


def test_a_credit_of_an_earlier_life_leaves_nothing_to_conclude() -> None:
    bench = marked()
    (stacked,) = bench.hear("15", 1.0)
    assert isinstance(stacked, Stacked)
    bench.host.settled(stacked.cycle)
    bench.hear("15", 0.3)
    assert kinds(bench.hear("1A", 3.0)) == [Ready]


def test_trouble_with_a_note_on_its_way_takes_the_mark_away_for_the_next_life() -> None:
    remembered: list[Kept] = []

    def remember(raw: bytes) -> bool:
        remembered.append(Kept.from_bytes(raw))
        return True

    bench = Bench("1A", remember=remember)
    bench.stacking()
    assert remembered[-1].mark
    bench.hear("46", 0.3)
    assert remembered[-1].mark == 0
