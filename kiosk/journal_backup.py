"""Copies the journal by itself, while nobody is at the terminal, on a thread of its own.

A failure is an alarm in the log and is tried again; it never keeps the terminal from working. It must
never touch the terminal's own connection to the journal.
"""

import sqlite3
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import structlog

from config.settings import JournalSettings
from kiosk.clock import Clock
from offline_queue.journal import ChainKey
from offline_queue.journal.backup import backups, is_due, next_generation
from offline_queue.journal.copies import CopyFailedError

_log = structlog.get_logger(__name__)

LOOK_S = 60.0
RETRY_S = 900.0
_MEGABYTE = 1_000_000


class JournalBackups:
    """Makes a copy when one is due.

    Args:
        settings: where to, how often, how many; nothing is done without a folder.
        key: the journal's key, None while the journal is not open.
        clock: wall clock for names, monotonic seconds for another try.
        at_rest: True while nobody is at the terminal.
    """

    def __init__(
        self,
        settings: JournalSettings,
        key: Callable[[], ChainKey | None],
        clock: Clock,
        at_rest: Callable[[], bool],
    ) -> None:
        self._settings = settings
        self._key = key
        self._clock = clock
        self._at_rest = at_rest
        self._not_before = 0.0

    def look(self) -> None:
        """Make a copy, if one is due and nobody is there."""
        folder, key = self._settings.backup_folder, self._key()
        early = self._clock.monotonic() < self._not_before
        if folder is None or key is None or early or not self._at_rest():
            return
        try:
            self._make(folder, key)
        except (OSError, sqlite3.Error, CopyFailedError) as error:
            self._not_before = self._clock.monotonic() + RETRY_S
            # No bug of ours: a disk that is full or away.
            _log.error("journal_backup_failed", folder=str(folder), why=str(error))  # noqa: TRY400

    def _make(self, folder: Path, key: ChainKey) -> None:
        wanted, now = self._settings, self._clock.now()
        made = backups(folder, wanted.path)
        if not is_due(made, now, timedelta(hours=wanted.backup_hours)):
            return
        copied = next_generation(
            folder,
            wanted.path,
            key,
            now=now,
            keep=wanted.backup_keep,
            spare_bytes=wanted.min_free_mb * _MEGABYTE,
        )
        _log.info("journal_backed_up", copy=copied.path.name)


class BackupThread:
    """Looks every minute; `look` is `JournalBackups.look`."""

    def __init__(self, look: Callable[[], None], every_s: float = LOOK_S) -> None:
        self._look = look
        self._every_s = every_s
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, name="backup", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """Do not begin another copy; one that is being made is waited for."""
        self._end.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._end.wait(self._every_s):
            try:
                self._look()
            except Exception:
                _log.exception("journal_backup_crashed")
