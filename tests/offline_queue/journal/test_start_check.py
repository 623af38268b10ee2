"""Every start holds the projections against the records: by the snapshot, or by all of them."""

import sqlite3
from datetime import UTC, datetime

import pytest
from structlog.testing import capture_logs

from offline_queue.journal import JournalDamagedError, JournalUnavailableError, queries, schema
from offline_queue.journal import records as r
from offline_queue.journal import snapshot as taking
from offline_queue.journal.replay import TemporaryFolderError
from offline_queue.journal.snapshot import SnapshotWork, take_snapshot
from offline_queue.journal.verify import rows, verify

MORNING = datetime(2026, 5, 2, 4, 0, tzinfo=UTC)

# One value of each kind of live row, changed by somebody who knows SQLite and not the key.
LIVE_CHANGES = {
    "counter": "UPDATE counter SET value = value + 1 WHERE name = 'payment_number'",
    "cash": "UPDATE cash SET count = count - 1",
    "session": "UPDATE session SET state = 'closed' WHERE id = 's9'",
    "an account": "UPDATE session SET opened = replace(opened, '9161234567', '9160000000') "
    "WHERE id = 's9'",
    "note": "DELETE FROM note WHERE cycle = 'n9'",
    "suspense": "UPDATE note SET session = 's9' WHERE cycle = 'n4'",
    "dispute": "UPDATE note SET state = 'returned' WHERE cycle = 'n3'",
    "payment": "UPDATE payment SET state = 'credited' WHERE number = 3",
    "an amount": "UPDATE payment SET item = replace(item, '9500', '1') WHERE number = 3",
    "parked": "UPDATE payment SET state = 'credited' WHERE number = 2",
    "slip": "UPDATE slip SET state = 'printed' WHERE receipt_number = 3",
    "a slip's text": "UPDATE slip SET text = text || 'x' WHERE receipt_number = 3",
    "out of nothing": "INSERT INTO cash VALUES ('RUB', 500000, 7)",
}


@pytest.fixture
def busy(make):
    """What comes after the day: a payment in the outbox with its slip, and an open session."""
    return (
        make.session_opened("s8"),
        make.escrowed("s8", "n8"),
        make.stacked("s8", "n8"),
        make.formed(3, "s8", "n8"),
        make.session_opened("s9"),
        make.escrowed("s9", "n9"),
    )


@pytest.fixture
def snapped(written, open_journal, busy, now):
    """A journal with a snapshot in the middle and records after it."""
    journal = open_journal(written)
    journal.append(*busy[:3], at=now)
    take_snapshot(journal)
    journal.append(*busy[3:], at=now)
    journal.close()
    return written


def last_records(journal, count=1):
    with journal.reading() as connection:
        return [r.from_text(row.body) for row in list(rows(connection))[-count:]]


def test_a_start_takes_only_the_records_after_the_snapshot(snapped, open_journal, history):
    start = open_journal(snapped).start
    assert (start.snapshot, start.records, start.differed) == (len(history) + 3, 3, ())


def test_without_a_snapshot_a_start_takes_all_records(written, open_journal, history):
    start = open_journal(written).start
    assert (start.snapshot, start.records, start.differed) == (None, len(history), ())


@pytest.mark.parametrize("with_snapshot", [True, False])
def test_a_full_temporary_folder_is_named_and_the_journal_is_not_blamed(
    open_journal, make, now, path, key, full_temporary_folder, with_snapshot
):
    one = open_journal()
    if with_snapshot:
        one.append(make.session_opened("first"), at=now)
        take_snapshot(one)
    one.append(*(make.session_opened(f"s{number}") for number in range(60)), at=now)
    one.close()
    with full_temporary_folder():
        with pytest.raises(JournalUnavailableError, match="temporary folder"):
            open_journal()
        with pytest.raises(TemporaryFolderError):
            verify(path, key)
    assert open_journal().start.records >= 60
    assert verify(path, key).ok


def test_a_new_journal_starts_with_nothing(journal):
    assert (journal.start.snapshot, journal.start.records) == (None, 0)


