"""The one writer of the journal.

`append` makes records durable, together with what follows from them, in one transaction; when it has
returned, the records survive a power cut. An error at commit means *unknown*: the journal reopens the
file and reads back before it says that a write failed. It must be used by one thread only.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple, TypeVar

from sqlalchemy import Connection, Engine, bindparam, delete, insert, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from offline_queue.journal import projections, schema
from offline_queue.journal.chain import ChainKey, Mac, same
from offline_queue.journal.chain_end import ChainEnd
from offline_queue.journal.engine import (
    begin,
    commit,
    driver_of,
    journal_engine,
)
from offline_queue.journal.errors import JournalUnavailableError, JournalWriteError
from offline_queue.journal.indexes import INDEXES
from offline_queue.journal.journal_file import (
    FILE_ERRORS,
    JournalFile,
    first_line,
    opening_error,
)
from offline_queue.journal.prepared import Prepared
from offline_queue.journal.records import DeviceNoted, JournalPruned, JournalRecord, to_text
from offline_queue.journal.replay import Replay, put_in_place
from offline_queue.journal.start_check import StartCheck, check_at_start

_ADD_RECORD = Prepared(insert(schema.record))
_MOVE_HEAD = Prepared(
    update(schema.head)
    .where(schema.head.c.id == 1, schema.head.c.seq == bindparam("after"))
    .values(seq=bindparam("to"), seal=bindparam("seal"))
)
_REMOVE_RECORDS = Prepared(delete(schema.record).where(schema.record.c.seq <= bindparam("up_to")))

BesideWork = Callable[[sqlite3.Connection], None]
"""Writes within a transaction that is the journal's; raises sqlite3.Error."""

_T = TypeVar("_T")


class _Row(NamedTuple):
    seq: int
    at: str
    body: str
    mac: Mac


