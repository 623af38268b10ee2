"""A killed simulator is a power cut of its machine, whatever it speaks."""

import json

import pytest

from simulation.acceptor.bench import Bench
from simulation.acceptor.laws import broken, works_again
from simulation.acceptor.persistence import restore, save
from simulation.acceptor.protocols import Build, ProtocolName, kit_of


@pytest.mark.parametrize("protocol", ProtocolName)
@pytest.mark.parametrize("where", ["stacking", "unacknowledged", "escrow"])
def test_what_is_kept_is_what_metal_would_keep(protocol: ProtocolName, where: str) -> None:
    kit = kit_of(protocol)
    bench = Bench(kit)
    bench.start()
    match where:
        case "stacking":
            bench.insert_until(500, bench.is_stacking)
        case "unacknowledged":
            bench.settles = False
            bench.insert_until(500, bench.holds_event)
        case _:
            bench.insert_until(500, lambda: bench.body.in_escrow is not None)
    saved = json.loads(json.dumps(save(bench.body)))
    bench.settles = True
    bench.machine = kit.make_machine(Build())
    bench.body, bench.rig.device = bench.machine.body, bench.machine
    restore(bench.machine, saved)
    assert works_again(bench) == []
    assert broken(bench) == []
    assert bench.body.numbered == 2
