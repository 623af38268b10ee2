"""The whole journal checked in small steps, while the terminal is at rest.

Every record is proved by the chain and applied to a copy of the projections, which is then held
against the stored ones, settled history included. Records that come in between are taken as well. It
only looks; what to do about a finding is for the caller.
"""

import sqlite3
from collections.abc import Iterator
from itertools import zip_longest

from offline_queue.journal import schema
from offline_queue.journal.engine import is_spoilt_text
from offline_queue.journal.errors import JournalDamagedError
from offline_queue.journal.indexes import INDEXES, index_faults
from offline_queue.journal.journal import Journal
from offline_queue.journal.live import all_parts
from offline_queue.journal.rebuild import RebuildStoppedError
from offline_queue.journal.replay import (
    ChainBrokenError,
    Replay,
    in_temporary_folder,
    rows_between,
)
from offline_queue.journal.sealed import Purpose, SealBrokenError, load

RECORDS_A_STEP = 200
ROWS_A_STEP = 400


class AuditWork:
    """One walk through the journal. After an error it is of no use any more.

    Attributes:
        records: how many were proved so far.
        differing: projections that are not what they should be; known when `step` has said True.
    """

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        key = journal.key
        try:
            self._base = journal.at_rest(lambda driver: load(driver, key, Purpose.BASE))
        except SealBrokenError as error:
            raise JournalDamagedError(journal.path, str(error)) from error
        with in_temporary_folder():
            self.replay = Replay(key, self._base)
        self._compared: Iterator[str] | None = None
        self._compared_at = 0
        self._found: set[str] = set()
        self.records = 0

    @property
    def differing(self) -> tuple[str, ...]:
        """Names of projections; `indexes` after them when one does not hold what its table holds."""
        names = (*(table.name for table in schema.PROJECTIONS), INDEXES)
        return tuple(name for name in names if name in self._found)

    def close(self) -> None:
        """Forget the copy."""
        self.replay.close()

    def step(self) -> bool:
        """Do a little more; True at the end.

        Raises:
            JournalDamagedError: a record is not what was written.
            JournalError: the journal cannot be read.
            TemporaryFolderError: there is no room for the copy that is compared.
        """
        try:
            if self.replay.place < self._journal.end.seq:
                self._take()
                return False
            self.replay.must_tell_of(self._base)
        except (ChainBrokenError, RebuildStoppedError, SealBrokenError) as error:
            raise JournalDamagedError(self._journal.path, str(error)) from error
        return self._journal.at_rest(self._compare)

    def _take(self) -> None:
        place = self.replay.place
        up_to = min(place + RECORDS_A_STEP, self._journal.end.seq)
        rows = self._journal.at_rest(lambda driver: list(rows_between(driver, place, up_to)))
        with in_temporary_folder():
            taken = self.replay.take(rows)
        if not taken:
            raise ChainBrokenError(place + 1, "is missing")
        self.records += taken

    def _compare(self, driver: sqlite3.Connection) -> bool:
        if self._compared is None or self._compared_at != self._journal.end.seq:
            # A record has come in between: what was compared may have changed.
            self._compared, self._compared_at = self._differing(driver), self._journal.end.seq
            self._found.clear()
        found = next(self._compared, None)
        if found:
            self._found.add(found)
        return found is None

    def _differing(self, driver: sqlite3.Connection) -> Iterator[str]:
        """After each pair of parts: the name of the table if they differ, or nothing. Then the same
        of the indexes, a table at a time: with a long history that is the longest of the pieces.
        """
        for table in schema.PROJECTIONS:
            stored = all_parts(driver, table, ROWS_A_STEP)
            derived = all_parts(self.replay.driver, table, ROWS_A_STEP)
            try:
                for one, other in zip_longest(stored, derived):
                    yield "" if one == other else table.name
            except sqlite3.Error as error:
                if not is_spoilt_text(error):
                    raise
                yield table.name
        yield from (INDEXES if fault else "" for fault in index_faults(driver))


def audit(journal: Journal) -> tuple[str, ...]:
    """Walk through all of it at once; the projections that differ. Raises as `AuditWork.step`."""
    work = AuditWork(journal)
    try:
        while not work.step():
            pass
        return work.differing
    finally:
        work.close()
