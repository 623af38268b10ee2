"""Durable queues from the package index beside the journal's outbox, all on SQLite.

Each is set to what the terminal needs: WAL where it can, `synchronous=FULL` (some default to less:
facts sheet storage C3). They are no part of the product and need not be installed: `pip install
'.[bench]'`; one that is missing is said to be missing. What none of them does and the journal does:
numbers without gaps, the chain, projections, a slip in the same commit.
"""

import sqlite3
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

from benchmarks import stores
from benchmarks.journal_write import PRAGMAS
from benchmarks.measure import Comparison, Pair, compare, in_turns, seconds
from offline_queue.journal.records import to_text

BASELINE = "sqlite3, WAL and synchronous=FULL: one commit of an equally large row"
_ITEM = to_text(stores.formed(1))
_PATIENCE_S = 20.0
"""About so long one queue is put into, or taken from, at one depth."""


class Queue(Protocol):
    """Something to put into and to take from."""

    name: str

    def enqueue(self) -> None:
        """Put one item in, durably."""

    def drain(self) -> None:
        """Take the oldest item out for good, durably."""

    def close(self) -> None:
        """Let go of the file."""


class LiteQueue:
    """litequeue: put; pop and done."""

    name = "litequeue"

    def __init__(self, folder: Path, depth: int) -> None:
        self._queue = import_module("litequeue").LiteQueue(str(folder / "litequeue.db"))
        _fill(
            self._queue.conn,
            depth,
            lambda: self._queue.put(_ITEM),
            table=self._queue.table,
            copied={"message_id": "message_id || printf('-%010d', i)"},  # they sort by it
        )

    def enqueue(self) -> None:
        """See `Queue`."""
        self._queue.put(_ITEM)

    def drain(self) -> None:
        """See `Queue`."""
        self._queue.done(self._queue.pop().message_id)

    def close(self) -> None:
        """See `Queue`."""
        self._queue.close()


class PersistQueue:
    """persist-queue's SQLiteAckQueue: put; get and ack."""

    name = "persist-queue"

    def __init__(self, folder: Path, depth: int) -> None:
        opened = import_module("persistqueue").SQLiteAckQueue
        filled = opened(str(folder / "persist"))
        _fill(
            filled._putter,
            depth,
            lambda: filled.put(_ITEM),
            table=filled._table_name,
            copied={"_id": "NULL"},
        )
        filled.close()
        # It counts what waits when it is opened.
        self._queue = made = opened(str(folder / "persist"))
        for connection in {id(one): one for one in (made._putter, made._getter)}.values():
            _make_durable(connection)

    def enqueue(self) -> None:
        """See `Queue`."""
        self._queue.put(_ITEM)

    def drain(self) -> None:
        """See `Queue`."""
        self._queue.ack(self._queue.get(block=False))

    def close(self) -> None:
        """See `Queue`."""
        self._queue.close()


class Huey:
    """huey's SqliteStorage: enqueue; dequeue, which deletes in one commit and keeps no lease."""

    name = "huey"

    def __init__(self, folder: Path, depth: int) -> None:
        storage = import_module("huey.storage").SqliteStorage
        self._queue = storage(filename=str(folder / "huey.db"), fsync=True)
        _fill(self._queue.conn, depth, self.enqueue, table="task", copied={"id": "NULL"})

    def enqueue(self) -> None:
        """See `Queue`."""
        self._queue.enqueue(_ITEM.encode())

    def drain(self) -> None:
        """See `Queue`."""
        self._queue.dequeue()

    def close(self) -> None:
        """See `Queue`."""
        self._queue.close()


PEERS: tuple[Callable[[Path, int], Queue], ...] = (LiteQueue, PersistQueue, Huey)


def against_peers(
    journals: Mapping[int, Queue], folder: Path, *, quick: bool
) -> Iterator[Comparison]:
    """Every queue at every depth, against the bare commit, one after the other."""
    with closing(_bare(folder / "bare.db")) as bare:

        def insert() -> None:
            bare.execute("BEGIN IMMEDIATE")
            bare.execute("INSERT INTO row (body) VALUES (?)", (_ITEM,))
            bare.execute("COMMIT")

        for depth, journal in journals.items():
            yield from _measured(journal, depth, insert, quick=quick)
            for number, make in enumerate(PEERS):
                with ExitStack() as stack:
                    place = folder / f"peer-{depth}-{number}"
                    place.mkdir()
                    try:
                        queue = make(place, depth)
                    except ModuleNotFoundError as error:
                        sys.stderr.write(f"benchmarks: {error.name} is not installed: left out\n")
                        continue
                    stack.callback(queue.close)
                    yield from _measured(queue, depth, insert, quick=quick)


def _measured(
    queue: Queue, depth: int, insert: Callable[[], None], *, quick: bool
) -> Iterator[Comparison]:
    put, take = (_pairs(work, insert, quick=quick) for work in (queue.enqueue, queue.drain))
    for what, pairs in (("enqueue", put), ("drain", take)):
        told = f"{queue.name}: {what} of one item, {depth:,} pending"
        yield compare(f"queue.{queue.name}.{what}.{depth}", told, BASELINE, pairs)


def _pairs(
    work: Callable[[], None], insert: Callable[[], None], *, quick: bool
) -> tuple[Pair, ...]:
    """Fewer rounds of what takes long: litequeue sorts all that waits for each item."""
    rounds, repetitions = (10, 2) if quick else (20, 5)
    affordable = int(_PATIENCE_S / (seconds(work) * repetitions))
    return in_turns(work, insert, rounds=max(2, min(rounds, affordable)), repetitions=repetitions)


def _bare(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("CREATE TABLE row (seq INTEGER PRIMARY KEY, body TEXT)")
    return connection


def _fill(
    connection: Any, depth: int, put: Callable[[], object], *, table: str, copied: Mapping[str, str]
) -> None:
    """Let the queue put one item in, and make that many of it; then make it durable again. A million
    puts take minutes for each queue, and nothing here measures them.

    Args:
        connection: the queue's own.
        depth: how many items.
        put: puts one in.
        table: where they stand.
        copied: columns in which a copy differs, with what stands there in copy number `i`.
    """
    if depth:
        put()
        names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})").fetchall()]
        values = ", ".join(copied.get(name, name) for name in names)
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute(
            f"""WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {depth})
            INSERT INTO {table}
            SELECT {values} FROM (SELECT * FROM {table} LIMIT 1), n WHERE i < {depth}"""
        )
        connection.commit()
        (found,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
        if found != depth:
            raise RuntimeError(f"{found} items wait where {depth} were wanted")
    _make_durable(connection)


def _make_durable(connection: Any) -> None:
    """Some libraries set less."""
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    connection.execute("PRAGMA wal_autocheckpoint=1000")
    connection.execute("PRAGMA synchronous=FULL")
    (found,) = connection.execute("PRAGMA synchronous").fetchone()
    if found != 2:
        raise RuntimeError("the queue could not be made durable")
