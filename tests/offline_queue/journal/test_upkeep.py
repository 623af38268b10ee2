"""Keeping the files small, and the check in steps: nothing that is stored changes by either."""

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest

from offline_queue.journal import JournalDamagedError, upkeep
from offline_queue.journal import audit as auditing
from offline_queue.journal.audit import AuditWork, audit
from offline_queue.journal.records import DeviceNoted
from offline_queue.journal.snapshot import take_snapshot
from offline_queue.journal.upkeep import fold_log_in, give_free_pages_back, log_bytes
from offline_queue.journal.verify import verify

NOW = datetime(2026, 5, 1, tzinfo=UTC)


def size(path):
    with closing(sqlite3.connect(path)) as file:
        pages = file.execute("PRAGMA page_count").fetchone()[0]
        return pages, file.execute("PRAGMA freelist_count").fetchone()[0]


def grow_and_empty(journal):
    """Leave many free pages behind, as pruning does."""

    def work(driver):
        driver.execute("CREATE TABLE ballast (content BLOB)")
        driver.execute("INSERT INTO ballast VALUES (zeroblob(2000000))")
        driver.execute("DROP TABLE ballast")

    journal.at_rest(work)


def test_folding_in_empties_the_log_and_keeps_what_it_held(journal, history, path, key):
    journal.append(*history, at=NOW)
    assert log_bytes(journal) > 0
    fold_log_in(journal)
    assert verify(path, key).records == len(history)
    fold_log_in(journal, truncate=True)
    assert log_bytes(journal) == 0
    assert verify(path, key).ok


def test_a_journal_without_a_log_has_a_log_of_no_bytes(journal):
    fold_log_in(journal, truncate=True)
    journal.path.with_name(f"{journal.path.name}-wal").unlink()
    assert log_bytes(journal) == 0


def test_the_log_is_not_waited_for_while_somebody_reads(journal, history, path, key):
    journal.append(*history, at=NOW)
    asked = []
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM record").fetchall()
        journal.append(DeviceNoted(device="test", event="later"), at=NOW)
        journal.at_rest(lambda driver: driver.set_trace_callback(asked.append))
        fold_log_in(journal, truncate=True)
    before, fold, after = asked[-3:]
    assert (before, after) == ("PRAGMA busy_timeout=0", "PRAGMA busy_timeout=5000")
    assert "TRUNCATE" in fold
    assert log_bytes(journal) > 0


def test_a_disk_whose_room_is_not_known_is_one_without_room(journal, path, monkeypatch):
    monkeypatch.setattr(upkeep, "_ENOUGH_FREE_PAGES", 100)

    def gone(_):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(shutil, "disk_usage", gone)
    journal.at_rest(
        lambda driver: driver.execute("PRAGMA auto_vacuum=NONE") and driver.execute("VACUUM")
    )
    grow_and_empty(journal)
    before = size(path)
    assert give_free_pages_back(journal)
    assert size(path) == before


def test_free_pages_are_given_back_some_at_a_time(journal, history, path, key, monkeypatch):
    monkeypatch.setattr(upkeep, "_ENOUGH_FREE_PAGES", 100)
    journal.append(*history, at=NOW)
    grow_and_empty(journal)
    fold_log_in(journal, truncate=True)
    before, free = size(path)
    assert free > 400
    steps = 0
    while not give_free_pages_back(journal):
        steps += 1
        assert steps < 20
    fold_log_in(journal, truncate=True)
    assert steps >= 4
    assert size(path)[0] <= before - 400
    assert verify(path, key).ok


def test_few_free_pages_are_left_to_be_used_again(journal, path):
    grow_and_empty(journal)
    before = size(path)
    assert give_free_pages_back(journal)
    assert size(path) == before


@pytest.mark.parametrize("room", [True, False])
def test_a_file_of_an_earlier_version_is_written_anew_once_if_there_is_room(
    journal, history, path, key, monkeypatch, room
):
    monkeypatch.setattr(upkeep, "_ENOUGH_FREE_PAGES", 100)
    usage = shutil.disk_usage(path.parent)._replace(free=10**12 if room else 1000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    journal.append(*history, at=NOW)

    def as_before(driver):
        driver.execute("PRAGMA auto_vacuum=NONE")
        driver.execute("VACUUM")

    journal.at_rest(as_before)
    grow_and_empty(journal)
    before = size(path)[0]
    assert give_free_pages_back(journal)
    assert (size(path)[0] < before - 400) is room
    assert verify(path, key).ok


@pytest.fixture
def small_steps(monkeypatch):
    monkeypatch.setattr(auditing, "RECORDS_A_STEP", 5)
    monkeypatch.setattr(auditing, "ROWS_A_STEP", 2)


def test_the_check_walks_through_all_of_it_in_steps(journal, history, small_steps):
    journal.append(*history, at=NOW)
    work = AuditWork(journal)
    steps = 1
    while not work.step():
        steps += 1
    assert work.records == len(history)
    assert work.differing == ()
    assert steps > len(history) / 5 + 9
    work.close()


def test_records_that_come_in_while_it_is_checked_are_checked_too(
    journal, history, small_steps, make
):
    for step in range(30):
        work = AuditWork(journal)
        if not journal.end.seq:
            journal.append(*history, at=NOW)
        for _ in range(step):
            if work.step():
                break
        journal.append(make.stacked(None, f"in-between-{step}"), at=NOW)
        while not work.step():
            pass
        assert work.differing == ()
        assert work.replay.place == journal.end.seq
        work.close()


@pytest.mark.parametrize(
    ("change", "table"),
    [
        ("UPDATE payment SET message = 'other' WHERE number = 1", "payment"),
        ("DELETE FROM slip WHERE receipt_number = 2", "slip"),
        ("INSERT INTO cash VALUES ('RUB', 1, 1)", "cash"),
        ("UPDATE slip SET text = CAST(x'ff' AS TEXT)", "slip"),
    ],
)
def test_settled_history_that_differs_is_named(
    written, open_journal, tampering, small_steps, change, table
):
    journal = open_journal(written)
    take_snapshot(journal)
    with tampering(written) as file:
        file.execute(change)
    assert audit(journal) == (table,)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE record SET body = replace(body, '10000', '20000') WHERE seq = 6",
        "DELETE FROM record WHERE seq = 6",
        "UPDATE record SET body = x'00' WHERE seq = 6",
    ],
)
def test_a_record_that_is_not_what_was_written_is_damage(
    written, open_journal, tampering, small_steps, change
):
    journal = open_journal(written)
    with tampering(written) as file:
        file.execute(change)
    with pytest.raises(JournalDamagedError, match="record 6"):
        audit(journal)


def test_a_spoilt_base_is_damage(journal, history, now, tampering, path):
    journal.append(*history, at=now)
    with tampering(path) as file:
        file.execute("""INSERT INTO sealed VALUES ('base', 3, 0, '{"schema":1}', x'00')""")
    with pytest.raises(JournalDamagedError, match="base"):
        audit(journal)


def test_work_at_rest_opens_the_file_again_after_an_error(journal, history, now):
    journal.append(*history, at=now)
    journal._connection.close()
    fold_log_in(journal)
    journal.append(DeviceNoted(device="test", event="goes on"), at=now)
    journal._connection.close()
    take_snapshot(journal)
