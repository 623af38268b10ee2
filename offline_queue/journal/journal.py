"""The one writer of the journal.

`append` makes records durable, together with what follows from them, in one transaction; when it has
returned, the records survive a power cut. An error at commit means *unknown*: the journal reopens the
file and reads back before it says that a write failed. It must be used by one thread only.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, insert, select, update
from sqlalchemy.exc import DBAPIError

from offline_queue.journal import projections, schema
from offline_queue.journal.chain import GENESIS, ChainKey, Mac, same
from offline_queue.journal.engine import check_settings, journal_engine, quick_check
from offline_queue.journal.errors import (
    JournalDamagedError,
    JournalUnavailableError,
    JournalWriteError,
)
from offline_queue.journal.records import JournalRecord, to_text


@dataclass(frozen=True, slots=True)
class _Head:
    seq: int
    mac: Mac


class Journal:
    """The open journal of one terminal.

    Args:
        path: the SQLite file; made if it does not exist, in a folder that must exist.
        key: the terminal's secret for the chain.

    Raises:
        JournalUnavailableError: the file cannot be opened with durable settings.
        JournalDamagedError: the file is broken or the chain's end does not fit the key.
    """

    def __init__(self, path: Path, key: ChainKey) -> None:
        self._path = path
        self._key = key
        self._engine: Engine = journal_engine(path)
        self._connection, self._head = self._open()

    @property
    def path(self) -> Path:
        """Where the journal lies."""
        return self._path

    def close(self) -> None:
        """Close the file; SQLite folds the write-ahead log into it."""
        self._connection.close()
        self._engine.dispose()

    def append(self, *records: JournalRecord, at: datetime) -> None:
        """Make these records durable, all or none, in this order.

        Args:
            *records: what happened, or is about to.
            at: wall-clock time for people, zone-aware. Order comes from the sequence, never from it.

        Raises:
            JournalWriteError: they are not in the journal.
            JournalUnavailableError: the journal cannot even be read now.
        """
        rows, head = self._link(records, at)
        try:
            with self._connection.begin():
                self._write(records, rows, head)
        except (DBAPIError, sqlite3.Error, OSError) as error:
            self._find_out(head, error)
        self._head = head

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """The connection for queries, in a transaction of its own.

        Raises:
            JournalUnavailableError: the file cannot be read.
        """
        try:
            with self._connection.begin():
                yield self._connection
        except (DBAPIError, sqlite3.Error) as error:
            raise JournalUnavailableError(self._path, _first_line(error)) from error

    def next_number(self, name: str) -> int:
        """The next payment or receipt number (`projections.PAYMENT_NUMBER`, `RECEIPT_NUMBER`)."""
        with self.reading() as connection:
            return projections.next_number(connection, name)

    def reopen(self) -> None:
        """Close and open again, after an input/output error has made the old connection doubtful.

        Raises:
            JournalUnavailableError, JournalDamagedError: as on construction.
        """
        try:
            self._connection.close()
        except (DBAPIError, sqlite3.Error):
            self._connection.invalidate()
        self._connection, self._head = self._open()

    def _open(self) -> tuple[Connection, _Head]:
        try:
            connection = self._engine.connect()
        except (DBAPIError, sqlite3.Error) as error:
            raise _opening_error(self._path, error) from error
        try:
            check_settings(connection, self._path)
            self._check_structure(connection)
            head = self._check_head(connection)
        except (DBAPIError, sqlite3.Error) as error:
            connection.close()
            raise _opening_error(self._path, error) from error
        except Exception:
            connection.close()
            raise
        return connection, head

    def _check_structure(self, connection: Connection) -> None:
        found = quick_check(connection)
        if found != "ok":
            raise JournalDamagedError(self._path, found)
        # Reading a pragma begins a transaction in SQLAlchemy; end it before one of our own.
        version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
        connection.rollback()
        if version > schema.SCHEMA_VERSION:
            raise JournalUnavailableError(
                self._path, f"written by a later program (schema {version}); update the terminal"
            )
        if version == 0:
            with connection.begin():
                schema.metadata.create_all(connection)
                connection.execute(insert(schema.head).values(id=1, seq=0, mac=GENESIS))
                connection.exec_driver_sql(f"PRAGMA user_version={schema.SCHEMA_VERSION}")

    def _check_head(self, connection: Connection) -> _Head:
        with connection.begin():
            seq, mac = connection.execute(select(schema.head.c.seq, schema.head.c.mac)).one()
            last = connection.execute(
                select(schema.record).order_by(schema.record.c.seq.desc()).limit(2)
            ).all()
        if not last:
            if seq != 0 or not same(mac, GENESIS):
                raise JournalDamagedError(self._path, "records are missing at the end")
            return _Head(0, GENESIS)
        row = last[0]
        previous = Mac(last[1].mac) if len(last) == 2 else GENESIS
        expected = self._key.link(previous, row.seq, row.at, row.body)
        if row.seq != seq or not same(row.mac, mac) or not same(expected, mac):
            raise JournalDamagedError(
                self._path, f"the chain breaks at record {row.seq}, or the key is another one"
            )
        return _Head(seq, Mac(mac))

    def _link(
        self, records: tuple[JournalRecord, ...], at: datetime
    ) -> tuple[list[dict[str, object]], _Head]:
        stamp = at.astimezone(UTC).isoformat(timespec="milliseconds")
        rows: list[dict[str, object]] = []
        seq, mac = self._head.seq, self._head.mac
        for record in records:
            seq += 1
            body = to_text(record)
            mac = self._key.link(mac, seq, stamp, body)
            rows.append({"seq": seq, "at": stamp, "body": body, "mac": mac})
        return rows, _Head(seq, mac)

    def _write(
        self, records: tuple[JournalRecord, ...], rows: list[dict[str, object]], head: _Head
    ) -> None:
        for record, row in zip(records, rows, strict=True):
            self._connection.execute(insert(schema.record), row)
            projections.apply(self._connection, int(str(row["seq"])), record)
        self._connection.execute(
            update(schema.head).where(schema.head.c.id == 1).values(seq=head.seq, mac=head.mac)
        )

    def _find_out(self, wanted: _Head, error: Exception) -> None:
        """After an error nobody knows: reopen and look whether the commit went through."""
        self.reopen()
        if self._head.seq == wanted.seq and same(self._head.mac, wanted.mac):
            return
        raise JournalWriteError(
            f"journal {self._path}: could not write ({_first_line(error)}); "
            "check free space and the disk"
        ) from error


def _opening_error(path: Path, error: Exception) -> JournalUnavailableError | JournalDamagedError:
    original = getattr(error, "orig", error)
    code = getattr(original, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return JournalDamagedError(path, _first_line(error))
    return JournalUnavailableError(path, _first_line(error))


def _first_line(error: Exception) -> str:
    return str(getattr(error, "orig", error)).splitlines()[0]
