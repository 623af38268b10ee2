"""The hot path on PostgreSQL: psycopg itself below SQLAlchemy, in the same transaction.

A payment is to cost a handful of round trips and little time. Errors are told as SQLAlchemy's,
and a connection that broke is thrown away. It must never begin or end a transaction; a statement
that is one by itself is the only exception.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

Driver = psycopg.Connection[tuple[Any, ...]]


@contextmanager
def driving(connection: Connection) -> Iterator[Driver]:
    """The driver's own connection."""
    driver: Any = connection.connection.driver_connection
    try:
        yield driver
    except psycopg.Error as error:
        if driver.closed:
            connection.invalidate(error)
        raise DBAPIError.instance(
            None, None, error, psycopg.Error, hide_parameters=True, dialect=connection.dialect
        ) from error


@contextmanager
def by_itself(engine: Engine) -> Iterator[Driver]:
    """A pooled connection on which each statement is a transaction of its own.

    SQLAlchemy's own autocommit costs more than the statement. Whatever goes wrong, the connection is
    thrown away: what state it is in is not worth finding out.

    Raises:
        sqlalchemy.exc.DBAPIError: unknown what was written.
        sqlalchemy.exc.TimeoutError: all connections are taken.
    """
    try:
        pooled = engine.raw_connection()
        try:
            driver: Any = pooled.driver_connection
            driver.autocommit = True
            yield driver
            driver.autocommit = False
        except BaseException:
            pooled.invalidate()
            raise
        finally:
            pooled.close()
    except psycopg.Error as error:
        raise DBAPIError.instance(
            None, None, error, psycopg.Error, hide_parameters=True, dialect=engine.dialect
        ) from error
