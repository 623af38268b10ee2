"""Many rows into one table in as few round trips as the database allows.

SQLite takes the driver's `executemany`. PostgreSQL takes one statement of fixed text whatever the
number of rows (`unnest` of arrays), because a statement that grows with its rows is planned and
converted anew each time (facts sheet storage D2), and COPY where there are many. It must never begin
or end a transaction.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import psycopg
from sqlalchemy import Connection, Table, insert
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.exc import DBAPIError

Row = dict[str, Any]

_MANY: Final = 20
"""From so many rows on COPY is quicker than an array for each column."""

_DIALECT: Final = postgresql.dialect()  # type: ignore[no-untyped-call]


@dataclass(frozen=True, slots=True)
class _Shape:
    """How rows of one table are put in. `names` in the order of the columns."""

    names: tuple[str, ...]
    insert: str
    copy: str


def insert_rows(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Put these rows in; each has the same columns.

    Raises:
        sqlalchemy.exc.IntegrityError: one of them stands already, or may not stand.
    """
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        connection.execute(insert(table), list(rows))
        return
    shape = _shape(table, tuple(rows[0]))
    if len(rows) >= _MANY:
        _copy(connection, shape, rows)
        return
    columns = {name: [row[name] for row in rows] for name in shape.names}
    connection.exec_driver_sql(shape.insert, columns)


def insert_or_leave(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Put in those of these rows that do not stand yet. For few rows."""
    if not rows:
        return
    make = sqlite_insert if connection.dialect.name == "sqlite" else postgres_insert
    connection.execute(make(table).on_conflict_do_nothing(), list(rows))


def _copy(connection: Connection, shape: _Shape, rows: Sequence[Row]) -> None:
    names = shape.names
    driver: Any = connection.connection.driver_connection
    with (
        _translated(connection, driver, shape.copy),
        driver.cursor() as cursor,
        cursor.copy(shape.copy) as copy,
    ):
        for row in rows:
            copy.write_row([row[name] for name in names])


@contextmanager
def _translated(connection: Connection, driver: Any, statement: str) -> Iterator[None]:
    """SQLAlchemy does not see COPY: what goes wrong there is told in its words all the same."""
    try:
        yield
    except psycopg.Error as error:
        if driver.closed:
            connection.invalidate(error)
        raise DBAPIError.instance(
            statement, None, error, psycopg.Error, hide_parameters=True, dialect=connection.dialect
        ) from error


@cache
def _shape(table: Table, names: tuple[str, ...]) -> _Shape:
    types = [str(table.c[name].type.compile(_DIALECT)) for name in names]
    listed = ", ".join(names)
    arrays = ", ".join(f"%({name})s::{kind}[]" for name, kind in zip(names, types, strict=True))
    return _Shape(
        names=names,
        insert=f"INSERT INTO {table.name} ({listed}) SELECT * FROM unnest({arrays})",  # noqa: S608 - names of our own tables
        copy=f"COPY {table.name} ({listed}) FROM STDIN",
    )
