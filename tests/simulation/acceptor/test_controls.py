"""Words for a simulated machine, plain and as JSON."""

import pytest

from simulation.acceptor.controls import Controls
from simulation.acceptor.protocols import Build, ProtocolName, kit_of


@pytest.fixture
def controls() -> Controls:
    machine = kit_of(ProtocolName.CCNET).make_machine(Build())
    machine.tick(0.0)
    return Controls(machine)


@pytest.mark.parametrize(
    "line",
    ["lose answer 2", '"lose answer 2"', '{"command": "lose answer 2"}', '{"lose answer": 2}'],
)
def test_a_command_is_words_or_json(controls: Controls, line: str) -> None:
    said = controls.obey(line, 0.0)
    assert (said["ok"], said["command"]) == (True, "lose answer 2")


def test_a_word_that_needs_nothing_more_is_json_too(controls: Controls) -> None:
    assert controls.obey('{"status": true}', 0.0)["ok"]


@pytest.mark.parametrize("line", ["{", "{}", "[1]", '{"a": 1, "b": 2}', "17", "dance"])
def test_what_is_no_command_says_what_is(controls: Controls, line: str) -> None:
    said = controls.obey(line, 0.0)
    assert not said["ok"]
    assert said["error"]


@pytest.mark.parametrize("what", ["37", "", "fake", "-5"])
def test_only_notes_that_exist_are_inserted(controls: Controls, what: str) -> None:
    said = controls.obey(f"insert {what}", 0.0)
    assert not said["ok"]
    assert "500" in said["error"]
    assert "counterfeit" in said["error"]
