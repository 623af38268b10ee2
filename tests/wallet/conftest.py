"""Payments to send and a store to keep them in."""

import itertools
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from structlog.testing import capture_logs

from benchmarks.postgres_server import (
    PostgresMissingError,
    PostgresServer,
    binaries,
    running_server,
)
from simulation.proof.blank import blank_wallet
from terminal_api import NoteItem, PaymentItem
from wallet.load.signing_client import SignedBy
from wallet.payments.store import Store
from wallet.storage.database import open_for_writing
from wallet.storage.turns import Turns, turns_of
from wallet.terminals.keyring import KeyRing

PaymentMaker = Callable[..., PaymentItem]
Enrol = Callable[..., SignedBy]


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Servers of this process log on their own threads; keep that out of the test's output."""
    with capture_logs():
        yield


@pytest.fixture
def make_payment() -> PaymentMaker:
    """A payment of notes by minor units; a negative note is a disputed one."""

    def make(
        number: int, *minors: int, fee: int = 0, change: int = 0, **changes: Any
    ) -> PaymentItem:
        notes = tuple(
            NoteItem(cycle=f"c{number}-{n}", minor=abs(it), currency="RUB", disputed=it < 0)
            for n, it in enumerate(minors or (10_000,))
        )
        inserted = sum(note.minor for note in notes if not note.disputed)
        content: dict[str, Any] = {
            "number": number,
            "session": f"s{number}",
            "provider_id": 7,
            "provider_code": "mobile",
            "account": "9161234567",
            "fields": {},
            "currency": "RUB",
            "inserted_minor": inserted,
            "fee_minor": fee,
            "credited_minor": inserted - fee - change,
            "change_minor": change,
            "disputed_minor": sum(note.minor for note in notes if note.disputed),
            "fee_version": "1",
            "formed_at": datetime(2026, 5, 1, 9, 30, tzinfo=UTC),
            "receipt_number": number,
            "notes": notes,
        }
        return PaymentItem(**{**content, **changes})

    return make


@pytest.fixture
def enrol() -> Enrol:
    """Makes a terminal known to a database (a file, or turns on it); gives what signs for it."""

    def make(where: Path | Turns, terminal_id: str) -> SignedBy:
        key = Ed25519PrivateKey.from_private_bytes(terminal_id.encode() * 4)
        engine = open_for_writing(where) if isinstance(where, Path) else None
        ring = KeyRing(turns_of(engine) if engine else where, lambda: datetime.now(UTC))
        token = ring.new_token(terminal_id, bytes(32), valid=timedelta(hours=1))
        ring.enrol(terminal_id, token, key.public_key())
        if engine:
            engine.dispose()
        return SignedBy(terminal_id, key)

    return make


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Where the test's database is."""
    return tmp_path / "wallet.db"


@pytest.fixture
def store(database: Path) -> Iterator[Store]:
    """A store with a clock that ticks seconds and identities that count."""
    database.write_bytes(blank_wallet())
    seconds = itertools.count()
    uids = itertools.count(1)
    it = Store(
        open_for_writing(database),
        lambda: datetime(2026, 5, 1, 10, 0, tzinfo=UTC) + timedelta(seconds=next(seconds)),
        lambda: f"uid-{next(uids)}",
    )
    yield it
    it.close()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """One server for the session, or for each of its workers, with a template that is migrated."""
    try:
        binaries()
    except PostgresMissingError as error:
        pytest.fail(str(error))
    with running_server() as server:
        open_for_writing(server.create("blank")).dispose()
        yield server


@pytest.fixture
def postgres(postgres_server: PostgresServer) -> Iterator[str]:
    """The address of a database with its tables made and empty; emptied again after the test."""
    yield postgres_server.url("blank")
    with psycopg.connect(postgres_server.conninfo("blank")) as connection:
        # Nothing else may take away what is append-only; this role of replication may.
        connection.execute("SET session_replication_role = replica")
        connection.execute("SET lock_timeout = '10s'")
        tables = connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
            " AND tablename <> 'alembic_version'"
        ).fetchall()
        for (table,) in tables:
            connection.execute(f'DELETE FROM "{table}"'.encode())


@pytest.fixture(params=["sqlite", "postgres"])
def any_database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The test runs on both kinds of database."""
    if request.param == "sqlite":
        file = tmp_path / "wallet.db"
        file.write_bytes(blank_wallet())
        return str(file)
    address: str = request.getfixturevalue("postgres")
    return address


@pytest.fixture
def make_store() -> Iterator[Callable[[str], Store]]:
    """Stores with a clock that ticks seconds and identities that count; closed afterwards."""
    opened: list[Store] = []

    def make(where: str) -> Store:
        seconds = itertools.count()
        uids = itertools.count(1)
        opened.append(
            Store(
                open_for_writing(where),
                lambda: datetime(2026, 5, 1, 10, 0, tzinfo=UTC) + timedelta(seconds=next(seconds)),
                lambda: f"uid-{next(uids)}",
            )
        )
        return opened[-1]

    yield make
    for it in opened:
        it.close()
