"""The acceptor contract when machine, power or people misbehave, the same for every protocol."""

import pytest

from drivers.acceptors.contract import (
    CassetteIn,
    CassetteOut,
    Disabled,
    Disputed,
    Escrowed,
    Fault,
    Ready,
    Rejected,
    RejectReason,
    Returned,
)
from drivers.acceptors.device_half import mishaps
from drivers.acceptors.device_half.paper import COUPON
from drivers.acceptors.device_half.phases import POWER_UPS, Phase
from drivers.acceptors.faults import FaultNumber, fault_catalogue
from simulation.acceptor.bench import Bench, give_back, stack, undecided
from simulation.acceptor.laws import broken, works_again
from simulation.acceptor.machine import Machine
from simulation.acceptor.protocols import Build, Kit

AnyBench = Bench[Machine]
JAM_NUMBERS = {
    Phase.PATH_JAMMED: FaultNumber.VALIDATOR_JAMMED,
    Phase.STACKER_JAMMED: FaultNumber.CASSETTE_JAMMED,
}


def faults(bench: AnyBench) -> list[int]:
    return [event.number for event in bench.told(Fault) if isinstance(event, Fault)]


def note_at(bench: AnyBench, where: str) -> None:
    """Bring a note to where the test wants it."""
    match where:
        case "drawn in":
            assert bench.insert(500)
        case "escrow":
            bench.decide = undecided
            bench.insert_until(500, lambda: bench.body.in_escrow is not None)
        case "stacking":
            bench.insert_until(500, bench.is_stacking)
        case "returning":
            bench.decide = give_back
            bench.insert_until(500, lambda: bench.body.phase is Phase.RETURNING)
        case "unacknowledged":
            bench.settles = False
            bench.insert_until(500, bench.holds_event)
        case _:
            pass


PLACES = ["nowhere", "drawn in", "escrow", "stacking", "returning", "unacknowledged"]


# --- power --------------------------------------------------------------------------------------


@pytest.mark.parametrize("killed", [False, True], ids=["device alone", "with the terminal"])
@pytest.mark.parametrize("where", PLACES)
def test_power_fails_with_a_note_anywhere(bench: AnyBench, where: str, killed: bool) -> None:
    bench.start()
    note_at(bench, where)
    bench.power_cut()
    if killed:
        bench.new_life()
        bench.accept()
    bench.rig.run(4)
    bench.settles, bench.decide = True, stack
    bench.power_on()
    assert works_again(bench) == []
    assert broken(bench) == []


@pytest.mark.parametrize("outcome", sorted(POWER_UPS))
@pytest.mark.parametrize("where", ["nowhere", "escrow", "stacking"])
def test_every_power_up_state_leads_to_ready(bench: AnyBench, where: str, outcome: Phase) -> None:
    """A device may also come up in another state than the one that fits, and may forget."""
    bench.start()
    note_at(bench, where)
    bench.power_cut()
    bench.rig.run(1)
    bench.decide = stack
    bench.machine.power_on(outcome)
    assert works_again(bench) == []
    assert broken(bench, may_doubt=True) == []


@pytest.mark.parametrize("tenths", range(0, 40, 3))
def test_the_device_resets_itself_at_any_moment(bench: AnyBench, tenths: int) -> None:
    bench.start()
    bench.insert(500)
    bench.rig.run(tenths / 10)
    bench.power_cut()
    bench.power_on()
    assert works_again(bench) == []
    assert broken(bench) == []


@pytest.mark.parametrize("tenths", range(0, 40, 3))
def test_the_terminal_is_killed_at_any_moment(bench: AnyBench, tenths: int) -> None:
    bench.start()
    bench.insert(500)
    bench.rig.run(tenths / 10)
    bench.new_life()
    bench.accept()
    assert works_again(bench) == []
    assert broken(bench) == []


# --- the machine --------------------------------------------------------------------------------


@pytest.mark.parametrize("where", PLACES)
def test_the_cassette_goes_out_and_comes_back(bench: AnyBench, where: str) -> None:
    bench.start()
    note_at(bench, where)
    mishaps.take_cassette_out(bench.body, bench.rig.now)
    bench.rig.run(3)
    bench.settles, bench.decide = True, stack
    bench.rig.run(12)
    assert len(bench.told(CassetteOut)) == 1
    mishaps.put_cassette_in(bench.body, bench.rig.now, empty=where == "nowhere")
    assert works_again(bench) == []
    assert len(bench.told(CassetteIn)) == 1
    assert broken(bench, may_doubt=True) == []


