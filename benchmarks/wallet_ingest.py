"""Payments taken by the backend on PostgreSQL, against bare psycopg inserts of the very same rows.

Both sides work on one server of their own (`fsync` on), in tables of the same shape, and commit as
often as each other: a batch of 500, and a single payment. The backend's side is everything between
the bytes of a request and its answer's values: reading and checking the batch, the terminal's turn,
the look-up of repeats, of owners of notes and of suspense, the canonical text and its hash, the
postings. The bare side gets its rows ready made.

Growth: the backend's cost per payment with millions of payments stored against the cost with none.
The filling is made by the server itself (`generate_series`), with keys and indexes taken off and put
back afterwards; half of it belongs to the terminal that is measured.
"""

import os
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.measure import Comparison, compare, in_turns
from benchmarks.postgres_server import (
    PostgresMissingError,
    PostgresServer,
    binaries,
    running_server,
)
from terminal_api import NoteItem, PaymentBatch, PaymentItem, canonical_bytes
from wallet.payments.store import Store
from wallet.storage.database import open_for_writing

TERMINAL = "10000001"
NOW = datetime(2026, 5, 1, 6, 30, tzinfo=UTC)
TABLES = ("payments", "payment_notes", "ledger_transfer")
STORED = int(os.environ.get("WALLET_INGEST_STORED", "10000000"))
"""Payments stored in the measure of growth."""
_QUICK_STORED = 200_000
_BOOT = uuid.uuid4().hex
"""A terminal names the cycles of one life in order behind a random name of that life."""
_PAYMENTS_OF_A_LIFE = 500

Rows = dict[str, list[tuple[Any, ...]]]


def run(*, quick: bool, folder: Path | None) -> tuple[Comparison, ...]:
    """Measure on a server of its own."""
    del folder  # PostgreSQL's data lie where temporary files go
    try:
        binaries()
    except PostgresMissingError as missing:
        sys.stderr.write(f"benchmarks: wallet_ingest is left out: {missing}\n")
        return ()
    rounds = 4 if quick else 12
    results: list[Comparison] = []
    with running_server() as server:
        for size, name in ((500, "batch_500"), (1, "single")):
            with _two_databases(server) as (store, bare, names):
                turns, repetitions = rounds if size > 1 else rounds * 10, 2 if quick else 5
                ahead = turns * repetitions
                pairs = in_turns(
                    _taking(store, size, ahead),
                    _inserting(bare, names, _samples(server), size, ahead),
                    rounds=turns,
                    repetitions=repetitions,
                )
            what = f"a request of {size} payments, from its bytes to its answers"
            base = "psycopg, executemany of the same rows, the same commits"
            results.append(compare(f"wallet_ingest.{name}", what, base, pairs))
        results.append(_growth(server, _QUICK_STORED if quick else STORED, rounds))
    return tuple(results)


def _growth(server: PostgresServer, stored: int, rounds: int) -> Comparison:
    full = Store(open_for_writing(server.create("full")), lambda: NOW, lambda: uuid.uuid4().hex)
    empty = Store(open_for_writing(server.create("empty")), lambda: NOW, lambda: uuid.uuid4().hex)
    full.take(TERMINAL, [payment(1)])
    with psycopg.connect(server.conninfo("full")) as connection:
        _fill(connection, stored)
    with psycopg.connect(server.conninfo("full"), autocommit=True) as connection:
        connection.execute("VACUUM (FREEZE, ANALYZE)")
        connection.execute("CHECKPOINT")
    pairs = in_turns(
        _taking(full, 100, rounds * 10, stored + 2),
        _taking(empty, 100, rounds * 10),
        rounds=rounds * 2,
        repetitions=5,
    )
    full.close()
    empty.close()
    what = f"100 payments in one request, {stored:,} payments stored"
    return compare("wallet_ingest.growth", what, "the same with none stored", pairs)


def payment(number: int) -> PaymentItem:
    """A payment of two notes, as a terminal forms it."""
    notes = tuple(
        NoteItem(cycle=f"{_BOOT}:{number}-{n}", minor=minor, currency="RUB")
        for n, minor in enumerate((50_000, 10_000))
    )
    return PaymentItem(
        number=number,
        session=f"session-{number}",
        provider_id=7,
        provider_code="beeline",
        account="9161234567",
        fields={},
        currency="RUB",
        inserted_minor=60_000,
        fee_minor=1_800,
        credited_minor=58_200,
        fee_version="2026-05",
        formed_at=NOW,
        receipt_number=number,
        notes=notes,
    )


