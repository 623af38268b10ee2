"""Sets of projection rows, kept beside the records under the journal's key.

A set says how projections stood at one place of the chain. Each of its parts carries an HMAC over the
part before it and itself, the first one over the chain's own HMAC at that place, and only the last
part makes it whole: a set that was cut off, changed, mixed or moved to another place is no set. The
records stay the truth; whoever finds a set broken must do without it.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import bindparam, delete, insert

from offline_queue.journal import schema
from offline_queue.journal.chain import ChainKey, Mac, same
from offline_queue.journal.prepared import Prepared

Values = Sequence[object]
"""A row of a projection, in the order of its columns."""


class Purpose(StrEnum):
    """What a set is for."""

    SNAPSHOT = "snapshot"
    """The live rows at a place, with which the next start compares."""
    BASE = "base"
    """Everything that followed from the records up to a place and outlives them."""


class SealBrokenError(Exception):
    """A set is not what was sealed, or not whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Rows of one table."""

    table: str
    columns: tuple[str, ...]
    rows: tuple[Values, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedSet:
    """A whole set.

    Attributes:
        place: the record after which the rows stood so; 0 before the first.
        mac: the chain's HMAC at that place.
        seal: the HMAC of the last part, which stands for all of it.
        terminal_id: whose journal this is, as far as the records up to `place` told.
        parts: the rows.
    """

    place: int
    mac: Mac
    seal: Mac
    terminal_id: str
    parts: tuple[Part, ...]


_ADD = Prepared(insert(schema.sealed))
_FORGET = Prepared(
    delete(schema.sealed).where(
        schema.sealed.c.purpose == bindparam("of"), schema.sealed.c.place != bindparam("kept")
    )
)
_FORGET_ONE = Prepared(
    delete(schema.sealed).where(
        schema.sealed.c.purpose == bindparam("of"), schema.sealed.c.place == bindparam("at")
    )
)


class Sealer:
    """Writes one set, part by part, in the order in which the parts are given.

    Nothing reads a set before `end` is committed, so the parts need not be in one transaction.
    """

    def __init__(self, key: ChainKey, purpose: Purpose, place: int, mac: Mac) -> None:
        self._key = key
        self._purpose = purpose
        self._mac = mac
        self._previous = mac
        self._next = 0
        self.place = place

    def add(self, driver: sqlite3.Connection, part: Part) -> None:
        """Write a part; raises sqlite3.Error."""
        said = {"table": part.table, "columns": part.columns, "rows": part.rows}
        self._write(driver, json.dumps(said, ensure_ascii=False, separators=(",", ":")))

    def seal_at_end(self, terminal_id: str) -> Mac:
        """What `end` will give, when nothing is added before."""
        return self._mac_of(self._end(terminal_id))

    def end(self, driver: sqlite3.Connection, terminal_id: str) -> Mac:
        """Seal the set, and forget every other one of its purpose. Raises sqlite3.Error."""
        self._write(driver, self._end(terminal_id))
        _FORGET.run(driver, of=self._purpose.value, kept=self.place)
        return self._previous

    def _end(self, terminal_id: str) -> str:
        said = {"schema": schema.SCHEMA_VERSION, "mac": self._mac.hex(), "terminal": terminal_id}
        return json.dumps(said, ensure_ascii=False, separators=(",", ":"))

    def _mac_of(self, body: str) -> Mac:
        return self._key.seal_part(self._previous, self._purpose, self.place, self._next, body)

    def _write(self, driver: sqlite3.Connection, body: str) -> None:
        if self._next == 0:
            # An earlier attempt may have been cut off at the same place.
            _FORGET_ONE.run(driver, of=self._purpose.value, at=self.place)
        mac = self._mac_of(body)
        _ADD.run(
            driver,
            purpose=self._purpose.value,
            place=self.place,
            part=self._next,
            body=body,
            mac=mac,
        )
        self._previous = mac
        self._next += 1


def load(driver: sqlite3.Connection, key: ChainKey, purpose: Purpose) -> SealedSet | None:
    """The newest whole set of this purpose; None when there was never one, or none was finished.

    Raises:
        SealBrokenError: what is there was changed, or was written by another version.
        sqlite3.Error: the file cannot be read.
    """
    # As bytes: what is no text any more must not stop the reading.
    query = """SELECT place, part, typeof(body), CAST(body AS BLOB), mac FROM sealed
        WHERE purpose = ? ORDER BY place, part"""
    sets: dict[object, list[tuple[object, object, object]]] = {}
    for place, part, kind, body, mac in driver.execute(query, (purpose.value,)):
        sets.setdefault(place, []).append((part, _text(kind, body), mac))
    whole = [
        found
        for place, parts in sets.items()
        if (found := _opened(key, purpose, place, parts)) is not None
    ]
    return max(whole, key=lambda found: found.place) if whole else None


def terminal_at_end(body: str) -> str:
    """The terminal's number in the last part of a set; empty in another part. Not proved."""
    said = _json(body).get("terminal")
    return said if isinstance(said, str) else ""


def _opened(
    key: ChainKey,
    purpose: Purpose,
    place: object,
    stored: Iterable[tuple[object, object, object]],
) -> SealedSet | None:
    parts = list(stored)
    if not isinstance(place, int):
        raise SealBrokenError(f"{purpose} at {place!r}: no such place")
    end = _json(parts[-1][1])
    if "schema" not in end:
        return None
    # A base outlives upgrades: later columns get their defaults. A snapshot is made anew.
    if purpose is Purpose.SNAPSHOT and end["schema"] != schema.SCHEMA_VERSION:
        raise SealBrokenError(f"{purpose} at {place}: written with schema {end['schema']!r}")
    try:
        mac = Mac(bytes.fromhex(str(end["mac"])))
        previous = mac
        for number, (part, body, found) in enumerate(parts):
            if not isinstance(body, str) or not isinstance(found, bytes) or part != number:
                raise SealBrokenError(f"{purpose} at {place}: part {number} is missing or spoilt")
            expected = key.seal_part(previous, purpose, place, number, body)
            if not same(expected, found):
                raise SealBrokenError(f"{purpose} at {place}: part {number} was changed")
            previous = expected
        rows = tuple(_part(_json(body)) for _, body, _ in parts[:-1])
    except (KeyError, TypeError, ValueError) as error:
        raise SealBrokenError(f"{purpose} at {place}: {error}") from error
    return SealedSet(
        place=place, mac=mac, seal=previous, terminal_id=str(end["terminal"]), parts=rows
    )


def _text(kind: object, stored: bytes | None) -> str | None:
    if kind != "text" or stored is None:
        return None
    try:
        return stored.decode()
    except UnicodeDecodeError:
        return None


def _json(body: object) -> dict[str, object]:
    try:
        found = json.loads(body) if isinstance(body, str) else None
    except ValueError:
        found = None
    return found if isinstance(found, dict) else {}


def _part(said: dict[str, object]) -> Part:
    columns, rows = said["columns"], said["rows"]
    if not isinstance(columns, list) or not isinstance(rows, list):
        raise TypeError("a part without rows")
    return Part(
        table=str(said["table"]),
        columns=tuple(str(name) for name in columns),
        rows=tuple(tuple(row) for row in rows),
    )
