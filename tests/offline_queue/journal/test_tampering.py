"""Whatever is done to any value of any row without the key is found, value by value, byte by byte.

Each change is made, looked at and rolled back in one transaction, by the code behind `verify`.
"""

import sqlite3
from contextlib import contextmanager

import pytest
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from offline_queue.journal import Journal, engine, schema
from offline_queue.journal import verify as auditor

# `sealed` has its own tests: a journal that was never at rest has nothing in it.
TABLES = tuple(table for table in schema.metadata.tables.values() if table is not schema.sealed)
DERIVED = schema.PROJECTIONS
BOOKS = (schema.record, schema.head)


@pytest.fixture
def table():
    """No table in particular; the tests of one table say which."""


OF_THE_EVENING = (schema.collection, schema.collected_cash)
"""Tables in which a day alone leaves no row."""


@pytest.fixture
def stored(written, key, evening, now, table):
    """The written journal under the auditor's own kind of connection, only that it may write."""
    if table in OF_THE_EVENING:
        journal = Journal(written, key)
        journal.append(*evening, at=now)
        journal.close()

    def connect():
        connection = sqlite3.connect(written, isolation_level=None)
        connection.text_factory = engine._any_text
        return connection

    made = create_engine("sqlite+pysqlite://", creator=connect, poolclass=NullPool)
    with made.connect() as connection:
        connection.exec_driver_sql("BEGIN")
        yield connection
    made.dispose()


@contextmanager
def rolled_back(stored):
    stored.exec_driver_sql("SAVEPOINT trial")
    yield
    stored.exec_driver_sql("ROLLBACK TO trial")
    stored.exec_driver_sql("RELEASE trial")


def values_of(stored, table):
    """Every value of a table: the row it stands in, its column, and itself."""
    names = [column.name for column in table.columns]
    columns = ", ".join(f'"{name}"' for name in names)
    found = stored.exec_driver_sql(f'SELECT {columns} FROM "{table.name}"').all()
    for row, values in zip(rows_of(stored, table), found, strict=True):
        for name, value in zip(names, values, strict=True):
            yield row, name, value


def rows_of(stored, table):
    """The rows of a table by their primary keys."""
    columns = ", ".join(f'"{column.name}"' for column in table.primary_key.columns)
    return [tuple(row) for row in stored.exec_driver_sql(f'SELECT {columns} FROM "{table.name}"')]


def this_row(table):
    return " AND ".join(f'"{column.name}" = ?' for column in table.primary_key.columns)


def one_byte_changed(value):
    """SQL literals of the value with each of its bytes changed in turn, and its type kept."""
    stored = value.encode() if isinstance(value, str) else value
    for place in range(len(stored)):
        mask = 0x80 if place % 2 else 0x01
        other = stored[:place] + bytes([stored[place] ^ mask]) + stored[place + 1 :]
        blob = f"x'{other.hex()}'"
        yield f"CAST({blob} AS TEXT)" if isinstance(value, str) else blob


def replaced(value):
    """SQL literals that are not the value: of its type or of another."""
    match value:
        case None:
            yield from ("0", "''", "'x'", "x''")
        case int():
            yield from (str(value + 1), str(value - 1), str(value + 2**20), "'x'", "x'00'", "NULL")
        case str() | bytes():
            raw = value.encode() if isinstance(value, str) else value
            yield from ("NULL", "''", "x''", "5", "1.5")
            for longer in (raw + b" ", raw + b"\x00", b" " + raw, raw[:-1]):
                text, blob = f"CAST(x'{longer.hex()}' AS TEXT)", f"x'{longer.hex()}'"
                yield text if isinstance(value, str) else blob
            other_type = f"x'{raw.hex()}'"
            yield other_type if isinstance(value, str) else f"CAST({other_type} AS TEXT)"


def is_changed(stored, table, row, name, literal):
    """Make the change; False when SQLite refuses it or stores the very same."""
    question = f'SELECT "{name}", typeof("{name}") FROM "{table.name}" WHERE {this_row(table)}'
    before = tuple(stored.exec_driver_sql(question, row).one())
    driver = stored.connection.driver_connection
    change = f'UPDATE "{table.name}" SET "{name}" = {literal} WHERE {this_row(table)}'
    try:
        driver.execute(change, row)
    except sqlite3.IntegrityError:
        return False
    after = stored.exec_driver_sql(question, row).one_or_none()
    return after is None or tuple(after) != before


@pytest.mark.parametrize("table", BOOKS, ids=lambda table: table.name)
def test_any_changed_byte_of_the_books_is_found(stored, key, table):
    tried = 0
    for row, name, value in values_of(stored, table):
        if isinstance(value, int):
            continue
        for literal in one_byte_changed(value):
            with rolled_back(stored):
                if is_changed(stored, table, row, name, literal):
                    tried += 1
                    _, findings = auditor._check_chain(stored, key)
                    assert findings, f"{name} of {row}: {literal}"
    assert tried >= 32


@pytest.mark.parametrize("table", BOOKS, ids=lambda table: table.name)
def test_any_replaced_value_of_the_books_is_found(stored, key, table):
    tried = 0
    for row, name, value in values_of(stored, table):
        for literal in replaced(value):
            with rolled_back(stored):
                if is_changed(stored, table, row, name, literal):
                    tried += 1
                    _, findings = auditor._check_chain(stored, key)
                    assert findings, f"{name} of {row}: {literal}"
    assert tried >= 8


@pytest.mark.parametrize("table", DERIVED, ids=lambda table: table.name)
def test_any_changed_value_of_a_projection_is_found(stored, key, table):
    derived = auditor._check_projections(stored, key)
    assert derived == []
    tried = 0
    for row, name, value in values_of(stored, table):
        for literal in replaced(value):
            with rolled_back(stored):
                if is_changed(stored, table, row, name, literal):
                    tried += 1
                    assert not auditor._check(stored, key).ok, f"{name} of {row}: {literal}"
    assert tried


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_any_removed_row_of_any_table_is_found(stored, key, table):
    rows = rows_of(stored, table)
    assert rows
    for row in rows:
        with rolled_back(stored):
            stored.exec_driver_sql(f'DELETE FROM "{table.name}" WHERE {this_row(table)}', row)
            assert not auditor._check(stored, key).ok, f"row {row}"


def test_a_row_of_cash_out_of_nothing_is_found(stored, key):
    stored.exec_driver_sql("INSERT INTO cash VALUES ('RUB', 500000, 1)")
    (finding,) = auditor._check(stored, key).findings
    assert finding.what == "projection cash does not follow from the records"


def test_an_index_that_lost_a_row_is_found(stored, key):
    """Then a note in escrow would be forgotten after a restart, although its row is there."""
    stored.exec_driver_sql("PRAGMA writable_schema=ON")
    stored.exec_driver_sql(
        "UPDATE sqlite_master SET sql = replace(sql, 'escrowed', 'stacked') WHERE name='note_open'"
    )
    stored.exec_driver_sql("COMMIT")
    stored.connection.driver_connection.execute("PRAGMA writable_schema=RESET")
    stored.exec_driver_sql("BEGIN")
    assert "note_open" in auditor._check(stored, key).findings[0].what
