"""The journal on a disk that loses and tears what was not synced, also while it recovers.

A part of the cuts on every test run; `scripts/power-cuts` tries all of them, for many seeds.
"""

import pytest

from simulation.power_cut.journal_trial import Trial, attempt
from simulation.proof.mutants import mutated
from simulation.proof.plan import Mutant

# Hundreds of journals are opened: that takes its time on a machine that is busy with other things.
pytestmark = [pytest.mark.usefixtures("lossy"), pytest.mark.timeout(300)]


@pytest.mark.parametrize("seed", [1, 2])
def test_no_acknowledged_record_is_lost_and_no_other_appears(seed, tmp_path):
    outcome = attempt(Trial(seed=seed, every=23), tmp_path)
    assert outcome.broken == []
    assert outcome.cuts > 30
    assert outcome.images == 4 * outcome.cuts
    assert outcome.cuts_in_recovery > 20


def test_a_setting_that_loses_is_noticed(tmp_path):
    with mutated(Mutant.SYNCHRONOUS_NORMAL):
        outcome = attempt(Trial(seed=1, every=97), tmp_path)
    assert any("promised" in what for what in outcome.broken)


def test_equal_trials_do_the_same(tmp_path):
    trial = Trial(seed=3, payments=1, every=20)
    assert attempt(trial, tmp_path) == attempt(trial, tmp_path)
