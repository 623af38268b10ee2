"""Statements that are compiled once and run many times.

Building a statement costs SQLAlchemy many times what SQLite needs to execute it, and between a
banknote and its credit every statement counts: so SQLAlchemy compiles, once, and the driver executes.
The schema stays the only source of names. It must hold no rule: what is written, and when, is decided
by the callers.
"""

import sqlite3
from functools import cache

from sqlalchemy.dialects.sqlite.base import SQLiteDialect
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
