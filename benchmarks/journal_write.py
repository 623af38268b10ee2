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

from benchmarks.measure import Comparison, Pair, compare, in_turns
from offline_queue.journal import ChainKey, Journal
from offline_queue.journal.records import (
    Decision,
    JournalRecord,
    NoteEscrowed,
    NoteStacked,
    to_text,
)

PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=5000",
    "journal_size_limit=4194304",
)
NOW = datetime(2026, 5, 1, 6, 30, tzinfo=UTC)
STAMP = NOW.isoformat(timespec="milliseconds")
MAC = bytes(32)
WHAT = "both records of a note (escrowed, stacked) by Journal.append, each durable before the next"
BASELINE = "sqlite3, same pragmas, same disk: two commits of one equally large row each"
WARM_UP = 550
"""At a thousand written pages SQLite folds its log in and writes over it from then on, which costs
less than to let it grow: both sides must be past that point."""


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
    return in_turns(append, insert, rounds=60 if quick else 200, repetitions=2 if quick else 9)


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
