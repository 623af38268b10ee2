"""The way to a journal that may not be open yet.

A terminal starts, shows that it is out of service and tries again by itself while its disk is
missing, full or read-only. Numbers that a record gives are marked before the record is written. It
must be used by one thread at a time, as the journal itself.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import structlog

from offline_queue.journal.errors import (
    JournalDamagedError,
    JournalUnavailableError,
    JournalWriteError,
)
from offline_queue.journal.journal import Journal
from offline_queue.journal.number_mark import NumberGivenError, NumberMark, Numbers
from offline_queue.journal.numbering import numbers_of
from offline_queue.journal.opening import Opened
from offline_queue.journal.records import JournalRecord
from offline_queue.journal.sealed_file import SealBrokenError

_log = structlog.get_logger(__name__)


class JournalDoor:
    """Opens the journal at `path` by `open_`, when it is asked to."""

    def __init__(self, path: Path, open_: Callable[[], Opened]) -> None:
        self.path = path
        self._open = open_
        self._journal: Journal | None = None
        self._mark: NumberMark | None = None

    @classmethod
    def standing_open(cls, journal: Journal) -> "JournalDoor":
        """The door of a journal that somebody else has opened, and whose numbers nobody marks."""

        def shut() -> Opened:
            raise JournalUnavailableError(journal.path, "it was closed")

        door = cls(journal.path, shut)
        door._journal = journal
        return door

    @property
    def is_open(self) -> bool:
        """True from the first time that it could be opened."""
        return self._journal is not None

    @property
    def journal(self) -> Journal:
        """The open journal.

        Raises:
            JournalUnavailableError: it could not be opened so far.
        """
        if self._journal is None:
            raise JournalUnavailableError(self.path, "it is not open")
        return self._journal

    def reopen(self) -> None:
        """Open it for the first time, or once more after an input/output error.

        Raises:
            JournalUnavailableError, JournalDamagedError: it cannot be opened.
        """
        if self._journal is not None:
            self._journal.reopen()
            return
        opened = self._open()
        self._journal, self._mark = opened.journal, opened.mark

    def append(self, *records: JournalRecord, at: datetime) -> None:
        """As `Journal.append`; numbers are marked first.

        Raises:
            JournalDamagedError: a number was given before; nothing was recorded.
            JournalError: as `Journal.append`.
        """
        journal = self.journal
        numbers = dict(pair for record in records for pair in numbers_of(record))
        if numbers and self._mark is not None:
            self._give(self._mark, numbers)
        journal.append(*records, at=at)
        if numbers and self._mark is not None:
            self._settle(self._mark, numbers)

    def _give(self, mark: NumberMark, numbers: Numbers) -> None:
        if not self.path.exists():
            # The folder may be the empty place of a disk that dropped out; a mark is not for there.
            raise JournalUnavailableError(
                self.path, "it is not there any more; bring back its disk"
            )
        try:
            mark.give(numbers, self.journal.end)
        except NumberGivenError as error:
            raise JournalDamagedError(self.path, str(error)) from error
        except (OSError, SealBrokenError) as error:
            raise JournalWriteError(
                f"journal {self.path}: could not mark its numbers ({error}); "
                "check free space and the disk"
            ) from error

    def _settle(self, mark: NumberMark, numbers: Numbers) -> None:
        try:
            mark.settle(numbers)
        except (OSError, SealBrokenError) as error:
            # The record is written; the next number, or the next start, makes up for it.
            _log.warning("number_mark_not_settled", why=str(error))

    def close(self) -> None:
        """Close the journal for good, if it is open."""
        if self._journal is not None:
            self._journal.close()
