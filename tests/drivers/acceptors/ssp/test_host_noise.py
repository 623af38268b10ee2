"""Any bytes in any state of the SSP host half raise nothing and credit nothing."""

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drivers.acceptors.contract import (
    Escrowed,
    Stacked,
)
from drivers.acceptors.ssp.packets import Packet, encode
from simulation.acceptor.bench import Bench, undecided
from simulation.acceptor.protocols import Build
from simulation.acceptor.ssp_kit import ESSP, PLAIN, kit, make_host

STATES = ["new", "greeted", "enabled", "reading", "escrow", "stacking", "unsettled"]
NOISE = st.one_of(
    st.binary(max_size=60),
    st.builds(
        lambda sequence, data: encode(Packet(sequence=sequence, data=data)),
        st.integers(0, 1),
        st.binary(min_size=1, max_size=20),
    ),
)


@pytest.mark.parametrize("state", STATES)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(noise=st.lists(st.tuples(NOISE, st.floats(0, 2)), max_size=12))
def test_any_bytes_on_an_encrypted_line_raise_nothing_and_credit_nothing(
    state: str, noise: list[tuple[bytes, float]]
) -> None:
    """Not even well-formed packets of a forger: on an encrypted line they are nobody's word."""
    bench = Bench(kit(ESSP), Build(rng=Random(1)), make_host=make_host)
    bench.settles = False
    bench.decide = undecided
    if state != "new":
        bench.rig.run(1.0)
    if state not in ("new", "greeted"):
        bench.start()
    if state in ("reading", "escrow", "stacking", "unsettled"):
        bench.insert(500)
        bench.rig.run(0.5 if state == "reading" else 2.0)
    if state in ("stacking", "unsettled"):
        (escrowed,) = bench.told(Escrowed)
        assert isinstance(escrowed, Escrowed)
        bench.host.stack(escrowed.cycle)
        bench.rig.run(0.5 if state == "stacking" else 2.5)
    host, now, told = bench.host, bench.rig.now, []
    before = {e.cycle for e in bench.told(Stacked) if isinstance(e, Stacked)}
    host.data_to_send()
    for data, seconds in noise:
        told += host.receive(data, now)
        now += seconds
        told += host.tick(now)
        assert len(host.data_to_send()) < 5000
    assert {e.cycle for e in told if isinstance(e, Stacked)} <= before


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(noise=st.lists(st.tuples(st.binary(max_size=60), st.floats(0, 2)), max_size=15))
def test_any_bytes_on_a_plain_line_raise_nothing_and_credit_nothing(
    noise: list[tuple[bytes, float]],
) -> None:
    bench = Bench(kit(PLAIN), make_host=make_host)
    bench.start()
    host, now, told = bench.host, bench.rig.now, []
    for data, seconds in noise:
        told += host.receive(data, now)
        now += seconds
        told += host.tick(now)
        host.data_to_send()
    assert not [event for event in told if isinstance(event, Stacked | Escrowed)]
