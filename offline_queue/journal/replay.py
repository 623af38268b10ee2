"""Projections derived from records, in a database of their own that nobody else sees.

It begins empty, or with a sealed set, and takes records in order; each is proved by the chain before
anything follows from it. What comes out is held against the stored projections. It must never write
into the journal.
"""

import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from functools import cache

from sqlalchemy import Index, Table, bindparam, delete, insert
from sqlalchemy.schema import CreateIndex, CreateTable

from offline_queue.journal import schema
from offline_queue.journal.chain import GENESIS, ChainKey, Mac, same
from offline_queue.journal.engine import is_spoilt_text
from offline_queue.journal.live import all_rows, columns_of
from offline_queue.journal.prepared import sql_of
from offline_queue.journal.rebuild import UnknownRecordError, rebuild
from offline_queue.journal.records import JournalPruned, JournalRecord, from_text
from offline_queue.journal.sealed import Part, SealBrokenError, SealedSet

StoredRow = tuple[int, object, object, object]
"""Place, time, text and HMAC of a record, as they stand in the file."""

_MANY_ROWS = 1_000
_CACHE_KIB = 65_536
_PARAMETER = re.compile(r":(\w+)")
_TELLS_OF_PRUNING = '{"kind":"journal_pruned"'


class ChainBrokenError(Exception):
    """The record at `seq` is not the one that was written there."""

    def __init__(self, seq: int, what: str) -> None:
        super().__init__(f"record {seq}: {what}")
        self.seq = seq
        self.what = what


class TemporaryFolderError(Exception):
    """There is no room for a replay where SQLite keeps its own temporary files."""


@contextmanager
def in_temporary_folder() -> Iterator[None]:
    """Work on a replay alone, and nothing of the journal's own file.

    Raises:
        TemporaryFolderError: that failed, and the journal is not to blame.
    """
    try:
        yield
    except sqlite3.OperationalError as error:
        where = "the temporary folder (SQLITE_TMPDIR, TMPDIR or /var/tmp)"
        raise TemporaryFolderError(f"{where}: {error}") from error


class _ReadingFailedError(Exception):
    """The records themselves cannot be read: the replay is not to blame."""

    def __init__(self, error: sqlite3.Error) -> None:
        super().__init__(str(error))
        self.error = error


class Replay:
    """Projections as they follow from the records taken so far. What finds no room raises
    TemporaryFolderError, also where it is made.

    Attributes:
        place, mac: the last record taken, and the chain's HMAC there.
        pruned: what the last record about pruning among those taken says.
    """

    def __init__(self, key: ChainKey, beginning: SealedSet | None = None) -> None:
        self._key = key
        # Without a name it lies in memory as long as it is small, and in a file of SQLite's own then.
        self.driver = sqlite3.connect("", isolation_level=None)
        self.place, self.mac = 0, GENESIS
        self.pruned: JournalPruned | None = None
        with in_temporary_folder():
            sort_last = beginning is not None and _is_long(beginning)
            _make_empty(self.driver, indexed=not sort_last)
            if beginning is not None:
                self._begin_with(beginning)
            if sort_last:
                # Many rows are sorted at once in a fraction of the time.
                self.driver.executescript(_indexes())

    def _begin_with(self, beginning: SealedSet) -> None:
        self.place, self.mac = beginning.place, beginning.mac
        self.driver.execute("BEGIN")
        for part in beginning.parts:
            seed(self.driver, part)
        self.driver.execute("COMMIT")

    def close(self) -> None:
        """Forget everything."""
        self.driver.close()

    def tells_of(self, base: SealedSet | None) -> bool:
        """Whether the records taken tell of this very set, the one with which this began."""
        told = self.pruned
        if told is None or base is None:
            return told is None and base is None
        return (told.up_to, told.mac, told.kept) == (base.place, base.mac.hex(), base.seal.hex())

    def must_tell_of(self, base: SealedSet | None) -> None:
        """As `tells_of`.

        Raises:
            SealBrokenError: they tell of another set, or of none.
        """
        if not self.tells_of(base):
            raise SealBrokenError("what was sealed at the last pruning is not what is told of")

    def take_unproved(self, rows: Iterable[tuple[int, object]]) -> None:
        """Apply records, given by place and text, whatever the chain says of them.

        Raises:
            RebuildStoppedError: one is no record, or contradicts those before it.
            TemporaryFolderError: there is no room for what follows from them.
            sqlite3.Error: the records cannot be read.
        """
        try:
            with in_temporary_folder():
                self.driver.execute("BEGIN")
                rebuild(self.driver, self._listened(_told_apart(rows)))
                self.driver.execute("COMMIT")
        except _ReadingFailedError as failed:
            raise failed.error from None

    def take(self, rows: Iterable[StoredRow]) -> int:
        """Apply the records that come next; how many there were.

        Raises:
            ChainBrokenError: one is missing, changed, or in another place.
            RebuildStoppedError, TemporaryFolderError, sqlite3.Error: as `take_unproved`.
        """
        before = self.place
        self.take_unproved(self._proved(rows))
        return self.place - before

    def _proved(self, rows: Iterable[StoredRow]) -> Iterator[tuple[int, object]]:
        for row in rows:
            seq, body = row[0], row[2]
            if seq != self.place + 1:
                raise ChainBrokenError(self.place + 1, "is missing")
            self.mac = self._link(row)
            self.place = seq
            yield seq, body

    def _listened(self, rows: Iterable[tuple[int, object]]) -> Iterator[tuple[int, object]]:
        for seq, body in rows:
            if isinstance(body, str) and body.startswith(_TELLS_OF_PRUNING):
                told = _read(seq, body)
                self.pruned = told if isinstance(told, JournalPruned) else None
            yield seq, body

    def _link(self, row: StoredRow) -> Mac:
        seq, at, body, mac = row
        if isinstance(at, str) and isinstance(body, str) and isinstance(mac, bytes):
            try:
                expected = self._key.link(self.mac, seq, at, body)
            except UnicodeEncodeError:
                expected = GENESIS
            if same(expected, mac):
                return expected
        raise ChainBrokenError(seq, "was changed, or put in another place")


