"""The harness itself: healthy runs break no law, runs repeat to the byte, bugs are seen."""

import pytest

from simulation.proof.plan import Plan
from simulation.proof.quiet import no_logs
from simulation.proof.run import run


@pytest.fixture(autouse=True)
def quiet():
    with no_logs():
        yield


def told(result):
    return "\n".join(str(violation) for violation in result.violations)


@pytest.mark.parametrize("first", range(1, 61, 10))
def test_healthy_terminal_breaks_no_law(first):
    for seed in range(first, first + 10):
        result = run(Plan(seed=seed))
        assert result.ok, f"kiosk simulate --replay {seed}\n{told(result)}"


def test_same_plan_gives_the_same_history_to_the_byte():
    first, second = run(Plan(seed=4)), run(Plan(seed=4))
    assert first == second
    assert len(first.history) > 100
