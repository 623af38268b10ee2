"""Whose turn it is to write: transactions in which one terminal's things are changed.

SQLite has one writer; here it is a lock with a patience, so that a queue of requests does not turn
into errors of the database. PostgreSQL has one writer for each terminal: an advisory lock until the
end of the transaction. Within its turn a writer may look and then write without a race; unique keys
stand behind it all the same. It must never retry: an error at commit means *unknown*.
"""

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Final, Protocol

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from wallet.storage.driver import Driver, by_itself, driving

_PATIENCE_S: Final = 10.0

_TAKE_TURN: Final = "SELECT pg_advisory_xact_lock(1463897172, %s::int)"
"""The class is "WALT", the object the terminal's eight digits."""


class StoreBusyError(Exception):
    """The writer's turn does not come for too long; nothing was written. Try later."""


class Turns(Protocol):
    """Gives transactions. Every method is thread-safe and blocks."""

    def write(self, terminal_id: str | None) -> AbstractContextManager[Connection]:
        """A transaction that may change what belongs to this terminal; None for one that takes what
        it changes row by row, of whichever terminal. Committed at the end of the block.

        Raises:
            StoreBusyError: nothing was written.
            sqlalchemy.exc.DBAPIError: unknown what was written.
        """

    def read(self) -> AbstractContextManager[Connection]:
        """A transaction that only looks."""

    def driver(self) -> AbstractContextManager[Driver] | None:
        """PostgreSQL's driver itself, each statement a transaction of its own, for what every request
        pays for; None on SQLite. Raises as `write`.
        """


def turns_of(engine: Engine) -> Turns:
    """The turns of this database. One for an engine: its users must share it."""
    return _OneWriter(engine) if engine.dialect.name == "sqlite" else _OneForEachTerminal(engine)


class _OneWriter:
    """SQLite."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.lock = threading.Lock()

    @contextmanager
    def write(self, terminal_id: str | None) -> Iterator[Connection]:
        del terminal_id
        if not self.lock.acquire(timeout=_PATIENCE_S):
            raise StoreBusyError("the writer is busy")
        try:
            with self._engine.begin() as connection:
                yield connection
        except DBAPIError:
            # After a disk error the connection may remember pages that are not in the file.
            self._engine.dispose()
            raise
        finally:
            self.lock.release()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        with self.write(None) as connection:
            yield connection

    def driver(self) -> None:
        return None


class _OneForEachTerminal:
    """PostgreSQL. A connection that broke is thrown away; whoever had it is told, and repeats."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @contextmanager
    def write(self, terminal_id: str | None) -> Iterator[Connection]:
        with self._begun() as connection:
            if terminal_id is not None:
                with driving(connection) as driver:
                    driver.execute(_TAKE_TURN, (int(terminal_id),))
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        with self._begun() as connection:
            yield connection

    @contextmanager
    def driver(self) -> Iterator[Driver]:
        try:
            with by_itself(self._engine) as driver:
                yield driver
        except PoolTimeoutError:
            raise StoreBusyError("all connections are taken") from None

    @contextmanager
    def _begun(self) -> Iterator[Connection]:
        try:
            with self._engine.begin() as connection:
                yield connection
        except PoolTimeoutError:
            raise StoreBusyError("all connections are taken") from None
