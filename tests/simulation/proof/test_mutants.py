"""The harness is tested: each deliberate bug is seen, in a run that the healthy terminal passes.

The number behind each mutant is the first seed, counted from 1, that caught it: so many runs it took.
"""

import pytest

from simulation.proof.plan import Mutant, Plan
from simulation.proof.run import run

CAUGHT_BY = {
    Mutant.JOURNAL_AFTER_STACK: (23, "every stacked note was recorded in escrow first"),
    Mutant.CREDIT_AT_ESCROW: (7, "nothing is credited that is not in the cassette"),
    Mutant.NO_DEDUPLICATION: (1, "nothing is credited that is not in the cassette"),
    Mutant.ACKNOWLEDGED_BEFORE_WRITTEN: (10, "a dispute only where there was no way to know"),
    Mutant.RETRY_WITH_A_NEW_NUMBER: (1, "the backend has what the journal has"),
    Mutant.FAILURE_ON_TIMEOUT: (2, "nothing waits for ever"),
    Mutant.RECEIPT_BEFORE_COMMIT: (114, "no slip is printed twice as the first"),
}


def test_every_mutant_has_a_seed():
    assert set(CAUGHT_BY) == set(Mutant)


@pytest.mark.parametrize("mutant", list(Mutant))
def test_mutant_is_caught_where_the_healthy_terminal_passes(mutant):
    seed, law = CAUGHT_BY[mutant]
    caught = {violation.law for violation in run(Plan(seed=seed, mutant=mutant)).violations}
    assert law in caught
    assert run(Plan(seed=seed)).ok
