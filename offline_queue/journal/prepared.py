"""Statements that are compiled once and run many times.

Building a statement costs SQLAlchemy many times what SQLite needs to execute it, and between a
banknote and its credit every statement counts: so SQLAlchemy compiles, once, and the driver executes.
The schema stays the only source of names. It must hold no rule: what is written, and when, is decided
by the callers.
"""

import sqlite3
from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import Connection, SelectBase
from sqlalchemy.dialects.sqlite.base import SQLiteDialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.base import Executable
from sqlalchemy.sql.expression import ClauseElement

Value = str | int | bytes | None
"""What SQLite stores as it is; nothing is converted on the way."""


def sql_of(statement: Executable) -> str:
    """The text of a statement with named parameters, for the driver."""
    assert isinstance(statement, ClauseElement)
    return str(statement.compile(dialect=_dialect()))


@cache
def _dialect() -> SQLiteDialect:
    return SQLiteDialect(paramstyle="named")


class Prepared:
    """One statement with named parameters; those it has values for already need not be given."""

    __slots__ = ("_known", "_sql")

    def __init__(self, statement: Executable) -> None:
        assert isinstance(statement, ClauseElement)
        compiled = statement.compile(dialect=_dialect())
        self._sql = str(compiled)
        self._known: dict[str, Value] = {
            name: value for name, value in compiled.params.items() if value is not None
        }

    def run(self, driver: sqlite3.Connection, **values: Value) -> int:
        """Execute it in the present transaction; every parameter without a value must be given.

        Returns:
            How many rows it has written.

        Raises:
            sqlite3.Error: as the driver says it.
        """
        return driver.execute(self._sql, {**self._known, **values}).rowcount

    def first(self, driver: sqlite3.Connection, **values: Value) -> tuple[Value, ...] | None:
        """Execute a question in the present transaction; its first row, if it has any.

        Raises:
            sqlite3.Error: as the driver says it.
        """
        row: tuple[Value, ...] | None = driver.execute(
            self._sql, {**self._known, **values}
        ).fetchone()
        return row


class Question:
    """One question with named parameters, for the connection of SQLAlchemy that the reader holds."""

    __slots__ = ("_columns", "_known", "_sql")

    def __init__(self, statement: SelectBase) -> None:
        compiled = statement.compile(dialect=_dialect())
        self._sql = str(compiled)
        self._known: dict[str, Value] = {
            name: value for name, value in compiled.params.items() if value is not None
        }
        self._columns = tuple(statement.selected_columns.keys())

    def rows(self, connection: Connection, **values: Value) -> list[Mapping[str, Any]]:
        """Every row by the names of its columns, as SQLite stores it: a truth is 0 or 1.

        Raises:
            DBAPIError: as SQLAlchemy says what the driver says.
        """
        return [dict(zip(self._columns, row, strict=True)) for row in self._ask(connection, values)]

    def first(self, connection: Connection, **values: Value) -> tuple[Any, ...] | None:
        """The first row, if there is any. Raises as `rows`."""
        found = self._ask(connection, values)
        return found[0] if found else None

    def value(self, connection: Connection, **values: Value) -> Any:  # noqa: ANN401 - of any column
        """The first column of the first row; None where there is no row. Raises as `rows`."""
        found = self._ask(connection, values)
        return found[0][0] if found else None

    def _ask(self, connection: Connection, values: dict[str, Value]) -> list[tuple[Any, ...]]:
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        try:
            # By a cursor, as SQLAlchemy asks.
            return driver.cursor().execute(self._sql, {**self._known, **values}).fetchall()
        except sqlite3.Error as error:
            raise DBAPIError(self._sql, None, error, hide_parameters=True) from error
