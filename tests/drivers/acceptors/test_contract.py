"""The acceptor contract, the same for every protocol: add a bench here, and all of it must hold.

A bench is a machine that knows where the paper is, the host half under test, and a terminal that
keeps books (`simulation.acceptor.bench`); every protocol of the registry gets one.
"""

import pytest

from drivers.acceptors.contract import (
    CycleId,
    Disabled,
    Enabled,
    Escrowed,
    Note,
    Ready,
    Rejected,
    RejectReason,
    Returned,
    ReturnReason,
    Stacked,
    StackedHow,
    Validating,
)
from simulation.acceptor.bench import Bench, give_back, undecided
from simulation.acceptor.machine import Machine

AnyBench = Bench[Machine]


def rub(value: int) -> Note:
    return Note(minor=value * 100, currency="RUB")


def test_ready_comes_first_and_accepts_nothing(bench: AnyBench) -> None:
    bench.rig.run(20)
    assert [type(event) for event in bench.events] == [Ready]
    ready = bench.told(Ready)[0]
    assert isinstance(ready, Ready)
    assert ready.denominations == tuple(rub(v) for v in (10, 50, 100, 200, 500, 1000, 2000, 5000))
    assert not bench.insert(500)


def test_a_note_goes_its_way_in_order(bench: AnyBench) -> None:
    bench.start()
    bench.insert(500)
    bench.rig.run(6)
    validating, escrowed, stacked = bench.events[-3:]
    assert isinstance(validating, Validating)
    assert isinstance(escrowed, Escrowed)
    assert isinstance(stacked, Stacked)
    assert escrowed.note == stacked.note == rub(500)
    assert stacked.cycle == escrowed.cycle
    assert stacked.how is StackedHow.NORMAL
    assert bench.cassette() == [500]


def test_two_equal_notes_are_two_cycles(bench: AnyBench) -> None:
    bench.start()
    for _ in range(2):
        bench.insert(500)
        bench.rig.run(6)
    first, second = (e for e in bench.told(Stacked) if isinstance(e, Stacked))
    assert first.cycle != second.cycle
    assert bench.credited() == [500, 500]


def test_cycles_of_two_lives_never_have_one_name(bench: AnyBench) -> None:
    bench.start()
    bench.insert(500)
    bench.rig.run(6)
    bench.new_life()
    bench.accept()
    bench.rig.run(10)
    bench.insert(500)
    bench.rig.run(6)
    cycles = [e.cycle for e in bench.told(Escrowed) if isinstance(e, Escrowed)]
    assert len(cycles) == len(set(cycles)) == 2


def test_an_unsettled_note_is_told_again_with_the_same_cycle(bench: AnyBench) -> None:
    bench.settles = False
    bench.start()
    bench.insert(500)
    bench.rig.run(8)
    told = [e for e in bench.told(Stacked) if isinstance(e, Stacked)]
    assert len(told) > 3
    assert len({e.cycle for e in told}) == 1
    assert bench.holds_event(), "acknowledged before it was settled"
    bench.host.settled(told[0].cycle)
    bench.rig.run(1)
    assert not bench.holds_event()
    heard = len(bench.events)
    bench.rig.run(2)
    assert not [e for e in bench.events[heard:] if isinstance(e, Stacked)]


def test_settling_another_cycle_acknowledges_nothing(bench: AnyBench) -> None:
    bench.settles = False
    bench.start()
    bench.insert(500)
    bench.rig.run(4)
    bench.host.settled(CycleId("nobody-1"))
    bench.rig.run(1)
    assert bench.holds_event()


def test_an_ordered_return_comes_back(bench: AnyBench) -> None:
    bench.decide = give_back
    bench.start()
    bench.insert(100)
    bench.rig.run(6)
    returned = bench.events[-1]
    assert isinstance(returned, Returned)
    assert returned.why is ReturnReason.ORDERED
    assert returned.note == rub(100)
    assert bench.returned() == [100]
    assert not bench.holds_event()


def test_a_note_without_decision_comes_back_by_itself(bench: AnyBench) -> None:
    bench.decide = undecided
    bench.start()
    bench.insert(100)
    bench.rig.run(15)
    returned = bench.events[-1]
    assert isinstance(returned, Returned)
    assert returned.why is ReturnReason.TIMED_OUT


