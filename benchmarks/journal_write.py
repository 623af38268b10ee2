"""A note made durable by the journal, against a bare commit of an equally large row.

Both sides lie in one folder on one disk and use the same pragmas. The journal's side includes the
record's text, its place in the keyed chain, the chain's seal and every projection that follows.
"""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measure import Comparison, Pair, compare, in_turns, joined
from offline_queue.journal import ChainKey, Journal
from offline_queue.journal.records import (
    Decision,
    JournalRecord,
    NoteEscrowed,
    NoteStacked,
    to_text,
)
from offline_queue.journal.upkeep import fold_log_in

PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=5000",
    "journal_size_limit=4194304",
    "wal_autocheckpoint=4000",
)
NOW = datetime(2026, 5, 1, 6, 30, tzinfo=UTC)
STAMP = NOW.isoformat(timespec="milliseconds")
MAC = bytes(32)
WHAT = "both records of a note (escrowed, stacked) by Journal.append, each durable before the next"
BASELINE = "sqlite3, same pragmas and rests, same disk: two commits of one equally large row each"
WARM_UP = 550
"""A log that is written over costs less than one that grows: both sides must be past that point."""
NOTES_BETWEEN_RESTS = 20
"""A terminal at rest folds its log in; between two rests a customer or two feed their notes."""


def run(*, quick: bool, folder: Path | None) -> tuple[Comparison, ...]:
    """Measure a note's way into the cassette, in `folder` or where temporary files go."""
    with TemporaryDirectory(dir=folder) as made:
        journal = Journal(Path(made) / "journal.db", ChainKey(bytes(32)))
        with closing(journal), closing(_bare(Path(made) / "bare.db")) as bare:
            pairs = _measure(journal, bare, quick=quick)
    return (compare("journal_write.note", WHAT, BASELINE, pairs),)


def _measure(journal: Journal, bare: sqlite3.Connection, *, quick: bool) -> tuple[Pair, ...]:
    numbers, places = count(1), count(1)
    bodies = [to_text(record) for record in _note(1)]

    def append() -> None:
        for record in _note(next(numbers)):
            journal.append(record, at=NOW)

    def insert() -> None:
        for body in bodies:
            bare.execute("BEGIN IMMEDIATE")
            bare.execute("INSERT INTO row VALUES (?, ?, ?, ?)", (next(places), STAMP, body, MAC))
            bare.execute("COMMIT")

    in_turns(append, insert, rounds=25 if quick else WARM_UP, repetitions=1)
    pairs: list[Pair] = []
    for _ in range(2 if quick else 9):
        parts: list[Pair] = []
        for _ in range(3 if quick else 10):
            # Not measured, on either side: nobody is there then.
            fold_log_in(journal)
            bare.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
            parts.extend(in_turns(append, insert, rounds=NOTES_BETWEEN_RESTS, repetitions=1))
        pairs.append(joined(parts))
    return tuple(pairs)


def _note(number: int) -> tuple[JournalRecord, JournalRecord]:
    session, cycle = "0197b3f2-7c11-7e5a-9d5e-000000000001", f"0197b3f2-{number:08d}"
    return (
        NoteEscrowed(
            session=session, cycle=cycle, minor=50_000, currency="RUB", decision=Decision.STACK
        ),
        NoteStacked(session=session, cycle=cycle, minor=50_000, currency="RUB", how="normal"),
    )


def _bare(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("CREATE TABLE row (seq INTEGER PRIMARY KEY, at TEXT, body TEXT, mac BLOB)")
    return connection
