"""Removing the journal's beginning once all of it has ended, in small steps.

The records that go are first proved by the chain, applied to a copy of the projections as they stood
before them, and kept in an archive where one is wanted. What outlives them is sealed as the new base;
then one transaction writes the record that tells of it, removes the records, and lets go of what has
ended. A power cut at any point leaves the journal before or after that transaction. It must never
remove what the backend has not answered finally, or what is not collected.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from pathlib import Path

import structlog

from offline_queue.journal import archive, pruning, queries, schema
from offline_queue.journal.age import LivedBack, time_of
from offline_queue.journal.errors import JournalDamagedError
from offline_queue.journal.journal import Journal
from offline_queue.journal.live import all_parts
from offline_queue.journal.rebuild import RebuildStoppedError
from offline_queue.journal.records import JournalPruned
from offline_queue.journal.replay import (
    ChainBrokenError,
    Replay,
    StoredRow,
    in_temporary_folder,
    rows_between,
)
from offline_queue.journal.sealed import Part, Purpose, SealBrokenError, Sealer, load

_log = structlog.get_logger(__name__)

RECORDS_A_STEP = 150
ROWS_A_STEP = 300
RECORDS_A_PRUNE = 600
"""Removing so many records takes about as long as a few commits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """What may go.

    Attributes:
        older_than: records of this time and later stay; zone-aware.
        lived: records stay that lie back less than that by `age.LivedBack`, whatever their time.
        up_to: records after this place stay, whatever their age.
        archive: where removed records are kept; None: nowhere.
    """

    older_than: datetime
    up_to: int
    archive: Path | None = None
    lived: timedelta = timedelta(0)


class PruneWork:
    """Removes what may go, a block of records at a time. After an error it is of no use any more.

    Attributes:
        removed: how many records went so far.
    """

    def __init__(self, journal: Journal, retention: Retention) -> None:
        self._journal = journal
        self._retention = retention
        self._lived_back: LivedBack | None = None
        self._old_up_to: int | None = None
        self._replay: Replay | None = None
        self._block: list[StoredRow] = []
        self._parts: Iterator[Part] | None = None
        self._sealer: Sealer | None = None
        self._terminal_id = ""
        self._archived = ""
        self._given_up = False
        self.removed = 0

    def close(self) -> None:
        """Forget what was prepared; what was removed is removed."""
        if self._replay is not None:
            self._replay.close()

    def step(self, now: datetime) -> bool:
        """Do a little more; True when nothing more may go.

        Raises:
            JournalError: the journal cannot be written, or is damaged; nothing was removed.
            ArchiveError: the records could not be kept elsewhere; nothing was removed.
            TemporaryFolderError: there is no room to work; nothing was removed.
        """
        try:
            if self._old_up_to is None:
                self._walk_back(now)
            elif self._replay is None:
                self._begin()
            elif self._sealer is not None:
                self._seal(now)
            elif not self._take(now):
                if not self._block:
                    return True
                self._prepare()
        except (ChainBrokenError, RebuildStoppedError, SealBrokenError) as error:
            raise JournalDamagedError(self._journal.path, str(error)) from error
        return self._given_up

    def _walk_back(self, now: datetime) -> None:
        """Find out what is old whatever the clock says."""
        if self._lived_back is None:
            self._lived_back = LivedBack(self._retention.lived, now, self._journal.end.seq)
        if self._journal.at_rest(self._lived_back.step):
            self._old_up_to = self._lived_back.place

    def _begin(self) -> None:
        """Start where the last pruning ended."""
        key = self._journal.key
        base = self._journal.at_rest(lambda driver: load(driver, key, Purpose.BASE))
        with in_temporary_folder():
            self._replay = Replay(key, base)
        with self._journal.reading() as connection:
            self._terminal_id = queries.terminal_of(connection)

    def _take(self, now: datetime) -> bool:
        """Take the next records that may go; False when the block is full or there are no more."""
        assert self._replay is not None
        room = min(RECORDS_A_STEP, RECORDS_A_PRUNE - len(self._block))
        if not room:
            return False
        place = self._replay.place
        last = min(place + room, self._limit())
        rows = self._journal.at_rest(lambda driver: list(rows_between(driver, place, last)))
        old = list(self._old(rows, now))
        with in_temporary_folder():
            self._replay.take(old)
        self._block.extend(old)
        return bool(old) and len(old) == room

    def _limit(self) -> int:
        """The last place that may go: never the end itself, and nothing that has not ended."""
        end = self._journal.end.seq - 1
        ended = self._journal.at_rest(lambda driver: pruning.last_ended(driver, end))
        return min(ended, self._retention.up_to, self._old_up_to or 0, end)

    def _old(self, rows: list[StoredRow], now: datetime) -> Iterator[StoredRow]:
        """Records up to the first that is too young. A clock that was wrong for a while must not
        bring younger ones into reach; one of the future says nothing of its age, and must not hold
        up all that follows.
        """
        for row in rows:
            if self._retention.older_than <= time_of(row[0], row[1]) <= now:
                return
            yield row

    def _prepare(self) -> None:
        """The block is chosen: keep it elsewhere, and begin to seal what outlives it."""
        assert self._replay is not None
        folder = self._retention.archive
        self._archived = archive.keep(folder, self._block) if folder else ""
        replay, key = self._replay, self._journal.key
        with in_temporary_folder():
            pruning.forget(replay.driver, replay.place)
        self._sealer = Sealer(key, Purpose.BASE, replay.place, replay.mac)
        self._parts = chain.from_iterable(
            all_parts(replay.driver, table, ROWS_A_STEP) for table in schema.PROJECTIONS
        )

    def _seal(self, now: datetime) -> None:
        """Write a few more rows of the new base; with the last ones the records go."""
        assert self._parts is not None
        parts: list[Part] = []
        while sum(len(part.rows) for part in parts) < ROWS_A_STEP:
            with in_temporary_folder():
                part = next(self._parts, None)
            if part is None:
                self._remove(parts, now)
                return
            parts.append(part)
        self._journal.write_beside(lambda driver: self._add(driver, parts))

    def _add(self, driver: sqlite3.Connection, parts: list[Part]) -> None:
        assert self._sealer is not None
        for part in parts:
            self._sealer.add(driver, part)

    def _remove(self, parts: list[Part], now: datetime) -> None:
        assert self._replay is not None
        assert self._sealer is not None
        replay, sealer = self._replay, self._sealer
        if replay.place > self._limit():
            # The backend has taken back an end that it had told.
            self._given_up = True
            return
        self._journal.write_beside(lambda driver: self._add(driver, parts))
        record = JournalPruned(
            up_to=replay.place,
            mac=replay.mac.hex(),
            kept=sealer.seal_at_end(self._terminal_id).hex(),
            archive=self._archived,
        )

        def keep(driver: sqlite3.Connection) -> None:
            sealer.end(driver, self._terminal_id)

        self._journal.prune(record, at=now, keep=keep)
        self.removed += len(self._block)
        _log.info("journal_pruned", up_to=replay.place, records=len(self._block))
        self._block, self._parts, self._sealer = [], None, None
