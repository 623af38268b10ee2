"""Whole copies of a journal, made by SQLite's own backup.

A journal in use is more than one file; copying `journal.db` alone loses what stands in the
write-ahead log (facts sheet storage B2). A copy appears under its name whole and durable, or not at
all, and never takes the place of another file.
"""

import errno
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from offline_queue.journal.folders import sync_folder
from offline_queue.journal.privacy import make_private


class CopyFailedError(Exception):
    """The copy is not what was to be copied."""


Proof = Callable[[sqlite3.Connection], None]
"""Looks into a finished copy; raises CopyFailedError."""


def copy_whole(source: sqlite3.Connection, to: Path, prove: Proof | None = None) -> None:
    """Copy the database behind `source`, outside of any transaction, to a new file `to`.

    In one step: it reads one moment of the source, and whoever writes there meanwhile goes on.

    Raises:
        sqlite3.Error, OSError: it cannot be read or written; `to` does not exist.
        CopyFailedError: the copy was made and is not sound; `to` does not exist.
        FileExistsError: `to` is taken.
    """
    draft = to.with_name(f"{to.name}.new")
    draft.unlink(missing_ok=True)
    make_private(draft)
    try:
        with closing(sqlite3.connect(draft, isolation_level=None)) as target:
            source.backup(target)
            _check(target, draft)
            if prove is not None:
                prove(target)
        _sync(draft)
        # No link, which would not replace anything by itself: memory sticks know none.
        if to.exists():
            raise FileExistsError(errno.EEXIST, "is there already", str(to))
        draft.rename(to)
        sync_folder(to.parent)
    finally:
        for suffix in ("", "-wal", "-shm", "-journal"):
            draft.with_name(draft.name + suffix).unlink(missing_ok=True)


def _check(target: sqlite3.Connection, path: Path) -> None:
    # The log belongs to a file in use; a copy that lies in a drawer is one file.
    target.execute("PRAGMA journal_mode=DELETE")
    found = target.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        raise CopyFailedError(f"{path}: the copy is not sound: {found}")


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
