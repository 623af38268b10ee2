"""The harness is tested: each deliberate bug is seen, in a run that the healthy terminal passes.

The number behind each mutant is the first seed, counted from 1, that caught it: so many runs it took.
"""

import pytest

from simulation.power_cut.sqlite_library import NoSqliteLibraryError, library
from simulation.proof.plan import DiskKind, Mutant, Plan
from simulation.proof.run import run

LOOK_AHEAD = 60

CAUGHT_BY = {
    Mutant.JOURNAL_AFTER_STACK: (4, "every stacked note was recorded in escrow first"),
    Mutant.CREDIT_AT_ESCROW: (6, "nothing is credited that is not in the cassette"),
    Mutant.NO_DEDUPLICATION: (1, "nothing is credited that is not in the cassette"),
    Mutant.ACKNOWLEDGED_BEFORE_WRITTEN: (169, "a dispute only where there was no way to know"),
    Mutant.RETRY_WITH_A_NEW_NUMBER: (1, "the backend has what the journal has"),
    Mutant.FAILURE_ON_TIMEOUT: (5, "nothing waits for ever"),
    Mutant.RECEIPT_BEFORE_COMMIT: (1, "what is printed is what is stored"),
    Mutant.SYNCHRONOUS_NORMAL: (4, "no note in the cassette is lost"),
}


def test_every_mutant_has_a_seed():
    assert set(CAUGHT_BY) == set(Mutant)


def disk_of(mutant):
    """Whether commits are synced is seen on a disk that loses what is not."""
    if mutant is not Mutant.SYNCHRONOUS_NORMAL:
        return DiskKind.HONEST
    try:
        library()
    except NoSqliteLibraryError as error:
        pytest.skip(f"NOT PROVED HERE: {error}")
    return DiskKind.LOSSY


def first_caught(mutant, disk, seed, law):
    """Each change of the product shifts what happens in a run: look a little further, too."""
    for one in range(seed, seed + LOOK_AHEAD):
        plan = Plan(seed=one, disk=disk, mutant=mutant)
        caught = run(plan, keeps_history=False).violations
        if law in {violation.law for violation in caught}:
            return one
    return None


@pytest.mark.parametrize("mutant", list(Mutant))
def test_mutant_is_caught_where_the_healthy_terminal_passes(mutant):
    disk = disk_of(mutant)
    seed = first_caught(mutant, disk, *CAUGHT_BY[mutant])
    assert seed is not None
    assert run(Plan(seed=seed, disk=disk)).ok
