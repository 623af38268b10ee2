"""Finds the rows of one terminal that have one of many keys, by a statement of fixed text.

PostgreSQL takes the keys as one array, so that the statement is planned once, and answers several
look-ups by one statement; SQLite takes lists of bounded length. It must never be used to write.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, Final

from sqlalchemy import Column, Connection, Select, bindparam, literal_column
from sqlalchemy.dialects.postgresql import psycopg

from wallet.storage.driver import driving

_CHUNK: Final = 500
"""Values in one IN list; far below what any SQLite takes."""
_DIALECT: Final = psycopg.dialect()  # type: ignore[no-untyped-call]

Found = list[Sequence[Any]]


class Lookup:
    """A question about rows of one terminal. Only texts, numbers and truths can be told.

    Args:
        query: what to tell of the rows.
        terminal: the column of the terminal.
        key: the column that is looked up.
    """

    def __init__(self, query: Select[Any], terminal: Column[str], key: Column[Any]) -> None:
        self._mine: Final = query.where(terminal == bindparam("of_terminal"))
        self._key: Final = key
        self.listed: Final = self._mine.where(key.in_(bindparam("keys", expanding=True)))

    def rows(self, connection: Connection, terminal_id: str, keys: Sequence[Any]) -> Found:
        """The rows that stand, in no order."""
        return look_up(connection, terminal_id, (self, keys))[0]

    def part(self, parameter: str) -> str:
        """This question inside a larger statement, its rows as one JSON array of arrays.

        Key by key (`OFFSET 0` keeps it so), for a planner that knows little of the table else reads
        everything of the terminal.
        """
        one = self._mine.where(self._key == literal_column("k.key")).compile(dialect=_DIALECT)
        told = ", ".join(f"q.{column.name}" for column in self._mine.selected_columns)
        kind = self._key.type.compile(_DIALECT)
        return (
            f"(SELECT coalesce(json_agg(json_build_array({told})), '[]')"  # noqa: S608 - ours
            f" FROM unnest(%({parameter})s::{kind}[]) AS k(key)"
            f" CROSS JOIN LATERAL ({one} OFFSET 0) q)"
        )


def look_up(
    connection: Connection, terminal_id: str, *asked: tuple[Lookup, Sequence[Any]]
) -> list[Found]:
    """Several questions at once: the rows of each."""
    if connection.dialect.name == "sqlite":
        return [_listed(connection, terminal_id, lookup, keys) for lookup, keys in asked]
    distinct = list({id(keys): keys for _, keys in asked}.values())
    places = tuple(next(n for n, it in enumerate(distinct) if it is keys) for _, keys in asked)
    parameters = {f"keys_{n}": list(keys) for n, keys in enumerate(distinct)}
    statement = _statement(tuple(lookup for lookup, _ in asked), places)
    with driving(connection) as driver:
        row = driver.execute(statement, {"of_terminal": terminal_id, **parameters}).fetchone()
    assert row is not None
    return list(row)


@cache
def _statement(lookups: tuple[Lookup, ...], places: tuple[int, ...]) -> bytes:
    parts = (it.part(f"keys_{n}") for it, n in zip(lookups, places, strict=True))
    return f"SELECT {', '.join(parts)}".encode()


def _listed(connection: Connection, terminal_id: str, lookup: Lookup, keys: Sequence[Any]) -> Found:
    found: Found = []
    for start in range(0, len(keys), _CHUNK):
        part = {"of_terminal": terminal_id, "keys": list(keys[start : start + _CHUNK])}
        found.extend(connection.execute(lookup.listed, part).all())
    return found
