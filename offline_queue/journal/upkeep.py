"""Keeping the journal's files small: folding the write-ahead log in, giving free pages back.

All of it is for a terminal at rest. The one connection of the journal does it, so that no second one
ever checkpoints (facts sheet storage B2). None of it changes what is stored.
"""

import shutil
import sqlite3

from offline_queue.journal.journal import Journal

PAGES_A_STEP = 100
_INCREMENTAL = 2
_ENOUGH_FREE_PAGES = 2_000
"""Free pages are used again before the file grows: fewer are not worth the work (8 MB)."""


def log_bytes(journal: Journal) -> int:
    """How large the write-ahead log is; 0 when there is none."""
    try:
        return journal.path.with_name(f"{journal.path.name}-wal").stat().st_size
    except OSError:
        return 0


def fold_log_in(journal: Journal, *, truncate: bool = False) -> None:
    """Write what the log holds into the file; with `truncate` leave it empty, unless somebody reads
    in it just now: nobody is waited for. Raises JournalError.
    """
    how = "TRUNCATE" if truncate else "PASSIVE"
    journal.at_rest(lambda driver: _fold(driver, how))


def _fold(driver: sqlite3.Connection, how: str) -> None:
    (patience,) = driver.execute("PRAGMA busy_timeout").fetchone()
    driver.execute("PRAGMA busy_timeout=0")
    try:
        driver.execute(f"PRAGMA wal_checkpoint({how})").fetchall()
    finally:
        driver.execute(f"PRAGMA busy_timeout={patience}")


def give_free_pages_back(journal: Journal) -> bool:
    """Give some free pages back to the disk; True when no more are worth it.

    A file of an earlier version has to be written anew for that, once, when enough of it is free and
    the disk has room for the copy; this takes seconds and not milliseconds. Raises JournalError.
    """
    return journal.at_rest(lambda driver: _give_back(driver, journal))


def _give_back(driver: sqlite3.Connection, journal: Journal) -> bool:
    free, pages = _pragma(driver, "freelist_count"), _pragma(driver, "page_count")
    if free < max(_ENOUGH_FREE_PAGES, pages // 10):
        return True
    if _pragma(driver, "auto_vacuum") == _INCREMENTAL:
        # Not `execute`: that takes one step, and one page goes with each.
        driver.executescript(f"PRAGMA incremental_vacuum({PAGES_A_STEP})")
        return False
    # SQLite writes a copy first and then all of it through the log.
    needed = 3 * (pages - free) * _pragma(driver, "page_size")
    if _free_bytes(journal) > needed:
        driver.execute("PRAGMA auto_vacuum=INCREMENTAL")
        driver.execute("VACUUM")
    return True


def _free_bytes(journal: Journal) -> int:
    try:
        return shutil.disk_usage(journal.path.parent).free
    except OSError:
        return 0  # That the disk is gone the next record will say.


def _pragma(driver: sqlite3.Connection, name: str) -> int:
    (value,) = driver.execute(f"PRAGMA {name}").fetchone()
    return int(value)
