"""Which rows of the projections may still change, and how rows are read to be compared.

A row is live while something is still to come for it: an open session and its notes, a payment that
is not final, a slip that is not settled, a note that belongs to nobody or that nobody can find. A
table that is not named here is live as a whole. The start compares live rows; settled history grows
for ever and is compared in quiet hours and by the auditor.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from operator import itemgetter

from sqlalchemy import Table, Text, bindparam, select, tuple_
from sqlalchemy.sql.elements import TextClause

from offline_queue.journal import schema as s
from offline_queue.journal.prepared import sql_of
from offline_queue.journal.sealed import Part, Values

# Each is a question of its own, so that SQLite takes the partial index that was made for it.
_LIVE: Mapping[str, tuple[TextClause, ...]] = {
    "session": (s.SESSION_IS_OPEN,),
    "note": (
        s.NOTE_IS_OPEN,
        s.NOTE_OF_NOBODY,
        s.NOTE_IS_DISPUTED,
        s.NOTE_OF_OPEN_SESSION,
        s.NOTE_ENDED_LAST,
    ),
    "payment": (s.PAYMENT_IN_OUTBOX, s.PAYMENT_NOT_FINAL, s.PAYMENT_IS_PARKED),
    "slip": (s.SLIP_UNFINISHED,),
}

# No text that a projection keeps begins with NUL, so a digest cannot be taken for one.
_DIGEST = "\0sha256:"


_FEW = ("session", "note")
"""Of these few rows are ever live, and their indexes are not in the order of their keys."""

Rows = dict[object, Values]
"""Rows of one table by their primary keys: the value of one column, or the values of several."""


def columns_of(table: Table) -> tuple[str, ...]:
    """The names of a table's columns, in order."""
    return tuple(column.name for column in table.columns)


def live_rows(driver: sqlite3.Connection, table: Table) -> Rows:
    """The live rows of a table; raises sqlite3.Error."""
    key_of = _key_getter(table)
    found: Rows = {}
    for question in _live_questions(table):
        rows = driver.execute(question).fetchall()
        found.update(zip(map(key_of, rows), rows, strict=True))
    return found


def all_rows(driver: sqlite3.Connection, table: Table) -> Iterator[Values]:
    """Every row of a table in the order of its primary key; raises sqlite3.Error."""
    return driver.execute(_all_rows(table))


def live_parts(driver: sqlite3.Connection, table: Table, at_most: int) -> Iterator[Part]:
    """The live rows of a table in small parts, long texts as digests.

    Between two parts nothing is left open, so other work may come in between; it is for the caller to
    see that no record comes in between. Raises sqlite3.Error.
    """
    texts = long_texts(table)
    for rows in _live_steps(driver, table, at_most):
        fresh = tuple(digested(row, texts) for row in rows)
        yield Part(table=table.name, columns=columns_of(table), rows=fresh)


def all_parts(driver: sqlite3.Connection, table: Table, at_most: int) -> Iterator[Part]:
    """As `live_parts`, of all rows, with their texts. Raises sqlite3.Error."""
    for rows in _in_steps(driver, table, None, at_most):
        yield Part(table=table.name, columns=columns_of(table), rows=tuple(rows))


def _live_steps(
    driver: sqlite3.Connection, table: Table, at_most: int
) -> Iterator[Sequence[Values]]:
    if table.name in _FEW:
        rows = list(live_rows(driver, table).values())
        yield from (rows[start : start + at_most] for start in range(0, len(rows), at_most))
        return
    for condition in _LIVE.get(table.name, (None,)):
        yield from _in_steps(driver, table, condition, at_most)


def _in_steps(
    driver: sqlite3.Connection, table: Table, condition: TextClause | None, at_most: int
) -> Iterator[Sequence[Values]]:
    first, following = _steps(table, condition)
    places = _key_places(table)
    found = driver.execute(first, {"n": at_most}).fetchall()
    while found:
        yield found
        after = {f"k{number}": found[-1][place] for number, place in enumerate(places)}
        found = driver.execute(following, {**after, "n": at_most}).fetchall()


def long_texts(table: Table) -> tuple[int, ...]:
    """Which columns hold long texts. Projections only ever store them: nothing asks what is in them,
    so that their digests can stand for them.
    """
    return tuple(
        place for place, column in enumerate(table.columns) if isinstance(column.type, Text)
    )


def digested(row: Values, places: tuple[int, ...], *, seeded: bool = False) -> Values:
    """A row whose long texts are digests. With `seeded` some are digests already and stay."""
    changed: list[object] | None = None
    for place in places:
        value = row[place]
        if isinstance(value, str) and not (seeded and value.startswith(_DIGEST)):
            changed = changed or list(row)
            changed[place] = _DIGEST + sha256(value.encode("utf-8", "surrogateescape")).hexdigest()
    return tuple(row if changed is None else changed)


@cache
def _live_questions(table: Table) -> tuple[str, ...]:
    conditions = _LIVE.get(table.name)
    if conditions is None:
        return (sql_of(select(table)),)
    return tuple(sql_of(select(table).where(condition)) for condition in conditions)


@cache
def _steps(table: Table, condition: TextClause | None) -> tuple[str, str]:
    """The first rows in the order of their keys, and those after a key."""
    keys = list(table.primary_key.columns)
    after = tuple_(*keys) > tuple_(*(bindparam(f"k{number}") for number in range(len(keys))))
    wanted = select(table).order_by(*keys)
    if condition is not None:
        wanted = wanted.where(condition)
    return f"{sql_of(wanted)} LIMIT :n", f"{sql_of(wanted.where(after))} LIMIT :n"


@cache
def _key_places(table: Table) -> tuple[int, ...]:
    names = columns_of(table)
    return tuple(names.index(column.name) for column in table.primary_key.columns)


@cache
def _key_getter(table: Table) -> Callable[[Values], object]:
    return itemgetter(*_key_places(table))


@cache
def _all_rows(table: Table) -> str:
    return sql_of(select(table).order_by(*table.primary_key.columns))
