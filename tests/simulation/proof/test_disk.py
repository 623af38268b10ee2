"""The world's disk: a commit of the journal passes the gate before and after it is made."""

from datetime import UTC, datetime
from random import Random

import pytest

from offline_queue.journal import Journal, JournalError
from offline_queue.journal.records import DeviceNoted
from simulation.proof.blank import KEY
from simulation.proof.disk import Disk, Sickness, mounted
from simulation.proof.gate import Cut, Gate, PowerCut
from simulation.proof.remains import HonestRemains

NOW = datetime(2026, 5, 1, tzinfo=UTC)
NOTED = DeviceNoted(device="test", event="noted")


class CountingGate(Gate):
    def __init__(self):
        super().__init__()
        self.passed = []

    def passing(self, where, detail="", *, statement=False):
        self.passed.append(where)
        super().passing(where, detail, statement=statement)


@pytest.fixture
def gate():
    return CountingGate()


@pytest.fixture
def disk(gate, tmp_path):
    disk = Disk(tmp_path, gate, Random(1), HonestRemains())
    with mounted(disk):
        yield disk


@pytest.fixture
def journal(disk):
    journal = Journal(disk.path, KEY)
    yield journal
    journal.close()


def records(journal):
    with journal.reading() as connection:
        return connection.exec_driver_sql("SELECT count(*) FROM record").scalar_one()


def test_an_append_passes_before_and_after_its_commit(gate, journal):
    gate.passed.clear()
    journal.append(NOTED, at=NOW)
    assert gate.passed[-2:] == ["before commit", "after commit"]
    assert gate.passed.count("before commit") == 1


def test_reading_passes_no_commit(gate, journal):
    journal.append(NOTED, at=NOW)
    gate.passed.clear()
    assert records(journal) == 1
    assert not any("commit" in where for where in gate.passed)


@pytest.mark.parametrize(("after", "kept"), [(0, 0), (1, 1)])
def test_a_cut_at_the_commit_leaves_all_or_nothing(gate, disk, journal, after, kept):
    gate.arm(after, Cut.ALL, statements=False)
    with pytest.raises(PowerCut):
        journal.append(NOTED, at=NOW)
    disk.next_life(Cut.ALL)
    after_it = Journal(disk.path, KEY)
    assert records(after_it) == kept
    after_it.close()


def test_a_full_disk_fails_some_commits_that_went_through_and_the_journal_finds_out(disk, journal):
    disk.sickness = Sickness.FULL
    outcomes = []
    for count in range(20):
        try:
            journal.append(NOTED, at=NOW)
            outcomes.append(True)
        except JournalError:
            outcomes.append(False)
        disk.sickness = Sickness.NONE
        assert records(journal) == sum(outcomes), count
        disk.sickness = Sickness.FULL
    assert set(outcomes) == {True, False}