def _taking(store: Store, size: int, ahead: int, first: int = 1) -> Callable[[], None]:
    """One request after the other; the terminal made their bytes before."""
    numbers = count(first)

    def prepare() -> bytes:
        batch = tuple(payment(next(numbers)) for _ in range(size))
        return canonical_bytes(PaymentBatch(terminal_id=TERMINAL, payments=batch))

    waiting = iter([prepare() for _ in range(ahead)])

    def take() -> None:
        store.take(TERMINAL, PaymentBatch.model_validate_json(next(waiting)).payments)

    return take


@contextmanager
def _two_databases(
    server: PostgresServer,
) -> Iterator[tuple[Store, psycopg.Connection[Any], dict[str, list[str]]]]:
    store = Store(open_for_writing(server.create("ours")), lambda: NOW, lambda: uuid.uuid4().hex)
    open_for_writing(server.create("bare")).dispose()
    try:
        store.take(TERMINAL, [payment(10**9)])
        with psycopg.connect(server.conninfo("bare")) as bare:
            names = {table: _columns(bare, table) for table in TABLES}
            yield store, bare, names
    finally:
        store.close()
        server.drop("ours")
        server.drop("bare")


def _samples(server: PostgresServer) -> Rows:
    """The rows of one payment, as the backend wrote them."""
    with psycopg.connect(server.conninfo("ours")) as connection:
        return {
            table: connection.execute(f"SELECT * FROM {table}".encode()).fetchall()
            for table in TABLES
        }


def _columns(connection: psycopg.Connection[Any], table: str) -> list[str]:
    found = connection.execute(f"SELECT * FROM {table} LIMIT 0".encode()).description or []
    connection.rollback()
    return [column.name for column in found]


def _inserting(
    bare: psycopg.Connection[Any],
    names: dict[str, list[str]],
    samples: Rows,
    size: int,
    ahead: int,
) -> Callable[[], None]:
    statements = {
        table: f"INSERT INTO {table} VALUES ({', '.join(['%s'] * len(names[table]))})".encode()
        for table in TABLES
    }
    numbers = count(1)
    waiting = iter([_ready(names, samples, numbers, size) for _ in range(ahead)])

    def insert() -> None:
        rows = next(waiting)
        with bare.cursor() as cursor:
            for table in TABLES:
                cursor.executemany(statements[table], rows[table])
        bare.commit()

    return insert


def _ready(names: dict[str, list[str]], samples: Rows, numbers: Iterator[int], size: int) -> Rows:
    made: Rows = {table: [] for table in TABLES}
    for number in (next(numbers) for _ in range(size)):
        for table in TABLES:
            for n, row in enumerate(samples[table]):
                new = dict(zip(names[table], row, strict=True), number=number)
                if table == "payment_notes":
                    new["cycle"] = f"{_BOOT}:{number}-{n}"
                if table == "ledger_transfer":
                    new["subject"] = str(number)
                made[table].append(tuple(new.values()))
    return made


def _fill(connection: psycopg.Connection[Any], stored: int) -> None:
    """Copies of the one payment under other numbers; every other of another terminal."""
    changed = {
        "terminal_id": f"CASE WHEN g % 2 = 0 THEN '{TERMINAL}' ELSE '10000002' END",
        "number": "g + 1",
        "subject": "(g + 1)::text",
        "cycle": f"md5((g / {_PAYMENTS_OF_A_LIFE})::text) || ':' || g || right(s.cycle, 2)",
    }
    for table in TABLES:
        columns = _columns(connection, table)
        values = ", ".join(changed.get(name, f"s.{name}") for name in columns)
        off, on = _keys(connection, table)
        for statement in off:
            connection.execute(statement.encode())
        connection.execute(
            f"INSERT INTO {table} SELECT {values} FROM generate_series(1, {stored}) g,"
            f" (SELECT * FROM {table}) s".encode()
        )
        connection.execute("SET maintenance_work_mem = '512MB'")
        for statement in on:
            connection.execute(statement.encode())
        connection.commit()


def _keys(connection: psycopg.Connection[Any], table: str) -> tuple[list[str], list[str]]:
    """Statements that take the keys and indexes of a table off, and put them back."""
    keys = connection.execute(
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE conrelid = %s::regclass AND contype = 'p'",
        [table],
    ).fetchall()
    indexes = connection.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s"
        " AND indexname NOT IN (SELECT conname FROM pg_constraint)",
        [table],
    ).fetchall()
    off = [f"ALTER TABLE {table} DROP CONSTRAINT {name} CASCADE" for name, _ in keys]
    off += [f"DROP INDEX {name}" for name, _ in indexes]
    on = [f"ALTER TABLE {table} ADD CONSTRAINT {name} {what}" for name, what in keys]
    return off, on + [what for _, what in indexes]
