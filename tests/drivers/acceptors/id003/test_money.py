"""Every note that is physically in the stacker is credited exactly once, whatever is broken when.

The device half is the physical truth, the books are what a terminal would have credited. Devices
come in several kinds: with and without a denomination in their credit, with and without power
recovery, and with an answer to damaged frames.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from drivers.acceptors.contract import AcceptorEvent, Disputed, Ready, Stacked
from drivers.acceptors.device_half.phases import Phase
from drivers.acceptors.id003.device import MUTE_AFTER_S, Id003Device
from simulation.acceptor.bench import Bench, give_back
from simulation.acceptor.deeds import DEEDS, Noise, calm_down
from simulation.acceptor.id003_kit import ID003, make_machine
from simulation.acceptor.laws import broken_by_a_script
from simulation.acceptor.protocols import Kit

VALUES = [100, 500, 500]
KITS: Mapping[str, Kit[Id003Device]] = {
    "classic": ID003,
    "names its credits": replace(ID003, make_machine=partial(make_machine, names_credit=True)),
    "answers damage": replace(ID003, make_machine=partial(make_machine, answers_damage=True)),
    "without recovery": replace(ID003, make_machine=partial(make_machine, recovers=False)),
}
TENTHS = range(0, 60, 3)


def bench_of(
    kit: str = "classic",
    *,
    remembers: bool = True,
    noise: Callable[[bytes, bool], bytes] | None = None,
) -> Bench[Id003Device]:
    """A bench whose terminal disputes, at the first Ready, a note that nothing was heard of."""
    bench = Bench(KITS[kit], remembers=remembers, noise=noise)
    react = bench.rig.react
    assert react is not None

    def with_the_rule_for_ready(event: AcceptorEvent) -> None:
        books = bench.books
        if isinstance(event, Ready) and books.is_new_life and books.unresolved is not None:
            books.disputed[books.unresolved.cycle] = books.unresolved.note
            books.unresolved = None
        react(event)

    bench.rig.react = with_the_rule_for_ready
    return bench


def takes_another(bench: Bench[Id003Device]) -> bool:
    bench.rig.run_until(lambda: bench.body.phase is Phase.IDLING)
    before = bench.credited()
    assert bench.insert(100)
    bench.rig.run(6)
    return bench.credited() == [*before, 100] and bench.body.is_at_rest


def assert_books_are_right(bench: Bench[Id003Device]) -> None:
    assert bench.credited() == bench.cassette()
    assert bench.violations() == []
    assert not bench.books.disputed


@pytest.mark.parametrize("lost", [1, 2, 5])
def test_lost_acknowledgements_credit_once(lost: int) -> None:
    bench = bench_of()
    bench.start()
    for value in VALUES:
        bench.insert_until(value, bench.holds_event)
        bench.lose_acks(lost)
        bench.rig.run(5)
    assert bench.cassette() == VALUES
    assert_books_are_right(bench)


@pytest.mark.parametrize("off_s", [7.0, 0.3])
@pytest.mark.parametrize("tenths", TENTHS)
def test_power_cut_at_any_time(tenths: int, off_s: float) -> None:
    bench = bench_of()
    bench.start()
    bench.insert(500)
    bench.rig.run(tenths / 10)
    bench.power_cut()
    bench.rig.run(off_s)
    bench.power_on()
    bench.rig.run(18)
    bench.insert(100)
    bench.rig.run(6)
    assert len(bench.cassette()) + len(bench.returned()) == 2
    assert_books_are_right(bench)


@pytest.mark.parametrize("tenths", TENTHS)
def test_terminal_killed_at_any_time(tenths: int) -> None:
    bench = bench_of()
    bench.start()
    bench.insert(500)
    bench.rig.run(tenths / 10)
    bench.new_life()
    bench.decide = give_back
    bench.rig.run(20)
    assert len(bench.cassette()) + len(bench.returned()) == 1
    assert bench.told(Ready)
    assert_books_are_right(bench)


@pytest.mark.parametrize("tenths", TENTHS)
def test_everything_loses_power_at_any_time(tenths: int) -> None:
    bench = bench_of()
    bench.start()
    bench.insert(500)
    bench.rig.run(tenths / 10)
    bench.power_cut()
    bench.new_life()
    bench.power_on()
    bench.rig.run(20)
    assert len(bench.cassette()) + len(bench.returned()) == 1
    assert_books_are_right(bench)


@pytest.mark.parametrize("tenths", TENTHS)
def test_without_memory_or_recovery_what_cannot_be_known_is_a_dispute(tenths: int) -> None:
    for kit, remembers in (("classic", False), ("without recovery", True)):
        bench = bench_of(kit, remembers=remembers)
        bench.start()
        bench.insert(500)
        bench.rig.run(tenths / 10)
        bench.power_cut()
        bench.new_life()
        bench.power_on()
        bench.rig.run(25)
        inside = Counter(bench.cassette())
        assert not Counter(bench.credited()) - inside
        assert (inside - Counter(bench.credited())).total() <= len(bench.books.disputed)


def test_second_power_cut_during_recovery_replays_once() -> None:
    bench = bench_of()
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
    bench = bench_of()
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
    assert len({event.cycle for event in bench.told(Stacked) if isinstance(event, Stacked)}) == 1
    assert_books_are_right(bench)


def test_a_record_that_takes_longer_than_the_device_is_patient_is_still_one_credit() -> None:
    bench = bench_of()
    bench.settles = False
    bench.start()
    bench.insert_until(500, bench.holds_event)
    bench.rig.run(MUTE_AFTER_S + 30)
    assert bench.machine.is_mute
    assert bench.violations() == []
    bench.settles = True
    bench.rig.run(120)
    assert bench.credited() == bench.cassette() == [500]
    assert takes_another(bench)
    assert_books_are_right(bench)


def test_a_terminal_that_comes_back_to_a_mute_device_disputes_the_note() -> None:
    bench = bench_of()
    bench.start()
    bench.insert_until(500, bench.is_stacking)
    bench.rig.unplug()
    bench.rig.run(MUTE_AFTER_S + 10)
    bench.new_life()
    bench.accept()
    bench.rig.plug()
    bench.rig.run(110)
    assert [note and note.minor for note in bench.books.disputed.values()] == [50_000]
    assert takes_another(bench)
    assert bench.violations() == []


@pytest.mark.parametrize("away_s", [MUTE_AFTER_S + 10, MUTE_AFTER_S + 120])
def test_a_line_that_comes_back_to_a_mute_device_in_the_same_life_disputes_the_note(
    away_s: float,
) -> None:
    bench = bench_of()
    bench.start()
    bench.insert_until(500, bench.is_stacking)
    bench.rig.unplug()
    bench.rig.run(away_s)
    assert bench.machine.is_mute
    bench.rig.plug()
    bench.rig.run(110)
    assert [note and note.minor for note in bench.books.disputed.values()] == [50_000]
    assert takes_another(bench)
    assert bench.violations() == []


def test_a_wire_that_is_silent_until_the_device_is_mute_disputes_the_note() -> None:
    cut: set[str] = set()
    bench = bench_of(noise=lambda data, _: b"" if cut else data)
    bench.start()
    bench.insert_until(500, bench.is_stacking)
    cut.add("wire")
    bench.rig.run(MUTE_AFTER_S + 30)
    cut.clear()
    bench.rig.run(60)
    assert [note and note.minor for note in bench.books.disputed.values()] == [50_000]
    assert takes_another(bench)
    assert bench.violations() == []


def test_a_forgotten_note_is_disputed_before_ready() -> None:
    bench = bench_of()
    bench.start()
    bench.insert_until(500, bench.is_stacking)
    bench.power_cut()
    bench.rig.run(1)
    bench.machine.power_on(Phase.POWER_UP)
    bench.rig.run(25)
    kinds = [type(event) for event in bench.events]
    assert kinds.index(Disputed) < len(kinds) - 1 - kinds[::-1].index(Ready)
    assert bench.cassette() == [500]
    assert bench.credited() == []


# --- anything, in any order -----------------------------------------------------------------------


CHOICES = st.sampled_from(["insert", "insert", "insert", *DEEDS])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    kit=st.sampled_from([*KITS, "classic"]),
    script=st.lists(st.tuples(st.integers(0, 30), CHOICES), max_size=24),
    seed=st.integers(0, 1000),
    rate=st.sampled_from([0.0, 0.0, 0.005, 0.03]),
)
@example(
    kit="classic",
    script=[(0, "insert"), (35, "lose ack"), (4, "blink"), (30, "insert")],
    seed=1,
    rate=0.0,
)
def test_any_script_of_faults_credits_each_note_once(
    kit: str, script: list[tuple[int, str]], seed: int, rate: float
) -> None:
    noise = Noise(seed)
    bench = bench_of(kit, noise=noise)
    bench.start()
    noise.rate = rate
    for tenths, deed in script:
        DEEDS[deed](bench)
        bench.rig.run(tenths / 10)
    noise.rate = 0.0
    calm_down(bench)
    if bench.machine.is_mute:
        bench.rig.run(120)
    assert bench.body.is_at_rest
    assert broken_by_a_script(bench) == []
