"""Arbitrary bytes into every host half, in every phase: no exception, no note, no endless memory."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drivers.acceptors.contract import Disputed, Escrowed, Returned, Stacked
from simulation.acceptor.bench import Bench, undecided
from simulation.acceptor.laws import broken
from simulation.acceptor.machine import Machine
from simulation.acceptor.protocols import Kit

STARTS = bytes([0x02, 0x03, 0x06, 0x7F, 0x80, 0xFC, 0x05, 0x00, 0xFF])
"""Bytes with which frames of some protocol begin: noise made of them goes further into a decoder."""
NOISE = st.lists(
    st.binary(max_size=80) | st.lists(st.sampled_from(STARTS), max_size=40).map(bytes),
    min_size=1,
    max_size=6,
)
PHASES = ["before the first word", "idling", "escrow", "stacking", "unacknowledged"]


def brought_to(kit: Kit[Machine], phase: str) -> Bench[Machine]:
    bench = Bench(kit)
    if phase == "before the first word":
        return bench
    bench.start()
    match phase:
        case "escrow":
            bench.decide = undecided
            bench.insert_until(500, lambda: bench.body.in_escrow is not None)
        case "stacking":
            bench.insert_until(500, bench.is_stacking)
        case "unacknowledged":
            bench.settles = False
            bench.insert_until(500, bench.holds_event)
        case _:
            pass
    return bench


@pytest.mark.parametrize("phase", PHASES)
@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(noise=NOISE)
def test_bytes_without_sense_are_no_notes(
    kit: Kit[Machine], phase: str, noise: list[bytes]
) -> None:
    bench = brought_to(kit, phase)
    inside = bench.body.numbered
    for chunk in noise:
        bench.rig.hear(chunk)
        bench.rig.run(0.2)
    bench.settles = True
    bench.rig.run(12)
    cycles = {
        event.cycle
        for event in bench.events
        if isinstance(event, Escrowed | Stacked | Returned | Disputed)
    }
    assert len(cycles) <= inside, "a note that nobody fed"
    assert broken(bench) == []
