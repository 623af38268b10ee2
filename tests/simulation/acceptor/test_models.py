"""The table of machines: every line of it makes a machine that works with the terminal's driver."""

import pytest

from drivers.acceptors.contract import Ready
from simulation.acceptor.bench import Bench
from simulation.acceptor.laws import broken, works_again
from simulation.acceptor.models import Model, UnknownModelError, find_model, models
from simulation.acceptor.protocols import ProtocolName, kit_of


@pytest.mark.parametrize("model", models().values(), ids=lambda model: model.name)
def test_every_model_takes_notes_and_loses_none(model: Model) -> None:
    bench = Bench(kit_of(model.protocol), model.build())
    bench.start()
    ready = bench.told(Ready)[0]
    assert isinstance(ready, Ready)
    assert [note.minor // 100 for note in ready.denominations] == list(bench.machine.values)
    for value in (100, 100):
        assert bench.insert(value)
        bench.rig.run(8)
    bench.insert_until(500, bench.is_stacking)
    bench.power_cut()
    bench.rig.run(2)
    bench.power_on()
    assert works_again(bench) == []
    assert broken(bench, may_doubt=not model.has_counter or bool(model.habits)) == []


def test_each_protocol_has_a_default_model() -> None:
    for protocol in ProtocolName:
        assert find_model(protocol, None).protocol is protocol


def test_a_model_of_another_protocol_is_unknown_and_the_text_names_the_known() -> None:
    with pytest.raises(UnknownModelError, match="cashcode_sm"):
        find_model(ProtocolName.CCNET, "nv200")
