"""A short soak of the real processes, and that the comparison at its end is not blind.

`scripts/soak` does the same with 200 kills.
"""

import shutil
import sqlite3
from contextlib import closing

import pytest

from simulation.acceptor.protocols import ProtocolName
from simulation.demo.stand import StandPaths
from simulation.soak.balance import contradictions, read_books
from simulation.soak.play import soak

pytestmark = pytest.mark.timeout(240)
KILLS = 3


@pytest.fixture(scope="module")
def soaked(tmp_path_factory):
    folder = tmp_path_factory.mktemp("soak")
    said = []
    tally = soak(
        folder,
        protocol=ProtocolName.CCNET,
        kills=KILLS,
        seed=11,
        report=lambda _, what: said.append(what),
    )
    assert tally.broken == [], said
    return folder, tally, said


def test_every_kill_was_a_kill_and_everything_came_to_rest(soaked):
    _, tally, said = soaked
    assert tally.kills == len(said) == KILLS
    assert tally.fed > 0
    assert tally.payments > 0


@pytest.fixture
def rest(soaked, tmp_path):
    """What it left, to be tampered with: files, the acceptor's word, the notes fed."""
    paths = StandPaths(shutil.copytree(soaked[0], tmp_path / "copy", ignore=lambda *_: ["stand"]))
    cash = read_books(paths).cash
    cassette = {minor // 100: count for minor, count in cash.items()}
    status = {"cassette": {str(k): n for k, n in cassette.items()}, "returned": [], "removed": []}
    assert contradictions(paths, status, cassette) == ()
    return paths, status, cassette


def test_a_dispute_is_allowed_to_the_very_note_that_nobody_can_know_of(rest):
    paths, status, cassette = rest
    with closing(sqlite3.connect(paths.folder / "journal.db")) as connection:
        insert = "INSERT INTO note (cycle, seq, minor, state, was_disputed) VALUES (?, ?, ?, ?, 1)"
        connection.execute(insert, ("in doubt", 10**6, 10_000, "disputed"))
        connection.commit()
    status["returned"] = [100]
    fed = {**cassette, 100: cassette.get(100, 0) + 1}
    assert contradictions(paths, status, fed, frozenset({"in doubt"})) == ()
    found = contradictions(paths, status, fed, frozenset({"another"}))
    assert any("there was a way to know" in what for what in found)


def test_a_note_in_the_cassette_that_the_journal_does_not_know_is_seen(rest):
    paths, status, cassette = rest
    value = next(iter(cassette))
    status["cassette"][str(value)] += 1
    found = contradictions(paths, status, {**cassette, value: cassette[value] + 1})
    assert any("cash by the journal" in what for what in found)


def test_a_note_that_vanished_between_bezel_and_cassette_is_seen(rest):
    paths, status, cassette = rest
    fed = {**cassette, 5000: cassette.get(5000, 0) + 1}
    assert any(what.startswith("fed") for what in contradictions(paths, status, fed))


@pytest.mark.parametrize(
    ("database", "statement", "said"),
    [
        ("journal.db", "UPDATE note SET state = 'disputed' WHERE state = 'stacked'", "disputed"),
        ("journal.db", "UPDATE payment SET state = 'sent' WHERE number = 1", "payment 1 is sent"),
        ("journal.db", "UPDATE payment SET number = number + 100", "payment numbers with gaps"),
        ("backend.db", "UPDATE payments SET body = '{}' WHERE number = 1", "other payments"),
        ("backend.db", "UPDATE ledger_transfer SET minor = minor * 2", "the ledger took"),
    ],
)
def test_books_that_say_something_else_are_seen(rest, database, statement, said):
    paths, status, cassette = rest
    with closing(sqlite3.connect(paths.folder / database)) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        guards = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (guard,) in guards.fetchall():
            connection.execute(f"DROP TRIGGER {guard}")
        connection.execute(statement)
        connection.commit()
    assert any(said in what for what in contradictions(paths, status, cassette))
