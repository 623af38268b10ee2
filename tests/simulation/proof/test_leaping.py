"""Leaps over idle polls save time and change nothing."""

import pytest

from simulation.proof.plan import ALL_FAULTS, FaultKind, Plan
from simulation.proof.run import run

WITHOUT_NOISE = ALL_FAULTS - {FaultKind.NOISE}
"""Noise strikes single bytes: where it begins in the middle of a poll that is leapt over, another
byte is struck. Such runs have another history of the same right. So have those where somebody acts
in these few milliseconds, which happens in about one of six."""


def both(seed, protocol, faults):
    plan = {"seed": seed, "protocol": protocol, "faults": faults}
    return run(Plan(**plan)), run(Plan(**plan, leaps=False))


@pytest.mark.parametrize(
    ("seed", "protocol"), [(23, "ccnet"), (26, "ccnet"), (23, "id003"), (25, "ssp")]
)
def test_with_and_without_leaps_the_history_is_the_same_to_the_byte(seed, protocol):
    leaping, patient = both(seed, protocol, WITHOUT_NOISE)
    assert leaping.history == patient.history
    assert leaping.violations == patient.violations == ()
    assert leaping.counts == patient.counts


def test_with_and_without_leaps_the_verdict_is_the_same():
    leaping, patient = both(24, "ssp", ALL_FAULTS)
    assert leaping.violations == patient.violations == ()
