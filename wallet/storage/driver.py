"""The hot path on PostgreSQL: psycopg itself below SQLAlchemy, in the same transaction.

A payment is to cost a handful of round trips and little time. Errors are told as SQLAlchemy's,
and a connection that broke is thrown away. It must never begin or end a transaction.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy import Connection
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