def test_a_held_note_waits_until_it_is_decided(bench: AnyBench) -> None:
    bench.decide = lambda host, event: host.hold(event.cycle)
    bench.start()
    bench.insert(100)
    bench.rig.run(45)
    assert not bench.told(Returned)
    cycle = next(e.cycle for e in bench.told(Escrowed) if isinstance(e, Escrowed))
    bench.host.stack(cycle)
    bench.rig.run(3)
    assert bench.credited() == [100]


def test_orders_for_another_cycle_do_nothing(bench: AnyBench) -> None:
    bench.decide = undecided
    bench.start()
    bench.insert(100)
    bench.rig.run(3)
    bench.host.stack(CycleId("nobody-1"))
    bench.rig.run(3)
    assert bench.cassette() == []


def test_only_wanted_denominations_are_taken(bench: AnyBench) -> None:
    bench.start(100)
    bench.insert(500)
    bench.rig.run(4)
    rejected = bench.events[-1]
    assert isinstance(rejected, Rejected)
    assert rejected.reason is RejectReason.INHIBITED
    bench.insert(100)
    bench.rig.run(4)
    assert bench.credited() == [100]


def test_stop_lets_a_moving_note_finish_and_then_says_disabled(bench: AnyBench) -> None:
    bench.start()
    bench.insert(500)
    bench.rig.run(0.5)
    bench.host.stop()
    bench.rig.run(8)
    assert bench.credited() == bench.cassette() == [500]
    assert isinstance(bench.events[-1], Disabled)
    assert not bench.insert(500)


def test_disabled_waits_for_the_note_to_be_settled(bench: AnyBench) -> None:
    bench.settles = False
    bench.start()
    bench.insert(500)
    bench.rig.run(1)
    bench.host.stop()
    bench.rig.run(8)
    assert not bench.told(Disabled)
    bench.host.settled(next(e.cycle for e in bench.told(Stacked) if isinstance(e, Stacked)))
    bench.rig.run(1)
    assert len(bench.told(Disabled)) == 1


def test_each_stop_and_each_accept_is_answered(bench: AnyBench) -> None:
    bench.start()
    for _ in range(2):
        bench.host.stop()
        bench.rig.run(1)
    assert len(bench.told(Disabled)) == 2
    bench.host.accept(frozenset({rub(100)}))
    bench.rig.run(1)
    bench.host.accept(frozenset({rub(100)}))
    bench.rig.run(1)
    assert len(bench.told(Enabled)) == 3


def test_acceptance_goes_on_after_a_power_cut(bench: AnyBench) -> None:
    bench.start()
    bench.power_cut()
    bench.rig.run(8)
    bench.power_on()
    bench.rig.run(8)
    assert isinstance(bench.events[-2], Ready)
    assert isinstance(bench.events[-1], Enabled)
    bench.insert(100)
    bench.rig.run(5)
    assert bench.credited() == [100]


def test_a_note_of_an_earlier_life_is_told_before_ready(bench: AnyBench) -> None:
    bench.start()
    bench.insert_until(500, bench.is_stacking)
    bench.new_life()
    heard = len(bench.events)
    bench.rig.run(20)
    stacked, ready = bench.events[heard:][:2]
    assert isinstance(stacked, Stacked)
    assert stacked.how is StackedHow.RECOVERED
    assert stacked.note == rub(500)
    assert isinstance(ready, Ready)
    assert bench.credited() == bench.cassette() == [500]


def test_a_note_in_escrow_of_an_earlier_life_is_offered_again(bench: AnyBench) -> None:
    bench.decide = undecided
    bench.start()
    bench.insert(500)
    bench.rig.run(3)
    bench.decide = give_back
    bench.new_life()
    heard = len(bench.events)
    bench.rig.run(20)
    kinds = [type(event) for event in bench.events[heard:]]
    assert kinds == [Escrowed, Returned, Ready]
    assert bench.returned() == [500]


@pytest.mark.parametrize("how_many", [1, 3])
def test_lost_words_on_the_line_change_nothing(bench: AnyBench, how_many: int) -> None:
    bench.start()
    bench.insert(500)
    for _ in range(20):
        bench.lose_answers(how_many)
        bench.lose_acks(how_many)
        bench.rig.run(0.4)
    bench.lose_acks(0)
    bench.lose_answers(0)
    bench.rig.run(15)
    assert bench.credited() == bench.cassette()
    assert len(bench.cassette()) + len(bench.returned()) == 1
    assert bench.violations() == []
