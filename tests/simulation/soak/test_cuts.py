"""How lives end: drawn from a seed, and carried out once."""

from random import Random

import pytest

from simulation.proof.gate import Cut
from simulation.soak.cuts import Ending, Executioner, Since, draw


class Victim:
    """A stand that is only struck."""

    def __init__(self):
        self.heard = []
        self.acceptor = self

    def strike_terminal(self):
        self.heard.append("killed")

    def say(self, line):
        if line != "status":
            self.heard.append(line)
        return {"state": "STACKING"}


def ending(what, after_s=0.0):
    return Ending(what=what, since=Since.NOTE, after_s=after_s, dark_s=0.0, acceptor_first=True)


def test_equal_seeds_draw_equal_endings_and_every_kind_comes():
    endings = [draw(Random(seed)) for seed in range(100)]
    assert endings == [draw(Random(seed)) for seed in range(100)]
    assert {(one.what, one.since) for one in endings} == {(c, s) for c in Cut for s in Since}
    assert all(0.0 <= one.after_s <= 6.0 for one in endings)


@pytest.mark.parametrize(
    ("what", "heard"), [(Cut.TERMINAL, ["killed"]), (Cut.ALL, ["killed", "power off"])]
)
def test_a_life_is_ended_once(what, heard):
    victim = Victim()
    executioner = Executioner(victim, ending(what))
    executioner.begin()
    executioner.begin()
    executioner._timer.join()
    executioner.join()
    assert executioner.struck
    assert executioner.acceptor_was == "STACKING"
    assert victim.heard == heard


def test_what_has_not_happened_yet_is_called_off():
    victim = Victim()
    executioner = Executioner(victim, ending(Cut.ALL, after_s=3600.0))
    executioner.join()
    executioner.begin()
    executioner.join()
    assert not executioner.struck
    assert victim.heard == []
