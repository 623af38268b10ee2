"""Large journals are made fast; they must be what the journal itself would have written."""

import sqlite3
from contextlib import closing

import pytest

from benchmarks import backlog, stores
from offline_queue.journal import Journal, queries, schema
from offline_queue.journal.verify import verify


def content(path):
    with closing(sqlite3.connect(path)) as file:
        return {
            table.name: sorted(map(repr, file.execute(f"SELECT * FROM {table.name}")))
            for table in schema.metadata.sorted_tables
            if table is not schema.sealed
        }


@pytest.mark.parametrize("payments", [0, 3])
def test_a_backlog_is_what_the_journal_would_have_written(tmp_path, payments):
    fast, real = tmp_path / "fast.db", tmp_path / "real.db"
    backlog.make(fast, payments)
    with closing(Journal(real, stores.KEY)) as journal:
        for record in backlog.records(payments):
            journal.append(record, at=stores.BEGIN)
    assert content(fast) == content(real)
    assert verify(fast, stores.KEY).ok
    with closing(Journal(fast, stores.KEY)) as journal:
        assert journal.start.snapshot == (2 * payments or None)
        with journal.reading() as connection:
            assert queries.outbox_state(connection).pending == payments


def test_settled_payments_leave_nothing_open(tmp_path):
    path = tmp_path / "journal.db"
    assert stores.make(path, stores.settled(3)) == 27
    stores.add(path, stores.settled(1, first=4))
    assert verify(path, stores.KEY).ok
    with closing(Journal(path, stores.KEY)) as journal:
        assert (journal.start.snapshot, journal.start.records) == (27, 9)
        with journal.reading() as connection:
            assert queries.outbox_state(connection).pending == 0
            assert queries.slips_unfinished(connection) == ()