class Journal:
    """The open journal of one terminal.

    Args:
        path: the SQLite file; made if it does not exist, in a folder that must exist.
        key: the terminal's secret for the chain.
        now: the time of the one record that opening may write by itself, when projections had to be
            put right; without it, the time of the last record.

    Attributes:
        start: what the check at this start has looked at.

    Raises:
        JournalUnavailableError: the file cannot be opened with durable settings.
        JournalDamagedError: the file is broken or the chain's end does not fit the key.
    """

    def __init__(
        self, path: Path, key: ChainKey, *, now: Callable[[], datetime] | None = None
    ) -> None:
        self._path = path
        self._key = key
        self._engine: Engine = journal_engine(path)
        self._closed = False
        self._file = JournalFile(path=path, key=key, engine=self._engine)
        self._connection, self._head = self._file.open(None)
        self._driver = driver_of(self._connection)
        self.start = self._check_start(now)

    @property
    def path(self) -> Path:
        """Where the journal lies."""
        return self._path

    @property
    def end(self) -> ChainEnd:
        """The last record's place and HMAC; place 0 before the first."""
        return self._head

    @property
    def key(self) -> ChainKey:
        """The terminal's secret, for what is sealed beside the chain."""
        return self._key

    def close(self) -> None:
        """Close the file for good; SQLite folds the write-ahead log into it."""
        self._closed = True
        self._connection.close()
        self._engine.dispose()

    def append(self, *records: JournalRecord, at: datetime) -> None:
        """Make these records durable, all or none, in this order.

        Args:
            *records: what happened, or is about to. Without any there is nothing to do.
            at: wall-clock time for people, zone-aware. Order comes from the sequence, never from it.

        Raises:
            JournalWriteError: they are not in the journal.
            JournalUnavailableError, JournalDamagedError: the journal cannot even be read now, so
                nobody knows whether they are in it.
            ValueError: `at` has no zone, or the text of a record is not text.
        """
        if records:
            self._append(records, at)

    def prune(self, record: JournalPruned, *, at: datetime, keep: BesideWork) -> None:
        """Remove the records that `record` tells of, in the transaction that writes it.

        Args:
            record: checked by the caller: up to there everything has ended.
            at: as of `append`.
            keep: writes what outlives the removed records.

        Raises:
            JournalError, ValueError: as `append`.
        """

        def remove(driver: sqlite3.Connection) -> None:
            _REMOVE_RECORDS.run(driver, up_to=record.up_to)
            keep(driver)

        if record.up_to >= self._head.seq:
            raise ValueError("the end of the chain cannot be removed")
        self._append((record,), at, remove)

    def _append(
        self, records: tuple[JournalRecord, ...], at: datetime, beside: BesideWork | None = None
    ) -> None:
        if self._connection.closed:
            self._look_again()
        driver = self._driver
        rows, head = self._link(records, at)
        try:
            begin(driver)
            self._write(driver, records, rows, head)
            if beside is not None:
                beside(driver)
            commit(driver)
        except (*FILE_ERRORS, OSError) as error:
            self._find_out(head, error)
        except BaseException:
            driver.rollback()
            raise
        self._head = head

    def put_right(self, replay: Replay, differed: tuple[str, ...], *, at: datetime) -> None:
        """Put derived projections in the place of stored ones that differ, make indexes anew, and
        tell of it, all in one transaction. `replay` has taken every record. Raises JournalError.
        """
        told = ", ".join(differed)
        noted = DeviceNoted(device="journal", event="projections put right", detail=told)

        def mend(driver: sqlite3.Connection) -> None:
            if set(differed) - {INDEXES}:
                put_in_place(driver, replay.driver)
            driver.execute("REINDEX")

        self._append((noted,), at, mend)

    def write_beside(self, work: BesideWork) -> None:
        """Make something durable that is no record and no projection: sealed sets.

        Raises:
            JournalWriteError: it is not, or nobody knows; nothing else has changed.
            JournalUnavailableError, JournalDamagedError: the journal cannot even be read now.
        """
        if self._connection.closed:
            self._look_again()
        driver = self._driver
        try:
            begin(driver)
            work(driver)
            commit(driver)
        except (*FILE_ERRORS, OSError) as error:
            self.reopen()
            raise self._not_written(error) from error
        except BaseException:
            driver.rollback()
            raise

    def at_rest(self, work: Callable[[sqlite3.Connection], _T]) -> _T:
        """Let `work` use the driver's connection outside of any transaction: checkpoints, vacuum,
        reading in steps.

        Raises:
            JournalUnavailableError, JournalDamagedError: the file cannot be used.
        """
        if self._connection.closed:
            self._look_again()
        try:
            return work(self._driver)
        except FILE_ERRORS as error:
            raise opening_error(self._path, error) from error

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """The connection for queries, in a transaction of its own.

        Raises:
            JournalUnavailableError, JournalDamagedError: the file cannot be read.
        """
        if self._connection.closed:
            self._look_again()
        connection, driver = self._connection, self._driver
        try:
            # Begun past SQLAlchemy: prepared questions need nothing of it. It joins in at the first
            # statement of its own, and is then told of the end.
            begin(driver)
            try:
                yield connection
                (connection if connection.in_transaction() else driver).commit()
            except BaseException:
                (connection if connection.in_transaction() else driver).rollback()
                raise
        except FILE_ERRORS as error:
            raise opening_error(self._path, error) from error

    def next_number(self, name: str) -> int:
        """The next payment or receipt number (`numbering.PAYMENT_NUMBER`, `RECEIPT_NUMBER`)."""
        with self.reading() as connection:
            return projections.next_number(connection, name)

    def reopen(self) -> None:
        """Close and open again, after an input/output error has made the old connection doubtful.

        Raises:
            JournalUnavailableError, JournalDamagedError: as on construction, and where the file is
                not there any more or does not hold the end that is known; nothing is made anew.
        """
        try:
            self._connection.close()
        except (DBAPIError, sqlite3.Error):
            self._connection.invalidate()
        self._look_again()

    def _look_again(self) -> None:
        """Open the file anew; needed also when an earlier attempt to reopen has failed."""
        if self._closed:
            raise JournalUnavailableError(self._path, "it was closed")
        self._connection, self._head = self._file.open(self._head)
        self._driver = driver_of(self._connection)

    def _link(
        self, records: tuple[JournalRecord, ...], at: datetime
    ) -> tuple[list[_Row], ChainEnd]:
        if at.tzinfo is None:
            raise ValueError("the time of a record needs a zone")
        stamp = (at if at.tzinfo is UTC else at.astimezone(UTC)).isoformat(timespec="milliseconds")
        rows: list[_Row] = []
        seq, mac = self._head.seq, self._head.mac
        for record in records:
            seq += 1
            body = to_text(record)
            mac = self._key.link(mac, seq, stamp, body)
            rows.append(_Row(seq, stamp, body, mac))
        return rows, ChainEnd(seq, mac)

    def _write(
        self,
        driver: sqlite3.Connection,
        records: tuple[JournalRecord, ...],
        rows: list[_Row],
        head: ChainEnd,
    ) -> None:
        for record, row in zip(records, rows, strict=True):
            _ADD_RECORD.run(driver, seq=row.seq, at=row.at, body=row.body, mac=row.mac)
            projections.apply(driver, row.seq, record, row.body)
        seal = self._key.seal(head.seq, head.mac)
        if _MOVE_HEAD.run(driver, to=head.seq, seal=seal, after=self._head.seq) != 1:
            raise sqlite3.IntegrityError("the end of the chain is not where it was left")

    def _find_out(self, wanted: ChainEnd, error: Exception) -> None:
        """After an error nobody knows: reopen and look whether the commit went through."""
        self.reopen()
        if self._head.seq == wanted.seq and same(self._head.mac, wanted.mac):
            return
        raise self._not_written(error) from error

    def _not_written(self, error: Exception) -> JournalWriteError:
        advice = "check free space and the disk"
        if isinstance(error, IntegrityError | sqlite3.IntegrityError):
            advice = "it contradicts what is recorded already"
        return JournalWriteError(
            f"journal {self._path}: could not write ({first_line(error)}); {advice}"
        )

    def _check_start(self, now: Callable[[], datetime] | None) -> StartCheck:
        def repair(replay: Replay, differed: tuple[str, ...]) -> None:
            self.put_right(replay, differed, at=now() if now else self._last_time())

        try:
            return check_at_start(
                self._driver, self._key, self._path, end=self._head.seq, repair=repair
            )
        except FILE_ERRORS as error:
            self._connection.close()
            raise opening_error(self._path, error) from error
        except Exception:
            self._connection.close()
            raise

    def _last_time(self) -> datetime:
        (at,) = self._driver.execute("SELECT at FROM record ORDER BY seq DESC LIMIT 1").fetchone()
        return datetime.fromisoformat(at)
