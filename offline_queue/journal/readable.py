"""What can still be read of a journal, be it sound or damaged.

A damaged page hides the records that lie on it, seldom those before and behind. It must never write,
and never take what is not proved for a record.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from offline_queue.journal.chain import GENESIS, ChainKey, Mac, same

UNREADABLE = (sqlite3.Error, UnicodeDecodeError, OverflowError)
"""How a read of a damaged file ends."""

_COLUMNS = "SELECT seq, at, body, mac FROM record WHERE seq > ?"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadableRow:
    """A row as it stands in the file, of whatever types."""

    seq: int
    at: object
    body: object
    mac: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """Nothing can be read between these places. `before` is None when nothing follows."""

    after: int
    before: int | None
    why: str


def as_text(stored: object) -> str:
    """A stored value as a person can be shown it, be it text or not."""
    if isinstance(stored, str):
        return stored.encode("utf-8", "replace").decode("utf-8")
    return stored.decode("utf-8", "replace") if isinstance(stored, bytes) else str(stored)


def readable_rows(driver: sqlite3.Connection, after: int = 0) -> Iterator[ReadableRow | Unreadable]:
    """Rows above `after` in order; where reading fails, it goes on from the end backwards."""
    place = after
    try:
        for row in driver.execute(f"{_COLUMNS} ORDER BY seq", (after,)):
            yield _row(row)
            place = row[0]
    except UNREADABLE as error:
        behind = _from_the_end(driver, place)
        before = behind[-1].seq if behind else None
        yield Unreadable(after=place, before=before, why=str(error))
        yield from reversed(behind)


def _from_the_end(driver: sqlite3.Connection, after: int) -> list[ReadableRow]:
    found: list[ReadableRow] = []
    try:
        for row in driver.execute(f"{_COLUMNS} ORDER BY seq DESC", (after,)):
            found.append(_row(row))  # noqa: PERF401 - what came before an error counts
    except UNREADABLE:
        return found
    return found


def proved_rows(
    driver: sqlite3.Connection, key: ChainKey, place: int = 0, mac: Mac = GENESIS
) -> Iterator[tuple[int, str]]:
    """Place and text of those records of which the chain proves, by the row before, that they are
    what was written; beginning after `place`, where the chain stood at `mac`.
    """
    for row in readable_rows(driver, place):
        if isinstance(row, Unreadable):
            continue
        text = row.body if row.seq == place + 1 and _linked(key, mac, row) else None
        place, mac = row.seq, Mac(row.mac) if isinstance(row.mac, bytes) else GENESIS
        if isinstance(text, str):
            yield place, text


def _linked(key: ChainKey, previous: Mac, row: ReadableRow) -> bool:
    if not (isinstance(row.at, str) and isinstance(row.body, str) and isinstance(row.mac, bytes)):
        return False
    try:
        return same(key.link(previous, row.seq, row.at, row.body), row.mac)
    except UnicodeEncodeError:
        return False


def _row(row: tuple[Any, ...]) -> ReadableRow:
    seq, at, body, mac = row
    return ReadableRow(seq=seq, at=at, body=body, mac=mac)