@pytest.mark.parametrize("change", LIVE_CHANGES)
def test_a_live_row_that_was_changed_is_put_right_and_told(
    snapped, open_journal, tampering, key, change
):
    with tampering(snapped) as file:
        assert file.execute(LIVE_CHANGES[change]).rowcount > 0
    assert not verify(snapped, key).ok
    journal = open_journal(snapped, now=lambda: MORNING)
    assert journal.start.differed
    assert journal.start.snapshot is None
    (noted,) = last_records(journal)
    assert isinstance(noted, r.DeviceNoted)
    assert (noted.device, noted.event) == ("journal", "projections put right")
    assert noted.detail == ", ".join(journal.start.differed)
    with journal.reading() as connection:
        assert list(rows(connection))[-1].at == MORNING.isoformat(timespec="milliseconds")
    journal.close()
    assert verify(snapped, key).ok


def test_a_live_row_changed_since_the_snapshot_is_put_right_too(snapped, open_journal, tampering):
    with tampering(snapped) as file:
        file.execute("UPDATE note SET minor = 500000 WHERE cycle = 'n9'")
    journal = open_journal(snapped)
    with journal.reading() as connection:
        assert queries.note(connection, "n9").minor == 10_000


def test_without_a_clock_the_time_of_the_last_record_stands_in(snapped, open_journal, tampering):
    with tampering(snapped) as file:
        file.execute(LIVE_CHANGES["cash"])
    journal = open_journal(snapped)
    with journal.reading() as connection:
        found = list(rows(connection))
    assert found[-1].at == found[-2].at


def test_settled_history_is_the_auditors_business(snapped, open_journal, tampering, key):
    with tampering(snapped) as file:
        file.execute("UPDATE payment SET message = 'other' WHERE number = 1")
    assert open_journal(snapped).start.snapshot is not None
    assert not verify(snapped, key).ok


SPOIL = {
    "a changed value": "UPDATE sealed SET body = replace(body, '10000', '20000')",
    "a changed seal": "UPDATE sealed SET mac = zeroblob(32)",
    "no seal": "UPDATE sealed SET mac = 'text'",
    "text that is no text": "UPDATE sealed SET body = CAST(x'ff00ff' AS TEXT)",
    "no text": "UPDATE sealed SET body = x'00'",
    "a part that is missing": "DELETE FROM sealed WHERE part = 0",
    "a part in another place": "UPDATE sealed SET part = part + 100",
    "another place": "UPDATE sealed SET place = place - 1",
    "another purpose": "UPDATE sealed SET purpose = 'base'",
    "another version": """UPDATE sealed SET body = replace(body, '"schema":', '"schema":9')""",
}


@pytest.mark.parametrize("how", SPOIL)
def test_a_spoilt_snapshot_is_done_without(snapped, open_journal, tampering, how):
    with tampering(snapped) as file:
        assert file.execute(SPOIL[how]).rowcount > 0
    if how == "another purpose":
        with pytest.raises(JournalDamagedError):
            open_journal(snapped)
        return
    start = open_journal(snapped).start
    assert start.snapshot is None
    assert start.differed == ()


def test_a_spoilt_snapshot_is_told_in_the_log_and_to_the_auditor(
    snapped, open_journal, tampering, key
):
    with tampering(snapped) as file:
        file.execute(SPOIL["a changed value"])
    with capture_logs() as log:
        open_journal(snapped).close()
    assert [line["event"] for line in log] == ["journal_snapshot_broken"]
    assert "part 2 was changed" in verify(snapped, key).findings[0].what


def test_a_snapshot_that_was_not_finished_is_nothing(
    snapped, open_journal, make, now, monkeypatch, key
):
    journal = open_journal(snapped)
    for number in range(4, 9):
        journal.append(make.formed(number, f"t{number}", f"c{number}"), at=now)
    before = journal.end.seq
    monkeypatch.setattr(taking, "ROWS_A_STEP", 2)
    work = SnapshotWork(journal)
    assert not work.step()
    assert not work.step()
    journal.close()
    journal = open_journal(snapped)
    assert journal.start.snapshot < before
    take_snapshot(journal)
    journal.close()
    assert open_journal(snapped).start.snapshot == before
    with sqlite3.connect(snapped) as file:
        assert file.execute("SELECT DISTINCT place FROM sealed").fetchall() == [(before,)]
    assert verify(snapped, key).ok


