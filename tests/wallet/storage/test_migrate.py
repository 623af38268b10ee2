"""Revisions: the tables of the code on both databases, once under a lock, with guards that stand."""

import threading
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from importlib.util import find_spec

import pytest
import sqlalchemy.exc
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import UniqueConstraint, inspect, text

from wallet import storage
from wallet.storage import guards
from wallet.storage.database import open_for_reading, open_for_writing
from wallet.storage.errors import DatabaseUnusableError
from wallet.storage.metadata import DISTRIBUTION_KEY, guards_wanted, metadata
from wallet.storage.migrate import newest, revisions

TABLES = (
    "wallet.books.tables",
    "wallet.payments.tables",
    "wallet.providers.tables",
    "wallet.publishing.tables",
    "wallet.terminals.tables",
)


@pytest.fixture(autouse=True, scope="module")
def _all_tables() -> None:
    for name in TABLES:
        if find_spec(name.rpartition(".")[0]) and find_spec(name):
            import_module(name)


def test_revisions_make_the_tables_of_the_code(any_database: str) -> None:
    engine = open_for_writing(any_database)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, metadata)
        checks = {
            name: {it["name"] for it in inspect(connection).get_check_constraints(name)}
            for name in metadata.tables
        }
        missing = guards.missing(connection, guards_wanted())
    engine.dispose()
    assert [it for it in differences if "alembic_version" not in repr(it)] == []
    for name, table in metadata.tables.items():
        wanted = {str(it.name) for it in table.constraints if it.name and _is_check(it)}
        assert wanted <= checks[name], name
    assert missing == []


def test_every_key_holds_the_distribution_key_or_the_table_is_a_reference() -> None:
    for table in metadata.tables.values():
        if table.info.get("reference"):
            continue
        keys = [table.primary_key.columns.keys()]
        keys += [it.columns.keys() for it in table.constraints if isinstance(it, UniqueConstraint)]
        keys += [it.columns.keys() for it in table.indexes if it.unique]
        for key in keys:
            assert DISTRIBUTION_KEY in key, (table.name, key)


def test_servers_that_start_at_once_migrate_once(postgres_server) -> None:
    address = postgres_server.create("empty_for_many")
    gate = threading.Barrier(4)

    def start(_: int) -> None:
        gate.wait(10)
        open_for_writing(address).dispose()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(start, range(4)))
    engine = open_for_reading(address)
    with engine.connect() as connection:
        marked = connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
    engine.dispose()
    assert marked == [newest()]
    postgres_server.drop("empty_for_many")


def test_revisions_are_one_line_named_in_order() -> None:
    before = None
    for name in revisions():
        module = import_module(f"{storage.__name__}.migrations.versions.{name}")
        assert (module.revision, module.down_revision) == (name, before)
        before = name


def test_a_server_without_tables_is_not_read(postgres_server) -> None:
    address = postgres_server.create("empty")
    with pytest.raises(DatabaseUnusableError, match="wallet migrate"):
        open_for_reading(address)
    postgres_server.drop("empty")


def test_a_server_that_is_away_is_one_plain_line_without_its_password() -> None:
    with pytest.raises(DatabaseUnusableError) as caught:
        open_for_writing("postgresql://me:secret@127.0.0.1:1/wallet")
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_server_that_may_lose_commits_is_refused(postgres_server) -> None:
    address = postgres_server.create("careless")
    engine = sqlalchemy.create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("ALTER DATABASE careless SET synchronous_commit = off"))
    engine.dispose()
    with pytest.raises(DatabaseUnusableError, match="synchronous_commit = off"):
        open_for_writing(address)
    postgres_server.drop("careless")


@pytest.mark.parametrize("what", ["UPDATE ledger_transfer SET minor = 1", "DELETE FROM payments"])
def test_the_database_itself_refuses_to_rewrite(
    any_database: str, make_store, make_payment, what: str
) -> None:
    store = make_store(any_database)
    store.take("10000001", [make_payment(1)])
    refused = pytest.raises(sqlalchemy.exc.IntegrityError, match="append-only")
    with refused, store._engine.begin() as connection:
        connection.execute(text(what))


def test_a_server_does_not_empty_what_is_append_only(postgres: str, make_store) -> None:
    store = make_store(postgres)
    refused = pytest.raises(sqlalchemy.exc.IntegrityError, match="append-only")
    with refused, store._engine.begin() as connection:
        connection.execute(text("TRUNCATE ledger_transfer"))


@pytest.mark.parametrize(
    "change",
    [
        "inserted_minor = inserted_minor - 1, credited_minor = credited_minor - 1",
        "body = '{}'",
        "uid = 'other'",
        "payable_minor = 0",
        "revision = revision - 1",
    ],
)
def test_a_payment_only_grows(any_database: str, make_store, make_payment, change: str) -> None:
    store = make_store(any_database)
    store.take("10000001", [make_payment(1)])
    refused = pytest.raises(sqlalchemy.exc.IntegrityError, match="append-only")
    with refused, store._engine.begin() as connection:
        connection.execute(text(f"UPDATE payments SET {change}"))


def _is_check(constraint: object) -> bool:
    return isinstance(constraint, sqlalchemy.CheckConstraint)
