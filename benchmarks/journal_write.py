"""A note made durable by the journal, against a bare commit of an equally large row.

Both sides lie in one folder on one disk and use the same pragmas. The journal's side includes the
record's text, its place in the keyed chain, the chain's seal and every projection that follows.
"""

import sqlite3
from collections.abc import Callable
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
BASELINE = (
    "sqlite3: BEGIN IMMEDIATE, one INSERT of an equally large row, COMMIT; same pragmas and disk"
)
WARM_UP = 50

MakeRecord = Callable[[int], JournalRecord]


def run(*, quick: bool, folder: Path | None) -> tuple[Comparison, ...]:
    """Measure both records of a note, in `folder` or where temporary files go."""
    with TemporaryDirectory(dir=folder) as made:
        return (
            _compare(Path(made), "escrowed", _escrowed, quick=quick),
            _compare(Path(made), "stacked", _stacked, quick=quick),
        )


def _escrowed(number: int) -> JournalRecord:
    return NoteEscrowed(
        session="0197b3f2-7c11-7e5a-9d5e-000000000001",
        cycle=f"0197b3f2-{number:08d}",
        minor=50_000,
        currency="RUB",
        decision=Decision.STACK,
    )


def _stacked(number: int) -> JournalRecord:
    return NoteStacked(
        session="0197b3f2-7c11-7e5a-9d5e-000000000001",
        cycle=f"0197b3f2-{number:08d}",
        minor=50_000,
        currency="RUB",
        how="normal",
    )


def _compare(folder: Path, name: str, make: MakeRecord, *, quick: bool) -> Comparison:
    journal = Journal(folder / f"{name}.db", ChainKey(bytes(32)))
    with closing(journal), closing(_bare(folder / f"{name}-bare.db")) as bare:
        pairs = _measure(journal, bare, make, quick=quick)
    return compare(
        f"journal_write.{name}", f"Journal.append of note_{name}, durable", BASELINE, pairs
    )


def _measure(
    journal: Journal, bare: sqlite3.Connection, make: MakeRecord, *, quick: bool
) -> tuple[Pair, ...]:
    numbers, places = count(1), count(1)
    body = to_text(make(1))

    def append() -> None:
        journal.append(make(next(numbers)), at=NOW)

    def insert() -> None:
        bare.execute("BEGIN IMMEDIATE")
        bare.execute("INSERT INTO row VALUES (?, ?, ?, ?)", (next(places), STAMP, body, MAC))
        bare.execute("COMMIT")

    in_turns(append, insert, rounds=WARM_UP, repetitions=1)
    return in_turns(append, insert, rounds=60 if quick else 400, repetitions=2 if quick else 9)


def _bare(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("CREATE TABLE row (seq INTEGER PRIMARY KEY, at TEXT, body TEXT, mac BLOB) ")
    return connection
