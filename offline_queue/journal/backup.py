"""Copies of a journal in use, and the few of them that are kept.

A copy is read by a connection of its own that can only read. That is safe beside the terminal's, also
with SQLite before 3.51.3: the defect of those needs two connections that write or fold the log in at
one moment, and this one does neither (facts sheet storage B2). While it reads, the log cannot begin
anew; it grows by what is recorded in that second. A copy counts once its structure and the end of its
chain have been proved; until then it has another name.
"""

import re
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from offline_queue.journal.chain import GENESIS, ChainKey, Mac, same
from offline_queue.journal.copies import CopyFailedError, copy_whole
from offline_queue.journal.engine import reading_driver
from offline_queue.journal.folders import sync_folder

_STAMP = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A copy in the folder. `number` counts copies, so that their order is no matter of the clock."""

    number: int
    at: datetime
    path: Path


def back_up(journal: Path, key: ChainKey, to: Path) -> int:
    """Copy the journal to a new file `to` and prove the copy; the number of its last record.

    Raises:
        sqlite3.Error: the journal cannot be read.
        OSError: `to` cannot be written, or is there already.
        CopyFailedError: the copy is not what was to be copied; there is no file `to`.
    """
    with closing(reading_driver(journal)) as source:
        copy_whole(source, to, partial(_prove_end, key))
    with closing(reading_driver(to)) as copied:
        (last,) = copied.execute("SELECT seq FROM head").fetchone()
    return int(last)


def backups(folder: Path, journal: Path) -> tuple[Backup, ...]:
    """The copies of this journal in `folder`, oldest first. Raises OSError."""
    form = re.compile(re.escape(journal.stem) + r"\.backup-(\d{6,})-(\d{8}T\d{6}Z)\.db")
    found = [
        Backup(
            number=int(match[1]),
            at=datetime.strptime(match[2], _STAMP).replace(tzinfo=UTC),
            path=one,
        )
        for one in folder.iterdir()
        if (match := form.fullmatch(one.name)) is not None
    ]
    return tuple(sorted(found, key=lambda one: one.number))


def is_due(made: tuple[Backup, ...], now: datetime, every: timedelta) -> bool:
    """Whether another copy is wanted; a last one that lies in the future tells of a wrong clock."""
    return not made or not timedelta(0) <= now - made[-1].at < every


def next_generation(
    folder: Path, journal: Path, key: ChainKey, *, now: datetime, keep: int, spare_bytes: int
) -> Backup:
    """Make the next copy in `folder` and remove those before the last `keep`, and what a copy that
    was cut off has left. A copy of another journal, as of one that was set aside, is never removed:
    it may be the last good one.

    Args:
        folder: must be there: one that is not is, more often than not, a disk that is not there.
        journal: what to copy.
        key: the terminal's secret.
        now: the time of the clock, for the copy's name.
        keep: how many copies stay.
        spare_bytes: what must be free in `folder` after it.

    Raises:
        sqlite3.Error, OSError, CopyFailedError: there is no new copy; the old ones stand.
    """
    made = backups(folder, journal)
    for draft in folder.glob(f"{journal.stem}.backup-*.db.new*"):
        draft.unlink(missing_ok=True)
    _need_room(folder, journal, spare_bytes)
    number = made[-1].number + 1 if made else 1
    name = f"{journal.stem}.backup-{number:06}-{now.astimezone(UTC).strftime(_STAMP)}.db"
    back_up(journal, key, folder / name)
    fresh = Backup(number=number, at=now, path=folder / name)
    for one in [*(one for one in made if _went_on(one.path, fresh.path)), fresh][:-keep]:
        one.path.unlink()
    sync_folder(folder)
    return fresh


def _went_on(earlier: Path, later: Path) -> bool:
    """Whether the later copy holds the end of the earlier one: of the same journal, gone on. What
    cannot be read, or was pruned meanwhile, cannot be told.
    """
    try:
        with closing(reading_driver(earlier)) as one, closing(reading_driver(later)) as other:
            end = one.execute("SELECT seq, mac FROM record ORDER BY seq DESC LIMIT 1").fetchone()
            if end is None:
                return True  # nothing is in it
            found = other.execute("SELECT mac FROM record WHERE seq = ?", end[:1]).fetchone()
            return found is not None and found[0] == end[1]
    except sqlite3.Error:
        return False


def _need_room(folder: Path, journal: Path, spare_bytes: int) -> None:
    free = shutil.disk_usage(folder).free
    needed = journal.stat().st_size + spare_bytes
    if free < needed:
        raise CopyFailedError(f"{folder}: {free} bytes are free, {needed} are needed")


def _prove_end(key: ChainKey, copied: sqlite3.Connection) -> None:
    """The chain's end, as the terminal checks it when it opens a journal."""
    seq, seal = copied.execute("SELECT seq, seal FROM head").fetchone() or (None, b"")
    query = "SELECT seq, at, body, mac FROM record ORDER BY seq DESC LIMIT 2"
    last = copied.execute(query).fetchall()
    mac = GENESIS
    if len(last) == 2 or (last and last[0][0] == 1):
        before = Mac(last[1][3]) if len(last) == 2 else GENESIS
        mac = key.link(before, *last[0][:3])
    elif last:
        mac = Mac(last[0][3])  # all before it was pruned; the seal speaks for it
    place = last[0][0] if last else 0
    if place != seq or (last and not same(mac, last[0][3])) or not same(seal, key.seal(place, mac)):
        raise CopyFailedError("the end of the copy's chain does not fit: the journal or its key")
