"""Opening, appending, reading: what `Journal` promises in good times and on misuse."""

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta, timezone

import pytest

from offline_queue.journal import (
    ChainKey,
    JournalDamagedError,
    JournalUnavailableError,
    JournalWriteError,
    queries,
    schema,
)
from offline_queue.journal.numbering import PAYMENT_NUMBER, RECEIPT_NUMBER
from offline_queue.journal.records import to_text
from offline_queue.journal.verify import verify


def bodies(path):
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute("SELECT body FROM record ORDER BY seq")]


def test_a_new_journal_is_empty_and_sound(journal, path, key):
    assert journal.path == path
    verdict = verify(path, key)
    assert verdict.ok
    assert verdict.records == 0


def test_records_stand_in_the_order_in_which_they_were_appended(journal, path, write, history):
    write(journal, history)
    assert bodies(path) == [to_text(record) for record in history]


def test_records_are_there_after_the_file_is_opened_again(open_journal, path, write, history, key):
    first = open_journal()
    write(first, history)
    first.close()
    write(open_journal(), history[:1])
    assert len(bodies(path)) == len(history) + 1
    assert verify(path, key).ok


def test_times_are_kept_in_utc_with_milliseconds(journal, path, history):
    almaty = timezone(timedelta(hours=5))
    journal.append(history[0], at=datetime(2026, 5, 1, 11, 30, 1, 999_999, tzinfo=almaty))
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT at FROM record").fetchone() == (
            "2026-05-01T06:30:01.999+00:00",
        )


def test_a_time_without_a_zone_is_refused(journal, path, history):
    with pytest.raises(ValueError, match="zone"):
        journal.append(history[0], at=datetime(2026, 5, 1))  # noqa: DTZ001  the point of it
    assert bodies(path) == []


def test_a_clock_that_steps_back_changes_nothing_in_the_order(journal, path, key, now, history):
    journal.append(history[0], at=now)
    journal.append(history[1], at=now - timedelta(days=400))
    assert bodies(path) == [to_text(record) for record in history[:2]]
    assert verify(path, key).ok


def test_without_records_nothing_is_written(journal, path, now):
    with closing(sqlite3.connect(path)) as other:
        before = other.execute("PRAGMA data_version").fetchone()
        journal.append(at=now)
        assert other.execute("PRAGMA data_version").fetchone() == before


def test_records_of_one_call_are_written_all_or_none(journal, path, make, key, now):
    journal.append(make.session_opened("s1"), at=now)
    with pytest.raises(JournalWriteError, match="contradicts"):
        journal.append(make.stacked("s1", "n1"), make.session_opened("s1"), at=now)
    assert len(bodies(path)) == 1
    with journal.reading() as connection:
        assert queries.cash(connection) == {}
    assert verify(path, key).ok


def test_after_a_refused_record_the_journal_goes_on(journal, path, make, key, now):
    journal.append(make.session_opened("s1"), at=now)
    with pytest.raises(JournalWriteError):
        journal.append(make.session_opened("s1"), at=now)
    journal.append(make.stacked("s1", "n1"), at=now)
    assert verify(path, key).records == 2
    assert verify(path, key).ok


def test_text_that_is_no_text_is_refused_before_anything_is_written(journal, path, make, now):
    with pytest.raises(ValueError):  # noqa: PT011  whoever notices first
        journal.append(make.stacked("s1", "n1"), make.stacked("s1", "\ud800"), at=now)
    assert bodies(path) == []
    journal.append(make.stacked("s1", "n1"), at=now)
    assert len(bodies(path)) == 1


def test_an_amount_beyond_the_file_format_is_refused_whole(journal, path, make, now):
    with pytest.raises(OverflowError):
        journal.append(make.stacked("s1", "n1"), make.stacked("s1", "n2", 2**63), at=now)
    assert bodies(path) == []
    journal.append(make.stacked("s1", "n1"), at=now)
    assert len(bodies(path)) == 1


def test_a_session_becomes_one_payment_and_never_two(journal, path, make, now, key):
    """As after a commit of which nobody knew the outcome: the terminal forms it a second time."""
    journal.append(make.session_opened("s1"), make.stacked("s1", "n1"), at=now)
    journal.append(make.formed(1, "s1", "n1"), at=now)
    with pytest.raises(JournalWriteError, match="contradicts"):
        journal.append(make.formed(2, "s1", "n1"), at=now)
    with journal.reading() as connection:
        assert [row.number for row in queries.payments(connection)] == [1]
    assert journal.next_number(PAYMENT_NUMBER) == 2
    assert verify(path, key).ok


