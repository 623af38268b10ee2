"""Opens the SQLite file so that a commit that returned survives a power cut, or refuses to.

WAL with `synchronous=FULL`, one connection that writes and checkpoints, every transaction begun by
BEGIN IMMEDIATE (facts sheet storage B1-B3). What was asked for is read back: settings that did not
take are an error at start, never a surprise after a power cut.
"""

import sqlite3
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from wallet.storage.metadata import APPLICATION_ID, SCHEMA_VERSION, metadata

_BUSY_MS: Final = 5000
_PRAGMAS: Final = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


class DatabaseUnusableError(Exception):
    """The file cannot be opened, is of another version, or will not be durable."""


def database_path(url: str) -> Path:
    """The file behind a `sqlite:///` address.

    Raises:
        ValueError: another kind of database, or no file.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise ValueError("not a database address; sqlite:///path/to/file is") from None
    if parsed.get_backend_name() != "sqlite":
        raise ValueError("only sqlite:///path/to/file is served so far")
    if not parsed.database or parsed.database == ":memory:":
        raise ValueError("a database in memory does not survive a restart: name a file")
    return Path(parsed.database)


def open_for_writing(path: Path) -> Engine:
    """An engine with exactly one connection, its tables created and its version checked.

    Raises:
        DatabaseUnusableError: see the message.
    """
    engine = create_engine(
        f"sqlite:///{path}",
        pool_size=1,
        max_overflow=0,
        hide_parameters=True,
        connect_args={"check_same_thread": False},
    )
    event.listen(engine, "connect", _make_durable)
    event.listen(engine, "begin", _begin_immediate)
    try:
        with engine.begin() as connection:
            _create_or_check(connection)
    except (DBAPIError, sqlite3.Error) as error:
        engine.dispose()
        raise DatabaseUnusableError(f"{path}: {cause_of(error)}") from error
    except DatabaseUnusableError as error:
        engine.dispose()
        raise DatabaseUnusableError(f"{path}: {error}") from None
    return engine


def open_for_reading(path: Path) -> Engine:
    """An engine that cannot write, for looking at a file that a server may have open.

    Raises:
        DatabaseUnusableError: there is no such file, or it is of another version.
    """
    if not path.is_file():
        raise DatabaseUnusableError(f"{path}: no such file")
    engine = create_engine(
        "sqlite://", creator=lambda: _connect_read_only(path), hide_parameters=True
    )
    try:
        with engine.connect() as connection:
            _check_version(connection)
    except (DBAPIError, sqlite3.Error) as error:
        engine.dispose()
        raise DatabaseUnusableError(f"{path}: {cause_of(error)}") from error
    except DatabaseUnusableError as error:
        engine.dispose()
        raise DatabaseUnusableError(f"{path}: {error}") from None
    return engine


def checkpoint(engine: Engine) -> None:
    """Move what the WAL holds into the file and empty the WAL; for a clean stop."""
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        raw.close()


def _make_durable(connection: sqlite3.Connection, record: ConnectionPoolEntry) -> None:
    del record
    # The driver must not begin transactions on its own: `_begin_immediate` does.
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout={_BUSY_MS}")
    for pragma, wanted in _PRAGMAS.items():
        connection.execute(f"PRAGMA {pragma}={wanted}")
        (got,) = connection.execute(f"PRAGMA {pragma}").fetchone()
        if got != wanted:
            raise DatabaseUnusableError(f"{pragma} is {got!r}, not {wanted!r}: not durable")


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _connect_read_only(path: Path) -> Any:
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    connection.execute("PRAGMA query_only=ON")
    return connection


def _create_or_check(connection: Connection) -> None:
    if _version(connection) == 0 and not _has_tables(connection):
        for tables in ("wallet.books.tables", "wallet.payments.tables"):
            import_module(tables)
        metadata.create_all(connection)
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA_VERSION}")
    _check_version(connection)


def _check_version(connection: Connection) -> None:
    if connection.execute(text("PRAGMA application_id")).scalar_one() != APPLICATION_ID:
        raise DatabaseUnusableError("the file is no wallet database")
    version = _version(connection)
    if version != SCHEMA_VERSION:
        raise DatabaseUnusableError(
            f"the file is no wallet database of version {SCHEMA_VERSION} (it says {version})"
        )


def _version(connection: Connection) -> int:
    return int(connection.execute(text("PRAGMA user_version")).scalar_one())


def _has_tables(connection: Connection) -> bool:
    return connection.execute(text("SELECT 1 FROM sqlite_master LIMIT 1")).first() is not None


def cause_of(error: BaseException) -> str:
    """What the database itself says, without the statement that it was asked."""
    return str(error.orig) if isinstance(error, DBAPIError) else str(error)
