"""What a soak says to programs."""

import json

from simulation.acceptor.protocols import ProtocolName
from simulation.soak.__main__ import _for_programs
from simulation.soak.play import Tally


def test_a_report_for_programs_is_json_and_tells_what_is_broken():
    good, bad = Tally(protocol=ProtocolName.CCNET), Tally(protocol=ProtocolName.SSP)
    good.screens.update(["money", "home", "money"])
    bad.broken.append("a note is lost")
    told = json.loads(json.dumps(_for_programs([good, bad])))
    assert told["ok"] is False
    assert told["soaks"][0]["screens"] == {"money": 2, "home": 1}
    assert told["soaks"][1]["broken"] == ["a note is lost"]
