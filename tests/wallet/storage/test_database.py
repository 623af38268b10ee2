"""Opening the file: durable settings are verified, anything else is refused with a reason."""

import sqlite3
from pathlib import Path

import pytest
import sqlalchemy.exc
from sqlalchemy import event, text

from wallet.storage.address import address_of
from wallet.storage.database import checkpoint, open_for_reading, open_for_writing
from wallet.storage.errors import DatabaseUnusableError


def test_the_connection_is_durable(database: Path) -> None:
    engine = open_for_writing(database)
    with engine.begin() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert connection.execute(text("PRAGMA synchronous")).scalar() == 2
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
    engine.dispose()
    with engine.begin() as connection:  # a fresh connection forgets what is not set again
        assert connection.execute(text("PRAGMA synchronous")).scalar() == 2
    engine.dispose()


def test_settings_that_do_not_take_are_refused(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wallet.storage.sqlite._PRAGMAS", {"journal_mode": "elsewhere"})
    with pytest.raises(DatabaseUnusableError, match="not durable"):
        open_for_writing(database)


def test_a_transaction_holds_the_write_lock_from_its_first_moment(database: Path) -> None:
    engine = open_for_writing(database)
    other = sqlite3.connect(database, timeout=0)
    with engine.begin(), pytest.raises(sqlite3.OperationalError, match="locked"):
        other.execute("BEGIN IMMEDIATE")
    other.execute("BEGIN IMMEDIATE")
    other.close()
    engine.dispose()


def test_an_existing_file_is_opened_again(database: Path) -> None:
    open_for_writing(database).dispose()
    open_for_writing(database).dispose()


@pytest.mark.parametrize("opener", [open_for_writing, open_for_reading])
def test_what_is_no_database_is_refused(database: Path, opener) -> None:
    database.write_text("hello " * 1000)
    with pytest.raises(DatabaseUnusableError, match="not a database"):
        opener(database)


@pytest.mark.parametrize("opener", [open_for_writing, open_for_reading])
def test_a_database_of_somebody_else_is_refused_untouched(database: Path, opener) -> None:
    connection = sqlite3.connect(database)
    connection.execute("CREATE TABLE theirs (x)")
    connection.close()
    with pytest.raises(DatabaseUnusableError, match="no wallet database"):
        opener(database)
    connection = sqlite3.connect(database)
    assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("theirs",)]
    connection.close()


@pytest.mark.parametrize("opener", [open_for_writing, open_for_reading])
def test_a_database_of_somebody_else_with_the_same_version_is_refused(
    database: Path, opener
) -> None:
    connection = sqlite3.connect(database)
    connection.executescript("CREATE TABLE payments (x); PRAGMA user_version=1")
    connection.close()
    with pytest.raises(DatabaseUnusableError, match=r"wallet\.db: the file is no wallet database"):
        opener(database)


@pytest.mark.parametrize("opener", [open_for_writing, open_for_reading])
def test_a_file_of_an_earlier_version_is_refused_in_plain_words(database: Path, opener) -> None:
    connection = sqlite3.connect(database)
    connection.executescript(
        "CREATE TABLE payments (x); PRAGMA application_id=0x57414C54; PRAGMA user_version=2"
    )
    connection.close()
    with pytest.raises(DatabaseUnusableError, match=r"earlier version .*name another one"):
        opener(database)


@pytest.mark.parametrize("opener", [open_for_writing, open_for_reading])
def test_tables_of_a_later_version_are_refused(database: Path, opener) -> None:
    engine = open_for_writing(database)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'w9999_later'"))
    engine.dispose()
    with pytest.raises(
        DatabaseUnusableError, match=r"later version of the program \(w9999_later\)"
    ):
        opener(database)


@pytest.mark.parametrize("opener", [open_for_writing, open_for_reading])
def test_an_error_shows_no_value_of_a_statement(database: Path, opener) -> None:
    open_for_writing(database).dispose()
    engine = opener(database)
    with pytest.raises(sqlalchemy.exc.DBAPIError) as caught, engine.connect() as connection:
        connection.execute(text("SELECT * FROM nothing WHERE x = :x"), {"x": "9161234567"})
    assert "9161234567" not in str(caught.value)
    engine.dispose()


def test_a_file_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnusableError, match="unable to open"):
        open_for_writing(tmp_path / "nowhere" / "w.db")


def test_reading_needs_a_file_and_cannot_write(database: Path) -> None:
    with pytest.raises(DatabaseUnusableError, match="no such file"):
        open_for_reading(database)
    open_for_writing(database).dispose()
    reader = open_for_reading(database)
    with pytest.raises(sqlalchemy.exc.OperationalError), reader.connect() as connection:
        connection.execute(text("DELETE FROM payments"))
    reader.dispose()


def test_a_checkpoint_empties_the_wal(database: Path) -> None:
    engine = open_for_writing(database)
    wal = database.with_name(database.name + "-wal")
    assert wal.stat().st_size > 0
    checkpoint(engine)
    assert wal.stat().st_size == 0
    engine.dispose()


def test_begin_is_immediate(database: Path) -> None:
    engine = open_for_writing(database)
    said = []
    event.listen(engine, "before_cursor_execute", lambda *args: said.append(args[2]))
    with engine.begin():
        pass
    assert said == ["BEGIN IMMEDIATE"]
    engine.dispose()


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("mysql://host/db", "mysql is not served"),
        ("sqlite://", "name a file"),
        ("sqlite:///:memory:", "name a file"),
        ("postgresql://host", "names no database"),
    ],
)
def test_an_address_of_nothing_durable_is_refused(written: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        address_of(written)


@pytest.mark.parametrize("written", ["w.db", "sqlite:///w.db"])
def test_a_file_is_named_by_its_path_or_as_an_address(written: str) -> None:
    assert address_of(written).database == "w.db"


def test_who_only_looks_sees_one_moment(any_database: str) -> None:
    writer, reader = open_for_writing(any_database), open_for_reading(any_database)
    count = text("SELECT count(*) FROM vault_counts")
    row = text(
        "INSERT INTO vault_counts VALUES ('10000001', 1, 'RUB', 1, 5, 'x',"
        " '2026-05-01T10:00:00.000000Z')"
    )
    with reader.connect() as connection:
        assert connection.execute(count).scalar_one() == 0
        with writer.begin() as other:
            other.execute(row)
        assert connection.execute(count).scalar_one() == 0
    with reader.connect() as connection:
        assert connection.execute(count).scalar_one() == 1
    reader.dispose()
    writer.dispose()
