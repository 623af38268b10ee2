"""The settings that make a commit durable, and who may write."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from offline_queue.journal import JournalUnavailableError, engine
from offline_queue.journal.engine import full_check, journal_engine, quick_check, reading_engine


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("busy_timeout", 5000),
        ("journal_size_limit", 4 * 1024 * 1024),
    ],
)
def test_the_settings_are_in_force_on_every_connection(path, pragma, value):
    made = journal_engine(path)
    for _ in range(2):
        with made.connect() as connection:
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar_one() == value
    made.dispose()


@pytest.mark.parametrize(
    ("pragma", "name"),
    [
        ("synchronous=NORMAL", "synchronous"),
        ("synchronous=OFF", "synchronous"),
        ("journal_mode=DELETE", "journal_mode"),
        ("foreign_keys=OFF", "foreign_keys"),
    ],
)
def test_a_journal_whose_setting_is_not_in_force_is_refused(
    monkeypatch, open_journal, pragma, name
):
    real = engine._set_pragmas

    def weakened(dbapi_connection, record):
        real(dbapi_connection, record)
        dbapi_connection.execute(f"PRAGMA {pragma}")

    monkeypatch.setattr(engine, "_set_pragmas", weakened)
    with pytest.raises(JournalUnavailableError, match=f"PRAGMA {name}"):
        open_journal()


def test_a_place_that_cannot_keep_a_log_is_refused(open_journal):
    with pytest.raises(JournalUnavailableError, match="journal_mode"):
        open_journal(Path(":memory:"))


def test_a_transaction_takes_the_write_lock_at_its_beginning(path):
    made = journal_engine(path)
    with made.connect() as writer, closing(sqlite3.connect(path, timeout=0)) as other:
        with writer.begin():
            writer.exec_driver_sql("SELECT 1")
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("BEGIN IMMEDIATE")
        other.execute("BEGIN IMMEDIATE")
    made.dispose()


@pytest.mark.parametrize("name", ["a b.db", "100%.db", "a?b#c.db", "журнал.db"])
def test_any_file_name_will_do(tmp_path, open_journal, write, history, name):
    file = tmp_path / name
    write(open_journal(file), history)
    assert file.is_file()
    with reading_engine(file).connect() as reader:
        count = reader.exec_driver_sql("SELECT count(*) FROM record").scalar_one()
    assert count == len(history)


def test_a_tool_cannot_write(written):
    with (
        reading_engine(written).connect() as reader,
        pytest.raises(OperationalError, match="readonly"),
    ):
        reader.exec_driver_sql("DELETE FROM record")


def test_a_tool_makes_no_file_where_there_is_none(path):
    with pytest.raises(OperationalError, match="missing or empty"):
        reading_engine(path).connect()
    assert not path.exists()


def test_a_sound_file_passes_both_checks(written):
    with reading_engine(written).connect() as reader:
        assert quick_check(reader) == "ok"
        assert full_check(reader) == "ok"
