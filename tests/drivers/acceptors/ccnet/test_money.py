"""Every note that is physically in the cassette is credited exactly once, whatever is broken when.

The device half is the physical truth, the books are what a terminal would have credited.
"""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from drivers.acceptors.ccnet.device import CcnetDevice
from drivers.acceptors.contract import Disputed, Ready, Stacked
from simulation.acceptor.bench import Bench, give_back
from simulation.acceptor.ccnet_kit import CCNET
from simulation.acceptor.deeds import DEEDS, Noise, calm_down
from simulation.acceptor.laws import broken_by_a_script

VALUES = [100, 500, 500]


def assert_books_are_right(bench: Bench[CcnetDevice]) -> None:
    assert bench.credited() == bench.cassette()
    assert bench.violations() == []
    assert not bench.told(Disputed)


@pytest.mark.parametrize("lost", [1, 2, 5])
def test_lost_acknowledgements_credit_once(lost: int) -> None:
    bench = Bench(CCNET)
    bench.start()
    for value in VALUES:
        bench.lose_acks(0)
        bench.insert_until(value, bench.is_stacking)
        bench.rig.run_until(bench.holds_event)
        bench.lose_acks(lost)
        bench.rig.run(5)
    assert bench.cassette() == VALUES
    assert_books_are_right(bench)


@pytest.mark.parametrize("tenths", range(0, 45))
def test_power_cut_at_every_tenth_of_a_second(tenths: int) -> None:
    bench = Bench(CCNET)
    bench.start()
    bench.insert(500)
    bench.rig.run(tenths / 10)
    bench.power_cut()
    bench.rig.run(7)
    bench.power_on()
    bench.rig.run(15)
    bench.insert(100)
    bench.rig.run(6)
    assert len(bench.cassette()) + len(bench.returned()) == 2
    assert_books_are_right(bench)


@pytest.mark.parametrize("tenths", range(0, 45))
def test_short_power_cut_that_is_no_silence_yet(tenths: int) -> None:
    bench = Bench(CCNET)
    bench.start()
    bench.insert(500)
    bench.rig.run(tenths / 10)
    bench.power_cut()
    bench.rig.run(0.3)
    bench.power_on()
    bench.rig.run(15)
    bench.insert(500)
    bench.rig.run(6)
    assert len(bench.cassette()) + len(bench.returned()) == 2
    assert_books_are_right(bench)


@pytest.mark.parametrize("tenths", range(0, 45))
def test_terminal_killed_at_every_tenth_of_a_second(tenths: int) -> None:
    bench = Bench(CCNET)
    bench.start()
    bench.insert(500)
    bench.rig.run(tenths / 10)
    bench.new_life()
    bench.decide = give_back
    bench.rig.run(20)
    assert len(bench.cassette()) + len(bench.returned()) == 1
    assert bench.told(Ready)
    assert_books_are_right(bench)


@pytest.mark.parametrize("tenths", range(0, 45))
def test_everything_loses_power_at_every_tenth_of_a_second(tenths: int) -> None:
    bench = Bench(CCNET, remembers=False)
    bench.start()
    bench.insert(500)
    bench.rig.run(tenths / 10)
    bench.power_cut()
    bench.new_life()
    bench.power_on()
    bench.rig.run(20)
    assert len(bench.cassette()) + len(bench.returned()) == 1
    assert_books_are_right(bench)


def test_second_power_cut_during_recovery_replays_once() -> None:
    bench = Bench(CCNET)
    bench.start()
    bench.insert_until(500, bench.is_stacking)
    for _ in range(3):
        bench.power_cut()
        bench.rig.run(0.5)
        bench.power_on()
        bench.rig.run(0.9)
    bench.rig.run(15)
    assert bench.cassette() == [500]
    assert_books_are_right(bench)


def test_replay_after_a_lost_acknowledgement_and_a_power_cut_is_the_same_note() -> None:
    bench = Bench(CCNET)
    bench.start()
    bench.insert_until(500, bench.is_stacking)
    bench.lose_acks(1)
    bench.rig.run_until(lambda: bool(bench.told(Stacked)))
    assert bench.holds_event()
    bench.power_cut()
    bench.rig.run(0.5)
    bench.power_on()
    bench.rig.run(15)
    assert not bench.holds_event()
    assert bench.cassette() == [500]
    assert len({event.cycle for event in bench.told(Stacked) if isinstance(event, Stacked)}) == 1
    assert_books_are_right(bench)


CHOICES = st.sampled_from(["insert", "insert", "insert", *DEEDS])


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    script=st.lists(st.tuples(st.integers(0, 30), CHOICES), max_size=30),
    seed=st.integers(0, 1000),
    rate=st.sampled_from([0.0, 0.0, 0.005, 0.03]),
)
@example(script=[(0, "insert"), (20, "lose ack"), (4, "blink"), (30, "insert")], seed=1, rate=0.0)
def test_any_script_of_faults_credits_each_note_once(
    script: list[tuple[int, str]], seed: int, rate: float
) -> None:
    noise = Noise(seed)
    bench = Bench(CCNET, noise=noise)
    bench.start()
    noise.rate = rate
    for tenths, deed in script:
        DEEDS[deed](bench)
        bench.rig.run(tenths / 10)
    noise.rate = 0.0
    calm_down(bench)
    assert bench.body.is_at_rest
    assert broken_by_a_script(bench) == []
