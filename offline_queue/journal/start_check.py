"""Do the projections follow from the records? Asked at every start, before anything is believed.

With a sealed snapshot at hand only the records after it are taken, and live rows are compared: that
costs the same however long the journal is. A snapshot that is missing, spoilt or contradicted is no
damage: then everything is derived anew from the records. Only a broken chain is damage. Settled
history is not looked at here; the check of the quiet hours and `kiosk journal verify` do that.
"""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import structlog

from offline_queue.journal import schema
from offline_queue.journal.chain import ChainKey, same
from offline_queue.journal.engine import is_spoilt_text
from offline_queue.journal.errors import JournalDamagedError, JournalUnavailableError
from offline_queue.journal.indexes import INDEXES, index_faults
from offline_queue.journal.live import digested, live_rows, long_texts
from offline_queue.journal.rebuild import RebuildStoppedError, UnknownRecordError
from offline_queue.journal.replay import (
    ChainBrokenError,
    Replay,
    TemporaryFolderError,
    differing,
    rows_between,
)
from offline_queue.journal.sealed import Purpose, SealBrokenError, SealedSet, load

_log = structlog.get_logger(__name__)

_AT_A_TIME = 50_000
"""Records between two signs of progress while everything is derived anew."""

Repair = Callable[[Replay, tuple[str, ...]], None]
"""Puts derived projections in the place of the stored ones that differ."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StartCheck:
    """What a start has looked at.

    Attributes:
        snapshot: the place of the snapshot that was used; None when all records were taken.
        records: how many records were taken.
        differed: projections that were not what they should be, and were put right; `indexes` among
            them when an index did not hold what its table holds.
    """

    snapshot: int | None
    records: int
    differed: tuple[str, ...]


def check_at_start(
    driver: sqlite3.Connection, key: ChainKey, path: Path, *, end: int, repair: Repair
) -> StartCheck:
    """Hold the stored projections against the records up to place `end`.

    Raises:
        JournalDamagedError: the chain is broken, or what outlives pruned records is.
        JournalUnavailableError: there is no room to look, or a later program wrote what this one
            does not know; the journal may be sound.
        sqlite3.Error, UnicodeDecodeError: the file cannot be read.
    """
    try:
        taken, why = _by_snapshot(driver, key, end)
        if taken is not None:
            return taken
        if end > _AT_A_TIME:
            _log.warning("journal_derived_anew", why=why, records=end)
        return _by_records(driver, key, path, end, repair)
    except UnknownRecordError as error:
        # The chain holds up to it. To set the journal aside would cost its payments their delivery.
        why = f"{error}; written by a later program? update the terminal"
        raise JournalUnavailableError(path, why) from error
    except (ChainBrokenError, RebuildStoppedError, SealBrokenError) as error:
        raise JournalDamagedError(path, str(error)) from error
    except TemporaryFolderError as error:
        raise JournalUnavailableError(path, f"it cannot be checked; {error}") from error


def _by_snapshot(
    driver: sqlite3.Connection, key: ChainKey, end: int
) -> tuple[StartCheck | None, str]:
    """What the snapshot says; None, with the reason, when the records must be asked."""
    try:
        snapshot = load(driver, key, Purpose.SNAPSHOT)
    except SealBrokenError as error:
        _log.error("journal_snapshot_broken", why=str(error))  # noqa: TRY400 - no bug of ours
        return None, str(error)
    if snapshot is None:
        return None, "there is no snapshot yet"
    if not _stands_in_the_chain(driver, snapshot):
        _log.error("journal_snapshot_broken", why="it is of another journal, or of another time")
        return None, "the snapshot does not belong to these records"
    try:
        with closing(Replay(key, snapshot)) as replay:
            taken = replay.take(rows_between(driver, snapshot.place, end))
            differ = _live_differing(driver, replay)
    except RebuildStoppedError as error:
        return None, str(error)
    if differ:
        return None, f"live rows differ: {', '.join(differ)}"
    return StartCheck(snapshot=snapshot.place, records=taken, differed=()), ""


def _stands_in_the_chain(driver: sqlite3.Connection, snapshot: SealedSet) -> bool:
    query = "SELECT mac FROM record WHERE seq = ?"
    found = driver.execute(query, (snapshot.place,)).fetchone()
    return found is not None and isinstance(found[0], bytes) and same(found[0], snapshot.mac)


def _live_differing(driver: sqlite3.Connection, replay: Replay) -> tuple[str, ...]:
    return tuple(
        table.name for table in schema.PROJECTIONS if not _live_equal(driver, replay, table.name)
    )


def _live_equal(driver: sqlite3.Connection, replay: Replay, name: str) -> bool:
    table = schema.metadata.tables[name]
    texts = long_texts(table)
    try:
        stored = live_rows(driver, table)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        if is_spoilt_text(error):
            return False
        raise
    derived = live_rows(replay.driver, table)
    return stored.keys() == derived.keys() and all(
        digested(row, texts) == digested(derived[key], texts, seeded=True)
        for key, row in stored.items()
    )


def _by_records(
    driver: sqlite3.Connection, key: ChainKey, path: Path, end: int, repair: Repair
) -> StartCheck:
    base = load(driver, key, Purpose.BASE)
    with closing(Replay(key, base)) as replay:
        begin = replay.place
        while replay.take(rows_between(driver, replay.place, replay.place + _AT_A_TIME)):
            if end > _AT_A_TIME:
                _log.info("journal_deriving", record=replay.place, of=end)
        if replay.place != end:
            raise ChainBrokenError(replay.place + 1, "is missing")
        replay.must_tell_of(base)
        differ = differing(driver, replay.driver)
        if any(index_faults(driver)):
            differ = (*differ, INDEXES)
        if differ:
            _log.error("journal_projections_differed", projections=differ, records=end)
            repair(replay, differ)
            if fault := next(filter(None, index_faults(driver)), None):
                raise JournalDamagedError(path, fault)
        return StartCheck(snapshot=None, records=replay.place - begin, differed=differ)
