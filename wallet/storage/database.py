"""Opens the backend's database, whichever it is: for writing with its tables brought up, or for
reading alone.

It must never write anything but its tables.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import URL, Engine
from sqlalchemy.exc import DBAPIError

from wallet.storage import postgres, sqlite
from wallet.storage.address import address_of, file_of, shown
from wallet.storage.errors import DatabaseUnusableError, cause_of
from wallet.storage.migrate import check_version, migrate

POOL_SIZE: Final = 20
"""Connections to PostgreSQL of one process; SQLite always has one."""

Where = str | Path | URL


def open_for_writing(where: Where, pool_size: int = POOL_SIZE) -> Engine:
    """An engine on the database, its tables of the newest revision.

    Raises:
        DatabaseUnusableError: see the message.
    """
    address = _address(where)
    with _told(address):
        file = file_of(address)
        if file is not None:
            engine = sqlite.writing_engine(file)
        else:
            engine = postgres.writing_engine(address, pool_size)
        try:
            with engine.begin() as connection:
                migrate(connection)
        except BaseException:
            engine.dispose()
            raise
    return engine


def open_for_reading(where: Where) -> Engine:
    """An engine that cannot write, for looking at a database that a server may be working on.

    Raises:
        DatabaseUnusableError: there is no such database, or it is of another version.
    """
    address = _address(where)
    with _told(address):
        file = file_of(address)
        engine = (
            sqlite.reading_engine(file) if file is not None else postgres.reading_engine(address)
        )
        try:
            with engine.connect() as connection:
                check_version(connection)
        except BaseException:
            engine.dispose()
            raise
    return engine


def checkpoint(engine: Engine) -> None:
    """Leave nothing in a write-ahead log beside the file; nothing to do on a server."""
    if engine.dialect.name == "sqlite":
        sqlite.checkpoint(engine)


def _address(where: Where) -> URL:
    if isinstance(where, URL):
        return where
    if isinstance(where, Path):
        return URL.create("sqlite", database=str(where))
    try:
        return address_of(where)
    except ValueError as error:
        raise DatabaseUnusableError(str(error)) from None


@contextmanager
def _told(address: URL) -> Iterator[None]:
    """Trouble is told with the name of the database, without a password or a statement."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        raise DatabaseUnusableError(f"{shown(address)}: {cause_of(error)}") from error
    except DatabaseUnusableError as error:
        raise DatabaseUnusableError(f"{shown(address)}: {error}") from None
