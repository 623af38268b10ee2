"""Every note that is physically in the cassette is credited exactly once, whatever is broken when.

The device half is the physical truth, the books are what a terminal would have credited. Devices
come in several kinds: plain and encrypted, with and without POLL WITH ACK, with and without
counters, and with the habits on which sources differ.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from drivers.acceptors.contract import AcceptorEvent, Disputed, Escrowed, Ready, Returned, Stacked
from drivers.acceptors.device_half.phases import Phase
from drivers.acceptors.ssp.device import SspDevice
from simulation.acceptor.bench import Bench, give_back, stack, undecided
from simulation.acceptor.deeds import DEEDS, Noise, calm_down
from simulation.acceptor.laws import broken_by_a_script
from simulation.acceptor.protocols import Kit
from simulation.acceptor.ssp_kit import ESSP, ESSP_WITHOUT_ACK, PLAIN, kit

VALUES = [100, 500, 500]
KITS: Mapping[str, Kit[SspDevice]] = {
    "plain": kit(PLAIN),
    "essp": kit(ESSP),
    "essp without ack": kit(ESSP_WITHOUT_ACK),
    "hold covers a poll": kit(replace(PLAIN, hold_covers_poll=True, fresh_sequence=1)),
    "silent without key": kit(replace(ESSP, answers_without_key=False, fresh_sequence=0)),
    "old": kit(replace(PLAIN, highest_version=5, channels={1: 50, 2: 100, 3: 500, 4: 1000})),
}
WITHOUT_COUNTER: Mapping[str, Kit[SspDevice]] = {
    "plain, no counter": kit(replace(PLAIN, has_counter=False)),
    "essp, no counter": kit(replace(ESSP, has_counter=False, names_cleared=False)),
    "impatient": kit(replace(PLAIN, has_counter=False, consents_after_s=2.0)),
}
TENTHS = range(0, 48, 5)


def bench_of(
    name: str = "plain",
    *,
    remembers: bool = True,
    noise: Callable[[bytes, bool], bytes] | None = None,
) -> Bench[SspDevice]:
    """A bench whose terminal settles by the counter, at Ready, what nothing was heard of."""
    bench = Bench({**KITS, **WITHOUT_COUNTER}[name], remembers=remembers, noise=noise)
    react = bench.rig.react
    assert react is not None

    def with_the_rule_for_ready(event: AcceptorEvent) -> None:
        books, open_note = bench.books, bench.books.unresolved
        if isinstance(event, Ready) and books.is_new_life and open_note is not None:
            books.unresolved = None
            more = _more(open_note, event)
            if more == 1:
                books.credited[open_note.cycle] = books.last_stacked = open_note.note
            elif more == 0:
                books.returned[open_note.cycle] = open_note.note
            else:
                books.disputed[open_note.cycle] = open_note.note
        react(event)
        if isinstance(event, Ready):
            books.is_new_life = False

    bench.rig.react = with_the_rule_for_ready
    return bench


def _more(note: Escrowed, ready: Ready) -> int | None:
    if note.device_count is None or ready.device_count is None:
        return None
    return ready.device_count - note.device_count


def assert_books_are_right(bench: Bench[SspDevice]) -> None:
    assert bench.credited() == bench.cassette()
    assert bench.violations() == []
    assert not bench.books.disputed


@pytest.mark.parametrize("name", ["plain", "essp"])
@pytest.mark.parametrize("lost", [1, 2, 5])
def test_lost_acknowledgements_credit_once(name: str, lost: int) -> None:
    bench = bench_of(name)
    bench.start()
    for value in VALUES:
        bench.insert_until(value, bench.holds_event)
        bench.lose_acks(lost)
        bench.rig.run(8)
    assert bench.cassette() == VALUES
    assert_books_are_right(bench)


@pytest.mark.parametrize("name", KITS)
@pytest.mark.parametrize("tenths", range(0, 30, 7))
def test_answers_lost_at_any_time(tenths: int, name: str) -> None:
    bench = bench_of(name)
    bench.start()
    bench.insert(500)
    bench.rig.run(tenths / 10)
    bench.lose_answers(2)
    bench.rig.run(12)
    assert bench.cassette() == [500]
    assert_books_are_right(bench)


@pytest.mark.parametrize("name", ["plain", "essp, no counter"])
@pytest.mark.parametrize("off_s", [7.0, 0.3])
@pytest.mark.parametrize("tenths", TENTHS)
def test_power_cut_at_any_time(tenths: int, off_s: float, name: str) -> None:
    bench = bench_of(name)
    bench.start()
    bench.insert(500)
    bench.rig.run(tenths / 10)
    bench.power_cut()
    bench.rig.run(off_s)
    bench.power_on()
    bench.rig.run(20)
    bench.accept()
    bench.rig.run(1)
    bench.insert(100)
    bench.rig.run(6)
    assert len(bench.cassette()) + len(bench.returned()) == 2
    assert_books_are_right(bench)


@pytest.mark.parametrize("name", ["plain, no counter", "essp, no counter"])
@pytest.mark.parametrize("tenths", TENTHS)
def test_terminal_killed_at_any_time(tenths: int, name: str) -> None:
    bench = bench_of(name)
    bench.start()
    bench.insert(500)
    bench.rig.run(tenths / 10)
    bench.new_life()
    bench.decide = give_back
    bench.rig.run(20)
    assert len(bench.cassette()) + len(bench.returned()) == 1
    assert bench.told(Ready)
    assert_books_are_right(bench)


@pytest.mark.parametrize("name", ["plain", "essp"])
@pytest.mark.parametrize("tenths", TENTHS)
def test_terminal_killed_without_memory_is_settled_by_the_counter(tenths: int, name: str) -> None:
    bench = bench_of(name, remembers=False)
    bench.start()
    bench.insert(500)
    bench.rig.run(tenths / 10)
    bench.new_life()
    bench.decide = give_back
    bench.rig.run(20)
    assert_books_are_right(bench)


@pytest.mark.parametrize("name", ["plain, no counter", "essp, no counter"])
@pytest.mark.parametrize("tenths", TENTHS)
def test_everything_loses_power_at_any_time(tenths: int, name: str) -> None:
    bench = bench_of(name)
    bench.start()
    bench.insert(500)
    bench.rig.run(tenths / 10)
    bench.power_cut()
    bench.new_life()
    bench.power_on()
    bench.rig.run(20)
    assert len(bench.cassette()) + len(bench.returned()) == 1
    assert_books_are_right(bench)


@pytest.mark.parametrize("name", ["plain", "essp"])
def test_a_credit_heard_and_not_recorded_is_told_to_the_next_life(name: str) -> None:
    bench = bench_of(name)
    bench.start()
    bench.insert_until(500, bench.holds_event)
    react, bench.rig.react = bench.rig.react, None
    bench.rig.run_until(lambda: bool(bench.told(Stacked)))
    bench.rig.react = react
    bench.new_life()
    bench.rig.run(15)
    assert bench.cassette() == [500]
    assert_books_are_right(bench)


@pytest.mark.parametrize("name", ["plain", "essp", "silent without key"])
def test_key_and_sequence_lost_in_the_middle_of_a_note(name: str) -> None:
    for tenths in range(2, 24, 5):
        bench = bench_of(name)
        bench.start()
        bench.insert(500)
        bench.rig.run(tenths / 10)
        bench.machine.key.forget()
        bench.rig.run(20)
        assert len(bench.cassette()) + len(bench.returned()) == 1
        assert_books_are_right(bench)


@pytest.mark.parametrize("name", ["plain", "hold covers a poll", "essp"])
def test_a_slow_decision_is_waited_for(name: str) -> None:
    bench = bench_of(name)
    bench.decide = undecided
    bench.start()
    bench.insert(500)
    bench.rig.run(5)
    assert bench.cassette() == []
    escrowed = bench.told(Escrowed)[0]
    assert isinstance(escrowed, Escrowed)
    bench.host.stack(escrowed.cycle)
    bench.rig.run(3)
    assert_books_are_right(bench)
    assert bench.cassette() == [500]


def test_an_impatient_device_is_told_to_hold_in_time() -> None:
    bench = bench_of("impatient")
    bench.decide = undecided
    bench.start()
    bench.insert(500)
    bench.rig.run(15)
    assert bench.returned() == [500]
    assert isinstance(bench.events[-1], Returned)
    assert_books_are_right(bench)


def test_a_note_that_waits_unnamed_goes_back() -> None:
    bench = bench_of("plain", remembers=False)
    bench.decide = undecided
    bench.start()
    bench.insert(500)
    bench.rig.run(3)
    bench.decide = stack
    bench.new_life()
    bench.rig.run(15)
    assert bench.returned() == [500]
    assert bench.cassette() == []
    assert_books_are_right(bench)


def test_second_power_cut_during_recovery_replays_once() -> None:
    bench = bench_of("plain")
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


def test_a_forgotten_note_is_found_by_the_counter() -> None:
    bench = bench_of("plain")
    bench.start()
    bench.insert_until(500, bench.is_stacking)
    bench.power_cut()
    bench.rig.run(1)
    bench.machine.power_on(Phase.POWER_UP)
    bench.rig.run(25)
    assert bench.cassette() == [500]
    assert_books_are_right(bench)


def test_without_a_counter_a_forgotten_note_is_disputed_before_ready() -> None:
    bench = bench_of("plain, no counter")
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


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    kit=st.sampled_from([*KITS]),
    script=st.lists(st.tuples(st.integers(0, 30), CHOICES), max_size=30),
    seed=st.integers(0, 1000),
    rate=st.sampled_from([0.0, 0.0, 0.005, 0.03]),
)
@example(
    kit="essp",
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
    assert bench.body.is_at_rest
    assert broken_by_a_script(bench) == []