def _told_apart(rows: Iterable[tuple[int, object]]) -> Iterator[tuple[int, object]]:
    """The rows; an error at reading them is told apart from one of the replay's own."""
    try:
        yield from rows
    except sqlite3.Error as error:
        raise _ReadingFailedError(error) from error


def _read(seq: int, body: str) -> JournalRecord:
    try:
        return from_text(body)
    except ValueError as error:
        raise UnknownRecordError(seq, "not a record of any known kind") from error


def rows_between(driver: sqlite3.Connection, after: int, up_to: int) -> Iterator[StoredRow]:
    """The stored records after one place, up to and with another; raises sqlite3.Error."""
    query = "SELECT seq, at, body, mac FROM record WHERE seq > ? AND seq <= ? ORDER BY seq"
    return driver.execute(query, (after, up_to))


def differing(stored: sqlite3.Connection, derived: sqlite3.Connection) -> tuple[str, ...]:
    """Names of the projections that are not, row by row, what they should be."""
    return tuple(table.name for table in schema.PROJECTIONS if not _equal(stored, derived, table))


def _equal(stored: sqlite3.Connection, derived: sqlite3.Connection, table: Table) -> bool:
    try:
        with closing(stored.cursor()), closing(derived.cursor()):
            one, other = all_rows(stored, table), all_rows(derived, table)
            return all(a == b for a, b in zip(one, other, strict=True))
    except ValueError:
        return False  # one has more rows
    except sqlite3.Error as error:
        if is_spoilt_text(error):
            return False
        raise


def put_in_place(stored: sqlite3.Connection, derived: sqlite3.Connection) -> None:
    """Make the stored projections what they should be, within the present transaction of `stored`.

    Raises:
        sqlite3.Error: as the driver says it.
    """
    for table in schema.PROJECTIONS:
        stored.execute(sql_of(delete(table)))
        columns = columns_of(table)
        rows = (dict(zip(columns, row, strict=True)) for row in all_rows(derived, table))
        stored.executemany(sql_of(insert(table)), rows)


def seed(driver: sqlite3.Connection, part: Part) -> None:
    """Put sealed rows where they stood. A column that came later has its default. Raises
    sqlite3.Error.
    """
    driver.executemany(_seeding(part.table, part.columns), part.rows)


@cache
def _seeding(name: str, columns: tuple[str, ...]) -> str:
    """Takes rows as they are, value by value: there may be very many."""
    table = schema.metadata.tables[name]
    statement = insert(table).values({name: bindparam(name) for name in columns})
    places = {column: f"?{place}" for place, column in enumerate(columns, start=1)}
    return _PARAMETER.sub(lambda found: places[found[1]], sql_of(statement))


def _is_long(beginning: SealedSet) -> bool:
    return sum(len(part.rows) for part in beginning.parts) > _MANY_ROWS


def _make_empty(driver: sqlite3.Connection, *, indexed: bool) -> None:
    """Empty projections, as the journal file has them: copied, for SQLite reads a page of them sooner
    than it understands what makes them.
    """
    driver.execute("PRAGMA journal_mode=OFF")
    driver.execute("PRAGMA synchronous=OFF")
    driver.execute(f"PRAGMA cache_size=-{_CACHE_KIB}")
    with closing(sqlite3.connect(":memory:")) as pattern:
        pattern.deserialize(_pattern(indexed=indexed))
        pattern.backup(driver)


@cache
def _pattern(*, indexed: bool) -> bytes:
    with closing(sqlite3.connect(":memory:")) as pattern:
        pattern.executescript(_tables())
        if indexed:
            pattern.executescript(_indexes())
        return pattern.serialize()


@cache
def _tables() -> str:
    return ";\n".join(sql_of(CreateTable(table)) for table in schema.PROJECTIONS)


@cache
def _indexes() -> str:
    found = (index for table in schema.PROJECTIONS for index in sorted(table.indexes, key=_name))
    return ";\n".join(sql_of(CreateIndex(index)) for index in found)


def _name(index: Index) -> str:
    return str(index.name)
