"""Benches for the contract of acceptors: one for every protocol of the registry."""

import pytest

from simulation.acceptor.bench import Bench
from simulation.acceptor.machine import Machine
from simulation.acceptor.protocols import Kit, ProtocolName, kit_of


@pytest.fixture(params=ProtocolName)
def kit(request: pytest.FixtureRequest) -> Kit[Machine]:
    """Each protocol in turn."""
    return kit_of(ProtocolName(request.param))


@pytest.fixture
def bench(kit: Kit[Machine]) -> Bench[Machine]:
    """A machine, the host half under test, and a terminal that keeps books."""
    return Bench(kit)
