"""Opening a journal of a million records, against opening the bare file and SQLite's quick_check.

The journal's side looks at settings, structure, the chain's end and the snapshot, takes the records
after it, and compares what is live: all that a start does before the terminal believes its books.
"""

import sqlite3
import statistics
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import stores
from benchmarks.measure import Comparison, compare, in_turns
from offline_queue.journal import Journal

PAYMENTS = 111_112
"""Of nine records each."""

AFTER_THE_SNAPSHOT = 100
"""Payments: as many records as a terminal may have written before its next snapshot, and more."""

BASELINE = "sqlite3 on the same file: connect and PRAGMA quick_check"


def run(*, quick: bool, folder: Path | None) -> tuple[Comparison, ...]:
    """Make the journal, then open it again and again. The file cache is warm on both sides."""
    payments = 1_000 if quick else PAYMENTS
    with TemporaryDirectory(dir=folder) as made:
        path = Path(made) / "journal.db"
        stores.make(path, stores.settled(payments))
        stores.add(path, stores.settled(AFTER_THE_SNAPSHOT, first=payments + 1))
        with closing(Journal(path, stores.KEY)) as journal:
            records, start = journal.end.seq, journal.start
        if start.snapshot is None or start.differed:
            raise RuntimeError(f"the start did not find what was written: {start}")

        def ours() -> None:
            Journal(path, stores.KEY).close()

        def bare() -> None:
            with closing(sqlite3.connect(path)) as file:
                file.execute("PRAGMA quick_check(1)").fetchone()

        in_turns(ours, bare, rounds=1, repetitions=1)
        pairs = in_turns(ours, bare, rounds=2, repetitions=2 if quick else 7)
    middle = statistics.median(seconds for pair in pairs for seconds in pair.subject)
    what = (
        f"open and close a journal of {records:,} records, {start.records} of them after the "
        f"snapshot ({middle:.2f} s in the middle, here)"
    )
    return (compare("journal_start.open", what, BASELINE, pairs),)
