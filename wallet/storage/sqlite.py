"""Opens the SQLite file so that a commit that returned survives a power cut, or refuses to.

WAL with `synchronous=FULL`, one connection that writes and checkpoints, every transaction begun by
BEGIN IMMEDIATE (facts sheet storage B1-B3). What was asked for is read back: settings that did not
take are an error at start, never a surprise after a power cut.
"""

import sqlite3
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import ConnectionPoolEntry

from wallet.storage.errors import DatabaseUnusableError

APPLICATION_ID: Final = 0x57414C54
"""Stored in `PRAGMA application_id`: tells this file from any other SQLite file ("WALT")."""

_BUSY_MS: Final = 5000
_PRAGMAS: Final = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def writing_engine(path: Path) -> Engine:
    """An engine with exactly one connection; nothing is opened yet."""
    engine = create_engine(
        f"sqlite:///{path}",
        pool_size=1,
        max_overflow=0,
        hide_parameters=True,
        connect_args={"check_same_thread": False},
    )
    event.listen(engine, "connect", _make_durable)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def reading_engine(path: Path) -> Engine:
    """An engine that cannot write, for looking at a file that a server may have open.

    Raises:
        DatabaseUnusableError: there is no such file.
    """
    if not path.is_file():
        raise DatabaseUnusableError("no such file")
    engine = create_engine(
        "sqlite://", creator=lambda: _connect_read_only(path), hide_parameters=True
    )
    # One moment of the database for all questions of a check, whatever a server writes meanwhile.
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
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
    connection.isolation_level = None
    connection.execute("PRAGMA query_only=ON")
    return connection
