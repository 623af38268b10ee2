"""Taking a snapshot of the live rows, in steps that are short enough for a terminal at rest.

It is for the next start, which then needs only the records that come after it. A snapshot that was
begun and not finished is nothing; a record that comes in between makes it worthless, so that the
work begins anew. It must never be taken while a note is on its way, and never holds up a record.
"""

import sqlite3
from collections.abc import Iterator
from itertools import chain

from offline_queue.journal import schema
from offline_queue.journal.journal import Journal
from offline_queue.journal.live import live_parts
from offline_queue.journal.sealed import Part, Purpose, Sealer

ROWS_A_STEP = 400
"""Rows that are read, digested and written in a few milliseconds."""


class SnapshotWork:
    """One snapshot of the journal as it is now; after an error it is of no use any more."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        end = journal.end
        self._sealer = Sealer(journal.key, Purpose.SNAPSHOT, end.seq, end.mac)
        self._parts: Iterator[Part] | None = None

    @property
    def place(self) -> int:
        """The last record that it tells of."""
        return self._sealer.place

    @property
    def stale(self) -> bool:
        """True when records came in between."""
        return self._journal.end.seq != self.place

    def step(self) -> bool:
        """Do a little more.

        Returns:
            True when the snapshot is whole and durable.

        Raises:
            JournalError: it could not be written.
        """
        parts, whole = self._journal.at_rest(self._gather)

        def write(driver: sqlite3.Connection) -> None:
            for part in parts:
                self._sealer.add(driver, part)
            if whole:
                self._sealer.end(driver, "")

        self._journal.write_beside(write)
        return whole

    def _gather(self, driver: sqlite3.Connection) -> tuple[list[Part], bool]:
        """The next parts, and whether there are no more."""
        if self._parts is None:
            self._parts = chain.from_iterable(
                live_parts(driver, table, ROWS_A_STEP) for table in schema.PROJECTIONS
            )
        parts: list[Part] = []
        while sum(len(part.rows) for part in parts) < ROWS_A_STEP:
            part = next(self._parts, None)
            if part is None:
                return parts, True
            parts.append(part)
        return parts, False


def take_snapshot(journal: Journal) -> None:
    """Take a snapshot to its end, where nobody is waiting. Raises JournalError."""
    work = SnapshotWork(journal)
    while not work.step():
        pass
