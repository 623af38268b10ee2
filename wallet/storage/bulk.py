"""Rows into several tables in as few round trips as the database allows.

SQLite takes the driver's `executemany`. PostgreSQL takes few rows by one statement of fixed text, the
rows of each table as one JSON parameter, because a statement that grows with its rows is planned and
converted anew each time (facts sheet storage D2); many rows it takes by COPY. It must never begin or
end a transaction.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, Final

from sqlalchemy import Connection, Table, insert
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from wallet.storage.driver import driving

Row = dict[str, Any]
_Shape = tuple[Table, tuple[str, ...]]
"""A table, and the columns that its rows have."""

_MANY: Final = 200
"""From so many rows on COPY is quicker."""


def insert_rows(connection: Connection, *filled: tuple[Table, Sequence[Row]]) -> None:
    """Put these rows into these tables; all rows of a table have the same columns, and no table
    refers to another one.

    Raises:
        sqlalchemy.exc.IntegrityError: one of them stands already, or may not stand.
    """
    wanted = [(table, rows) for table, rows in filled if rows]
    if not wanted:
        return
    if connection.dialect.name == "sqlite":
        for table, rows in wanted:
            connection.execute(insert(table), list(rows))
    elif any(len(rows) >= _MANY for _, rows in wanted):
        for table, rows in wanted:
            _copy(connection, (table, tuple(rows[0])), rows)
    else:
        statement = _statement(tuple((table, tuple(rows[0])) for table, rows in wanted))
        with driving(connection) as driver:
            driver.execute(statement, [_json(rows) for _, rows in wanted])


def insert_or_leave(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Put in those of these rows that do not stand yet. For few rows."""
    if not rows:
        return
    make = sqlite_insert if connection.dialect.name == "sqlite" else postgres_insert
    connection.execute(make(table).on_conflict_do_nothing(), list(rows))


def _copy(connection: Connection, shape: _Shape, rows: Sequence[Row]) -> None:
    table, names = shape
    statement = f"COPY {table.name} ({', '.join(names)}) FROM STDIN".encode()
    with (
        driving(connection) as driver,
        driver.cursor() as cursor,
        cursor.copy(statement) as copy,
    ):
        for row in rows:
            copy.write_row([row[name] for name in names])


@cache
def _statement(shapes: tuple[_Shape, ...]) -> bytes:
    """One statement for all of them: the last INSERT, with those before it as its CTEs."""
    parts = [_insert(table, names) for table, names in shapes]
    before = ", ".join(f"part_{n} AS ({part})" for n, part in enumerate(parts[:-1]))
    return f"WITH {before} {parts[-1]}".encode() if before else parts[-1].encode()


def _insert(table: Table, names: tuple[str, ...]) -> str:
    listed = ", ".join(names)
    return (
        f"INSERT INTO {table.name} ({listed})"  # noqa: S608 - names of our own tables
        f" SELECT {listed} FROM json_populate_recordset(NULL::{table.name}, %s)"
    )


def _json(rows: Sequence[Row]) -> str:
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"), default=_instant)


def _instant(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"no column takes a {type(value).__name__}")
