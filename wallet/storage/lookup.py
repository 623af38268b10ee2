"""Finds the rows of one terminal that have one of many keys, by a statement of fixed text.

PostgreSQL takes the keys as one array, so that the plan of the statement is kept; SQLite in lists of
bounded length. It must never be used to write.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import ARRAY, Column, Connection, Row, Select, any_, bindparam

_CHUNK: Final = 500
"""Values in one IN list; far below what any SQLite takes."""


class Lookup:
    """A question about rows of one terminal.

    Args:
        query: what to tell of the rows.
        terminal: the column of the terminal.
        key: the column that is looked up.
    """

    def __init__(self, query: Select[Any], terminal: Column[str], key: Column[Any]) -> None:
        mine = query.where(terminal == bindparam("of_terminal"))
        self._listed = mine.where(key.in_(bindparam("keys", expanding=True)))
        keys = bindparam("keys", type_=ARRAY(key.type))
        self._array = mine.where(key == any_(keys))

    def rows(
        self, connection: Connection, terminal_id: str, keys: Sequence[Any]
    ) -> Iterator[Row[Any]]:
        """The rows that stand, in no order."""
        if not keys:
            return
        if connection.dialect.name != "sqlite":
            asked = {"of_terminal": terminal_id, "keys": list(keys)}
            yield from connection.execute(self._array, asked)
            return
        for start in range(0, len(keys), _CHUNK):
            asked = {"of_terminal": terminal_id, "keys": list(keys[start : start + _CHUNK])}
            yield from connection.execute(self._listed, asked)
