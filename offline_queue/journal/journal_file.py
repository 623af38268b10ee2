"""Opening the journal's file for writing: durable settings, today's form, and an end that is proved.

A journal is made at the first opening alone. Once its end is known, an opening must find a chain
that holds it: a disk that dropped out leaves an empty folder behind, in which SQLite would begin a
new file without a word, and the terminal would give its numbers again.
"""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, insert
from sqlalchemy.exc import DBAPIError

from offline_queue.journal import schema
from offline_queue.journal.chain import GENESIS, ChainKey, same
from offline_queue.journal.chain_end import ChainEnd, read_end
from offline_queue.journal.engine import (
    check_settings,
    driver_of,
    is_spoilt_text,
    quick_check,
    schema_version,
)
from offline_queue.journal.errors import JournalDamagedError, JournalUnavailableError
from offline_queue.journal.privacy import take_from_others

# The driver says the last one when what it read, be it a name for its message, is no text any more.
FILE_ERRORS = (DBAPIError, sqlite3.Error, UnicodeDecodeError)
"""How the use of the file fails."""

_GONE = "is not there any more; bring back its disk, or start the terminal anew"


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalFile:
    """The file at `path`, opened by connections of `engine`."""

    path: Path
    key: ChainKey
    engine: Engine

    def open(self, known: ChainEnd | None) -> tuple[Connection, ChainEnd]:
        """Open it.

        Args:
            known: the end that it had when it was last open; None at the first opening, which makes
                a file that is not there.

        Returns:
            The connection and the end of the chain.

        Raises:
            JournalUnavailableError: it cannot be opened with durable settings, or is not there any
                more, or is another one than the one that was open.
            JournalDamagedError: it is broken, or its end does not fit the key.
        """
        if known is not None:
            self._must_be_there()
        try:
            connection = self.engine.connect()
        except FILE_ERRORS as error:
            raise opening_error(self.path, error) from error
        try:
            check_settings(connection, self.path)
            self._check_structure(connection, may_create=known is None)
            end = self._end(connection, known)
        except FILE_ERRORS as error:
            connection.close()
            raise opening_error(self.path, error) from error
        except Exception:
            connection.close()
            raise
        take_from_others(self.path)
        return connection, end

    def _must_be_there(self) -> None:
        """Before SQLite is let near: it makes a file that is missing, and throws away the log beside
        an empty one.
        """
        try:
            size = self.path.stat().st_size
        except OSError as error:
            raise JournalUnavailableError(self.path, f"{_GONE} ({error.strerror})") from error
        if size == 0:
            raise JournalUnavailableError(self.path, f"{_GONE} (an empty file is in its place)")

    def _check_structure(self, connection: Connection, *, may_create: bool) -> None:
        found = quick_check(connection)
        if found != "ok":
            raise JournalDamagedError(self.path, found)
        version = schema_version(connection)
        if version > schema.SCHEMA_VERSION:
            raise JournalUnavailableError(
                self.path, f"written by a later program (schema {version}); update the terminal"
            )
        if version == 0:
            if not may_create:
                raise JournalUnavailableError(self.path, _GONE)
            self._create(connection)
        elif version < schema.SCHEMA_VERSION:
            # Alembic is slow to load, and most starts have no need of it.
            from offline_queue.journal.upgrade import upgrade

            self._end(connection, None)
            upgrade(connection, self.path, self.key, version)

    def _create(self, connection: Connection) -> None:
        with connection.begin():
            if connection.exec_driver_sql("SELECT 1 FROM sqlite_master LIMIT 1").first():
                raise JournalDamagedError(self.path, "it holds something that is no journal")
            schema.metadata.create_all(connection)
            seal = self.key.seal(0, GENESIS)
            connection.execute(insert(schema.head).values(id=1, seq=0, seal=seal))
            connection.exec_driver_sql(f"PRAGMA user_version={schema.SCHEMA_VERSION}")

    def _end(self, connection: Connection, known: ChainEnd | None) -> ChainEnd:
        with connection.begin():
            driver = driver_of(connection)
            end = read_end(driver, self.key, self.path)
            if known is not None and not holds(driver, known):
                raise JournalUnavailableError(
                    self.path,
                    f"it does not hold record {known.seq} as it was written: another file is in its "
                    "place; bring back its disk, or start the terminal anew",
                )
            return end


def holds(driver: sqlite3.Connection, known: ChainEnd) -> bool:
    """Whether this chain goes through that end. Raises sqlite3.Error."""
    if known.seq == 0:
        return True
    row = driver.execute("SELECT mac FROM record WHERE seq = ?", (known.seq,)).fetchone()
    return row is not None and isinstance(row[0], bytes) and same(row[0], known.mac)


def opening_error(path: Path, error: Exception) -> JournalUnavailableError | JournalDamagedError:
    """What an error of SQLite's at the file at `path` says of the journal."""
    original = getattr(error, "orig", error)
    code = getattr(original, "sqlite_errorcode", 0) & 0xFF
    if is_spoilt_text(error) or code in (
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_NOTADB,
    ):
        return JournalDamagedError(path, first_line(error))
    return JournalUnavailableError(path, first_line(error))


def first_line(error: Exception) -> str:
    """The error in one line, which shows nothing that was stored."""
    if is_spoilt_text(error):
        return "something stored as text is no text any more"  # the driver would show all of it
    lines = str(getattr(error, "orig", error)).splitlines()
    return lines[0] if lines else type(error).__name__
