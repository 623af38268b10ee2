"""Opening the journal file so that a committed record survives a power cut.

WAL with `synchronous=FULL` lost nothing in the measured power-cut images, the library's defaults did
(facts sheet storage B1). The settings are per connection, so they are set on connect and read back;
a terminal whose settings differ must not sell. One connection both writes and checkpoints, which also
keeps clear of the WAL-reset defect of older SQLite versions (facts sheet storage B2).
"""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.pool import NullPool

from offline_queue.journal.errors import JournalUnavailableError

SYNCHRONOUS_FULL = 2

_REQUIRED = {"journal_mode": "wal", "synchronous": SYNCHRONOUS_FULL, "foreign_keys": 1}


def journal_engine(path: Path) -> Engine:
    """An engine whose connections are durable and whose transactions begin with BEGIN IMMEDIATE."""
    # Opened where the program starts, used by the terminal thread alone from then on.
    engine = create_engine(
        URL.create("sqlite+pysqlite", database=str(path)),
        poolclass=NullPool,
        hide_parameters=True,  # an error text must not carry accounts into the log
        connect_args={"check_same_thread": False},
    )
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def reading_engine(path: Path) -> Engine:
    """An engine that can only read, for tools beside a running terminal; it never checkpoints."""
    return create_engine(
        "sqlite+pysqlite://",
        creator=lambda: reading_driver(path),
        poolclass=NullPool,
        hide_parameters=True,
    )


def reading_driver(path: Path) -> sqlite3.Connection:
    """The driver's connection of a `reading_engine`. Raises sqlite3.Error."""
    if is_empty(path):
        # Even a connection that can only read throws away the log beside an empty file.
        raise sqlite3.OperationalError("the file is missing or empty")
    uri = f"{path.absolute().as_uri()}?mode=ro"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None)
    # Text that somebody has spoilt must not stop the tool that is to find it.
    connection.text_factory = _any_text
    return connection


def is_empty(path: Path) -> bool:
    """Whether there is nothing at `path`. Raises OSError."""
    try:
        return path.stat().st_size == 0
    except FileNotFoundError:
        return True


def check_settings(connection: Connection, path: Path) -> None:
    """Read the settings back.

    Raises:
        JournalUnavailableError: a setting is not in force.
    """
    for name, wanted in _REQUIRED.items():
        found = _pragma(connection, name)
        if found != wanted:
            raise JournalUnavailableError(path, f"PRAGMA {name} is {found!r}, must be {wanted!r}")


def quick_check(connection: Connection) -> str:
    """`ok`, or the first thing SQLite finds wrong with the file's structure; fit for every start."""
    return str(_pragma(connection, "quick_check(1)"))


def full_check(connection: Connection) -> str:
    """As `quick_check`, and whether every index holds what its table holds; slower."""
    return str(connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar_one())


def schema_version(connection: Connection) -> int:
    """Which form the tables have; 0 for an empty file. Raises sqlite3.Error."""
    return int(_pragma(connection, "user_version"))


def _pragma(connection: Connection, name: str) -> str | int:
    """Outside of any transaction, where the driver is in none. Raises sqlite3.Error."""
    found: str | int = driver_of(connection).cursor().execute(f"PRAGMA {name}").fetchone()[0]
    return found


def _any_text(stored: bytes) -> str:
    return stored.decode("utf-8", "surrogateescape")


def is_spoilt_text(error: Exception) -> bool:
    """Whether the driver failed because something stored as text is no text any more."""
    return isinstance(error, UnicodeDecodeError) or "decode to UTF-8" in str(error)


def driver_of(connection: Connection) -> sqlite3.Connection:
    """The driver's connection under SQLAlchemy's: for what must be lean."""
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver


def begin(driver: sqlite3.Connection) -> None:
    """Begin a transaction that may write: deferred ones can fail half way with a stale snapshot."""
    driver.execute("BEGIN IMMEDIATE")


def commit(driver: sqlite3.Connection) -> None:
    """Make the transaction durable. An error here means that nobody knows whether it is."""
    driver.execute("COMMIT")


def _set_pragmas(dbapi_connection: Any, _record: object) -> None:
    # Autocommit mode: the driver must never begin a transaction behind our back (storage B3).
    dbapi_connection.isolation_level = None
    # Of a new file alone: it must come before anything is written, and asked of a file that is there
    # it would be a write, which a damaged file must be spared.
    if dbapi_connection.execute("PRAGMA page_count").fetchone()[0] == 0:
        dbapi_connection.execute("PRAGMA auto_vacuum=INCREMENTAL")
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=5000",
        "journal_size_limit=4194304",
        # The log is folded in while the terminal is at rest, not within the commit of a note; this is
        # the bound for one that never rests (16 MB).
        "wal_autocheckpoint=4000",
    ):
        dbapi_connection.execute(f"PRAGMA {pragma}")


def _begin_immediate(connection: Connection) -> None:
    driver = driver_of(connection)
    if not driver.in_transaction:  # `Journal.reading` has begun it already.
        begin(driver)