@pytest.mark.parametrize("into_cassette", [True, False], ids=["into the cassette", "by hand"])
@pytest.mark.parametrize("where", ["nowhere", "drawn in", "escrow", "stacking"])
@pytest.mark.parametrize("jam", list(JAM_NUMBERS))
def test_a_jam_is_told_and_cleared(
    bench: AnyBench, jam: Phase, where: str, into_cassette: bool
) -> None:
    bench.start()
    note_at(bench, where)
    mishaps.jam(bench.body, jam, bench.rig.now)
    bench.rig.run(20)
    assert JAM_NUMBERS[jam] in faults(bench)
    assert not bench.insert(100)
    bench.decide = stack
    mishaps.clear_jam(bench.body, bench.rig.now, into_cassette=into_cassette)
    assert works_again(bench) == []
    assert broken(bench, may_doubt=True) == []


@pytest.mark.parametrize("jam", list(JAM_NUMBERS))
def test_a_note_that_a_short_jam_held_is_not_called_returned(bench: AnyBench, jam: Phase) -> None:
    """The way is free again before any grace is over, and the note is in a technician's hand."""
    bench.start()
    note_at(bench, "escrow")
    bench.rig.run(0.5)
    assert len(bench.told(Escrowed)) == 1
    mishaps.jam(bench.body, jam, bench.rig.now)
    bench.rig.run(3)
    mishaps.clear_jam(bench.body, bench.rig.now, into_cassette=False)
    bench.decide = stack
    assert works_again(bench) == []
    assert bench.told(Returned) == []
    assert len(bench.told(Disputed)) == 1


def test_every_failure_has_a_number_of_the_catalogue(bench: AnyBench) -> None:
    bench.start()
    for code in bench.machine.failures:
        heard = len(bench.events)
        mishaps.fail(bench.body, code, bench.rig.now)
        bench.rig.run(3)
        told = [event for event in bench.events[heard:] if isinstance(event, Fault)]
        assert [event.number in fault_catalogue() for event in told] == [True], hex(code)
        assert told[0].raw, "the vendor's code is for the log"
        mishaps.repair(bench.body, bench.rig.now)
        bench.rig.run(8)
        assert isinstance(bench.events[-2], Ready)
    assert works_again(bench) == []


def test_a_full_cassette_stops_until_it_is_emptied(kit: Kit[Machine]) -> None:
    bench = Bench(kit, Build(capacity=1))
    bench.start()
    bench.insert(500)
    bench.rig.run(8)
    assert bench.credited() == [500]
    assert FaultNumber.CASSETTE_FULL in faults(bench)
    assert not bench.insert(500)
    mishaps.take_cassette_out(bench.body, bench.rig.now)
    bench.rig.run(3)
    mishaps.put_cassette_in(bench.body, bench.rig.now, empty=True)
    assert works_again(bench) == []
    assert broken(bench) == []


# --- people -------------------------------------------------------------------------------------


def test_counterfeits_and_coupons_come_back(bench: AnyBench) -> None:
    bench.start()
    for value in (None, COUPON):
        assert bench.machine.insert(value, bench.rig.now)
        bench.rig.run(6)
    reasons = [event.reason for event in bench.told(Rejected) if isinstance(event, Rejected)]
    assert reasons[0] is RejectReason.UNRECOGNISED
    assert len(reasons) == 2
    assert bench.returned() == [0, 0]
    assert works_again(bench) == []
    assert broken(bench) == []


def test_a_note_that_is_pulled_back_is_a_reject(bench: AnyBench) -> None:
    bench.start()
    assert bench.insert(500)
    bench.rig.run(0.3)
    assert bench.body.pull_back(bench.rig.now)
    bench.rig.run(4)
    assert len(bench.told(Rejected)) == 1
    assert works_again(bench) == []
    assert broken(bench) == []


def test_a_second_note_pauses_the_first(bench: AnyBench) -> None:
    bench.start()
    note_at(bench, "stacking")
    assert mishaps.push_second(bench.body, bench.rig.now)
    bench.rig.run(3)
    assert mishaps.pull_second(bench.body, bench.rig.now)
    assert works_again(bench) == []
    assert broken(bench) == []


def test_cheating_is_told_and_credits_nothing(bench: AnyBench) -> None:
    bench.start()
    assert mishaps.cheat(bench.body, bench.rig.now)
    bench.rig.run(5)
    assert FaultNumber.CHEAT_ATTEMPT in faults(bench)
    assert works_again(bench) == []
    assert broken(bench) == []


@pytest.mark.parametrize("where", PLACES[1:])
def test_disabled_waits_for_a_note_that_is_inside(bench: AnyBench, where: str) -> None:
    bench.start()
    note_at(bench, where)
    bench.host.stop()
    bench.rig.run(2)
    bench.settles = True
    bench.rig.run(20)
    assert isinstance(bench.events[-1], Disabled)
    assert bench.body.paper is None
    assert not bench.holds_event()
    assert not bench.insert(500)
    bench.accept()
    bench.decide = stack
    assert works_again(bench) == []
    assert broken(bench) == []