def test_a_snapshot_knows_when_a_record_has_come_in_between(journal, history, now):
    journal.append(*history, at=now)
    work = SnapshotWork(journal)
    assert not work.stale
    journal.append(r.DeviceNoted(device="test", event="in between"), at=now)
    assert work.stale


def test_a_snapshot_of_an_earlier_time_still_tells_what_was_then(
    snapped, open_journal, tampering, now
):
    """Put back by somebody, or left by a lost write: the records after it make it good."""
    with tampering(snapped) as file:
        earlier = file.execute("SELECT * FROM sealed").fetchall()
    journal = open_journal(snapped)
    journal.append(r.DeviceNoted(device="test", event="later"), at=now)
    take_snapshot(journal)
    journal.close()
    with tampering(snapped) as file:
        file.execute("DELETE FROM sealed")
        file.executemany("INSERT INTO sealed VALUES (?, ?, ?, ?, ?)", earlier)
    start = open_journal(snapped).start
    assert (start.snapshot, start.records) == (earlier[0][1], 4)


@pytest.mark.parametrize("change", ["at = at || 'x'", "body = body || ' '", "mac = zeroblob(32)"])
def test_a_record_after_the_snapshot_that_was_changed_is_damage(
    snapped, open_journal, tampering, history, change
):
    with tampering(snapped) as file:
        file.execute(f"UPDATE record SET {change} WHERE seq = ?", (len(history) + 4,))
    with pytest.raises(JournalDamagedError, match="was changed"):
        open_journal(snapped)


def test_what_is_no_text_any_more_is_damage_and_is_not_told(
    snapped, open_journal, tampering, history
):
    """The driver's own message would show what stands there: an account, perhaps."""
    with tampering(snapped) as file:
        spoilt = "body = CAST(x'ff' || CAST(body AS BLOB) AS TEXT)"
        file.execute(f"UPDATE record SET {spoilt} WHERE seq = ?", (len(history) + 4,))
    with pytest.raises(JournalDamagedError, match="no text") as caught:
        open_journal(snapped)
    assert "9161234567" not in str(caught.value)


@pytest.mark.parametrize("table", ["slip SET text", "payment SET item", "session SET opened"])
def test_a_projection_that_is_no_text_any_more_is_put_right(
    snapped, open_journal, tampering, table, key
):
    with tampering(snapped) as file:
        file.execute(f"UPDATE {table} = CAST(x'ff00ff' AS TEXT)")
    assert open_journal(snapped).start.differed == (table.split()[0],)
    assert verify(snapped, key).ok


def test_a_record_after_the_snapshot_that_is_missing_is_damage(
    snapped, open_journal, tampering, history
):
    with tampering(snapped) as file:
        file.execute("DELETE FROM record WHERE seq = ?", (len(history) + 4,))
    with pytest.raises(JournalDamagedError, match="is missing"):
        open_journal(snapped)


def test_a_broken_chain_is_damage_and_no_reason_to_put_anything_right(
    written, open_journal, tampering
):
    with tampering(written) as file:
        file.execute("UPDATE record SET body = replace(body, '10000', '90000') WHERE seq = 6")
        before = file.execute("SELECT * FROM cash").fetchall()
    with pytest.raises(JournalDamagedError, match="record 6"):
        open_journal(written)
    with tampering(written) as file:
        assert file.execute("SELECT * FROM cash").fetchall() == before


def test_a_disk_that_is_full_while_projections_are_put_right_leaves_all_as_it_was(
    snapped, open_journal, tampering, monkeypatch
):
    with tampering(snapped) as file:
        file.execute(LIVE_CHANGES["cash"])
        before = [
            file.execute(f"SELECT * FROM {one.name}").fetchall() for one in schema.PROJECTIONS
        ]

    def full(*_):
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as patch:
        patch.setattr("offline_queue.journal.journal.put_in_place", full)
        with pytest.raises(Exception, match="disk is full"):
            open_journal(snapped)
    with tampering(snapped) as file:
        after = [file.execute(f"SELECT * FROM {one.name}").fetchall() for one in schema.PROJECTIONS]
    assert after == before
    assert open_journal(snapped).start.differed == ("cash",)