def test_a_note_cannot_enter_escrow_twice(journal, make, now):
    journal.append(make.escrowed("s1", "n1"), at=now)
    with pytest.raises(JournalWriteError):
        journal.append(make.escrowed("s1", "n1"), at=now)


def test_numbers_begin_at_one_and_have_no_gaps_over_sessions_and_restarts(open_journal, make, now):
    for number in (1, 2, 3):
        journal = open_journal()
        assert journal.next_number(PAYMENT_NUMBER) == number
        assert journal.next_number(RECEIPT_NUMBER) == number
        session, cycle = f"s{number}", f"n{number}"
        journal.append(make.session_opened(session), make.stacked(session, cycle), at=now)
        assert journal.next_number(PAYMENT_NUMBER) == number
        journal.append(make.formed(number, session, cycle), at=now)
        journal.close()


def test_a_write_that_failed_leaves_no_gap(journal, make, now):
    journal.append(make.session_opened("s1"), make.stacked("s1", "n1"), at=now)
    with pytest.raises(JournalWriteError):
        journal.append(make.formed(1, "s1", "n1"), make.session_opened("s1"), at=now)
    assert journal.next_number(PAYMENT_NUMBER) == 1


def test_two_writers_cannot_fork_the_chain(open_journal, path, make, key, now):
    one, other = open_journal(), open_journal()
    one.append(make.session_opened("s1"), at=now)
    with pytest.raises(JournalWriteError):
        other.append(make.session_opened("s2"), at=now)
    other.append(make.session_opened("s2"), at=now)
    with pytest.raises(JournalWriteError):
        one.append(make.session_opened("s3"), at=now)
    assert verify(path, key).records == 2
    assert verify(path, key).ok


def test_a_closed_journal_stays_closed(journal, now, history):
    journal.close()
    journal.close()
    with pytest.raises(JournalUnavailableError, match="closed"):
        journal.append(history[0], at=now)
    with pytest.raises(JournalUnavailableError, match="closed"):
        journal.next_number(PAYMENT_NUMBER)
    with pytest.raises(JournalUnavailableError, match="closed"):
        journal.reopen()


def test_closing_leaves_one_file(open_journal, path, write, history):
    journal = open_journal()
    write(journal, history)
    journal.close()
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_folder_that_is_not_there_is_said_so(open_journal, tmp_path):
    with pytest.raises(JournalUnavailableError, match="unable to open"):
        open_journal(tmp_path / "missing" / "journal.db")


def test_a_journal_of_a_later_program_is_refused(written, tampering, open_journal):
    with tampering(written) as file:
        file.execute(f"PRAGMA user_version={schema.SCHEMA_VERSION + 1}")
    with pytest.raises(JournalUnavailableError, match="update the terminal"):
        open_journal()


def test_another_key_is_refused(written, open_journal):
    with pytest.raises(JournalDamagedError, match="key is another one"):
        open_journal(written, ChainKey(bytes(32)))


def test_another_key_is_refused_even_before_the_first_record(open_journal, path):
    open_journal().close()
    with pytest.raises(JournalDamagedError, match="key is another one"):
        open_journal(path, ChainKey(bytes(32)))


@pytest.mark.parametrize(
    "tamper",
    [
        "DELETE FROM record WHERE seq = (SELECT max(seq) FROM record)",
        "DELETE FROM record",
        "UPDATE record SET body = body || ' ' WHERE seq = (SELECT max(seq) FROM record)",
        "UPDATE head SET seq = seq - 1",
        "UPDATE head SET seal = (SELECT mac FROM record ORDER BY seq DESC LIMIT 1)",
        "DELETE FROM head",
        "INSERT INTO head SELECT 2, seq, seal FROM head",
        "PRAGMA user_version=0",
    ],
)
def test_an_end_that_was_tampered_with_is_found_at_the_start(
    written, tampering, open_journal, tamper
):
    with tampering(written) as file:
        file.execute(tamper)
    with pytest.raises(JournalDamagedError):
        open_journal()


def test_a_file_of_another_program_is_left_alone(path, tampering, open_journal):
    with tampering(path) as file:
        file.execute("CREATE TABLE ledger (amount INTEGER)")
    with pytest.raises(JournalDamagedError, match="no journal"):
        open_journal()
    with tampering(path) as file:
        assert file.execute("SELECT name FROM sqlite_master").fetchall() == [("ledger",)]
