"""Benches for the contract of acceptors: one for every protocol of the registry."""

import pytest

from simulation.acceptor.bench import Bench
from simulation.acceptor.machine import Machine
from simulation.acceptor.protocols import Kit, ProtocolName, kit_of
from simulation.acceptor.ssp_kit import PLAIN
from simulation.acceptor.ssp_kit import kit as ssp_kit

KITS: dict[str, Kit[Machine]] = {name: kit_of(name) for name in ProtocolName}
KITS["ssp plain"] = ssp_kit(PLAIN)
"""Each protocol, and the other kind of SSP: there each new packet acknowledges, here EVENT ACK."""


@pytest.fixture(params=KITS)
def kit(request: pytest.FixtureRequest) -> Kit[Machine]:
    """Each protocol in turn."""
    return KITS[str(request.param)]


@pytest.fixture
def bench(kit: Kit[Machine]) -> Bench[Machine]:
    """A machine, the host half under test, and a terminal that keeps books."""
    return Bench(kit)
