"""Brings a database to the tables of today, in one transaction under a lock.

The revisions stand in `migrations/versions`; the file's name is the revision, and the last by name is
the newest. Alembic's operations write them and `alembic_version` marks how far a database is. Alembic
itself is imported only when something has to be done: it costs time at every start otherwise. It must
never go back.
"""

from functools import cache
from pathlib import Path
from typing import Final

import structlog
from sqlalchemy import Connection, inspect, text

from wallet.storage.errors import DatabaseUnusableError
from wallet.storage.sqlite import APPLICATION_ID

_log = structlog.get_logger(__name__)

MIGRATIONS: Final = Path(__file__).parent / "migrations"
_PATIENCE: Final = text("SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0")
"""A large table takes its time, and so does whoever is at it already."""
_LOCK: Final = text("SELECT pg_advisory_xact_lock(1463897172, -1)")
"""The second number is no terminal's."""


@cache
def revisions() -> tuple[str, ...]:
    """All revisions, oldest first."""
    return tuple(sorted(path.stem for path in (MIGRATIONS / "versions").glob("w*.py")))


def newest() -> str:
    """The revision that this program works with."""
    return revisions()[-1]


def migrate(connection: Connection) -> tuple[str, ...]:
    """Bring the database behind this connection to the newest revision; what was run.

    The caller's transaction holds all of it: it is there whole, or not at all.

    Raises:
        DatabaseUnusableError: the database is somebody else's, or of another time.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(_PATIENCE)
        connection.execute(_LOCK)
    found = _version(connection)
    if found is None and connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
    _check_known(found)
    wanted = tuple(name for name in revisions() if found is None or name > found)
    if wanted:
        _run(connection, wanted)
        _mark(connection, found)
        _log.info("database_migrated", found=found, now=newest())
    return wanted


def check_version(connection: Connection) -> None:
    """Nothing is done to the database.

    Raises:
        DatabaseUnusableError: it is not of the newest revision.
    """
    found = _version(connection)
    if found is None:
        raise DatabaseUnusableError("no tables of a wallet; `wallet migrate` makes them")
    _check_known(found)
    if found != newest():
        raise DatabaseUnusableError(
            f"the tables are of {found}, not of {newest()}; `wallet migrate` brings them up"
        )


def _check_known(found: str | None) -> None:
    if found is not None and found not in revisions():
        raise DatabaseUnusableError(f"made by a later version of the program ({found})")


def _version(connection: Connection) -> str | None:
    """How far the database is; None when it is empty.

    Raises:
        DatabaseUnusableError: it is not empty, and not ours.
    """
    tables = inspect(connection).get_table_names()
    if connection.dialect.name == "sqlite":
        _check_application(connection, empty=not tables)
    if not tables:
        return None
    if "alembic_version" not in tables:
        raise DatabaseUnusableError("the database is no wallet database: it has other tables")
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())


def _check_application(connection: Connection, *, empty: bool) -> None:
    mark = connection.execute(text("PRAGMA application_id")).scalar_one()
    if mark != APPLICATION_ID and not (empty and mark == 0):
        raise DatabaseUnusableError("the file is no wallet database")
    version = int(connection.execute(text("PRAGMA user_version")).scalar_one())
    if version != 0:
        raise DatabaseUnusableError(
            f"made by an earlier version of the program (file version {version}), which kept no"
            " books that could be carried over; keep the file and name another one"
        )


def _run(connection: Connection, wanted: tuple[str, ...]) -> None:
    from alembic.operations import Operations  # noqa: PLC0415 - see above
    from alembic.runtime.migration import MigrationContext  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    script = ScriptDirectory(str(MIGRATIONS))
    with Operations.context(MigrationContext.configure(connection)):
        for name in wanted:
            script.get_revision(name).module.upgrade()


def _mark(connection: Connection, found: str | None) -> None:
    if found is None:
        connection.execute(
            text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
        )
        statement = "INSERT INTO alembic_version (version_num) VALUES (:now)"
    else:
        statement = "UPDATE alembic_version SET version_num = :now"
    connection.execute(text(statement), {"now": newest()})
