"""Where a database is: a SQLite file or a PostgreSQL server, as a person writes it.

A plain path and `sqlite:///path` name a file; `postgresql://user@host/name` names a server, with
`password` taken from `PGPASSWORD` or `~/.pgpass` where the address has none. It must never print a
password.
"""

from pathlib import Path

from sqlalchemy import URL
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

_DRIVER = "postgresql+psycopg"


def address_of(written: str) -> URL:
    """The address that somebody wrote.

    Raises:
        ValueError: it names no database that can be used.
    """
    if "://" not in written:
        written = f"sqlite:///{written}"
    try:
        parsed = make_url(written)
    except ArgumentError:
        raise ValueError("not a database address; a file or postgresql://host/name is") from None
    match parsed.get_backend_name():
        case "sqlite":
            if not parsed.database or parsed.database == ":memory:":
                raise ValueError("a database in memory does not survive a restart: name a file")
            return parsed
        case "postgresql":
            if not parsed.database:
                raise ValueError("the address names no database: postgresql://host/name")
            return parsed.set(drivername=_DRIVER)
        case other:
            raise ValueError(f"{other} is not served; a file or postgresql://host/name is")


def file_of(address: URL) -> Path | None:
    """The file behind an address; None for a server."""
    if address.get_backend_name() != "sqlite":
        return None
    return Path(address.database or "")


def shown(address: URL) -> str:
    """For people: the path of a file, or the address without its password."""
    file = file_of(address)
    return str(file) if file is not None else address.render_as_string(hide_password=True)
