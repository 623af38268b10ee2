"""An index that lost an entry hides a payment: it is found, made anew and told."""

import pytest
from structlog.testing import capture_logs

from offline_queue.journal import queries
from offline_queue.journal import records as r
from offline_queue.journal.audit import audit
from offline_queue.journal.snapshot import take_snapshot
from offline_queue.journal.verify import rows, verify


def hide_from(index, file, *changes):
    """Make changes of which an index hears nothing, as a lost write of its page would."""
    query = "SELECT type, name, tbl_name, rootpage, sql FROM sqlite_master WHERE name = ?"
    row = file.execute(query, (index,)).fetchone()
    file.execute("PRAGMA writable_schema=ON")
    file.execute("DELETE FROM sqlite_master WHERE name = ?", (index,))
    file.execute("PRAGMA writable_schema=RESET")
    for change in changes:
        file.execute(change)
    file.execute("PRAGMA writable_schema=ON")
    file.execute(
        "INSERT INTO sqlite_master (type, name, tbl_name, rootpage, sql) VALUES (?, ?, ?, ?, ?)",
        row,
    )
    file.execute("PRAGMA writable_schema=RESET")


def hide_the_payment(tampering, path):
    with tampering(path) as file:
        file.execute("UPDATE payment SET state = 'credited' WHERE number = 3")
        back = "UPDATE payment SET state = 'queued' WHERE number = 3"
        hide_from("payment_outbox", file, back)
        assert file.execute("PRAGMA quick_check").fetchall() == [("ok",)]


def waiting(journal):
    with journal.reading() as connection:
        return [payment.number for payment in queries.outbox(connection, 10)]


def last_record(journal):
    with journal.reading() as connection:
        return r.from_text(list(rows(connection))[-1].body)


@pytest.fixture
def unsent(written, open_journal, make, now):
    """A closed journal with a payment that was not sent yet."""
    journal = open_journal(written)
    journal.append(make.session_opened("s9"), make.stacked("s9", "n9"), at=now)
    journal.append(make.formed(3, "s9", "n9"), at=now)
    journal.close()
    return written


@pytest.mark.parametrize("snapshot", [True, False])
def test_a_payment_that_an_index_lost_is_found_at_the_start(
    unsent, open_journal, tampering, key, snapshot
):
    if snapshot:
        journal = open_journal(unsent)
        take_snapshot(journal)
        journal.close()
    hide_the_payment(tampering, unsent)
    with capture_logs() as log:
        journal = open_journal(unsent)
    assert waiting(journal) == [3]
    assert journal.start.differed == ("indexes",)
    assert [line["event"] for line in log] == ["journal_projections_differed"]
    assert last_record(journal).detail == "indexes"
    journal.close()
    assert verify(unsent, key).ok


def test_the_night_check_finds_an_index_that_differs(unsent, open_journal, tampering, now):
    journal = open_journal(unsent)
    with tampering(unsent) as file:
        back = "UPDATE note SET session = 's9' WHERE cycle = 'n9'"
        file.execute("UPDATE note SET session = 's8' WHERE cycle = 'n9'")
        hide_from("note_by_session", file, back)
    assert audit(journal) == ("indexes",)


def test_making_indexes_anew_leaves_nothing_for_the_next_check(
    unsent, open_journal, tampering, now
):
    journal = open_journal(unsent)
    journal.close()
    hide_the_payment(tampering, unsent)
    journal = open_journal(unsent)
    assert audit(journal) == ()
    journal.close()
    assert open_journal(unsent).start.differed == ()
