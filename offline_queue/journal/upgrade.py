"""A journal file of an earlier version becomes one of today's, in one transaction.

Before it, a whole copy is laid beside the file and kept. A power cut leaves the old file or the new
one. It is imported only when a file needs it: Alembic costs time at every start otherwise. It must
never change what `record` holds.
"""

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import structlog
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from offline_queue.journal import schema
from offline_queue.journal.chain import GENESIS, ChainKey, Mac, same
from offline_queue.journal.copies import CopyFailedError, copy_whole
from offline_queue.journal.engine import driver_of
from offline_queue.journal.errors import JournalDamagedError, JournalUnavailableError
from offline_queue.journal.rebuild import RebuildStoppedError, rebuild
from offline_queue.journal.replay import seed
from offline_queue.journal.sealed import Purpose, SealBrokenError, load

_log = structlog.get_logger(__name__)

MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(connection: Connection, path: Path, key: ChainKey, found: int) -> None:
    """Bring the file behind `connection`, of version `found`, to `schema.SCHEMA_VERSION`.

    Raises:
        JournalUnavailableError: the copy cannot be made; nothing was changed.
        JournalDamagedError: the records are not what was written; nothing was changed.
        sqlalchemy.exc.DBAPIError, sqlite3.Error: the file cannot be read or written; nothing was
            changed.
    """
    kept = _keep_a_copy(connection, path, found)
    steps = _steps(found)
    with connection.begin():
        with Operations.context(MigrationContext.configure(connection)):
            for step in steps:
                step.upgrade()
        if any(getattr(step, "REBUILD", False) for step in steps):
            _rebuild_projections(connection, path, key)
        connection.exec_driver_sql(f"PRAGMA user_version={schema.SCHEMA_VERSION}")
    _log.warning("journal_upgraded", found=found, now=schema.SCHEMA_VERSION, copy=str(kept))


def _steps(found: int) -> list[ModuleType]:
    """The revisions after version `found`, in order."""
    script = ScriptDirectory(str(MIGRATIONS))
    revisions = script.iterate_revisions(f"{schema.SCHEMA_VERSION:04}", f"{found:04}")
    return [revision.module for revision in reversed(list(revisions))]


def _keep_a_copy(connection: Connection, path: Path, found: int) -> Path:
    """Lay the file as it is beside itself. A copy of the same records, as an upgrade that was cut
    leaves it, is used as it is.
    """
    driver = driver_of(connection)
    seq, seal = driver.execute("SELECT seq, seal FROM head").fetchone() or (0, b"")
    kept = path.with_name(f"{path.name}.schema-{found}.{seq}-{bytes(seal)[:4].hex()}")
    if kept.exists():
        return kept
    try:
        copy_whole(driver, kept)
    except (OSError, CopyFailedError) as error:
        raise JournalUnavailableError(path, f"no copy before its upgrade: {error}") from error
    return kept


def _rebuild_projections(connection: Connection, path: Path, key: ChainKey) -> None:
    schema.metadata.drop_all(connection, tables=schema.PROJECTIONS)
    schema.metadata.create_all(connection, tables=schema.PROJECTIONS)
    driver = driver_of(connection)
    try:
        base = load(driver, key, Purpose.BASE)
        for part in base.parts if base else ():
            seed(driver, part)
        mac = base.mac if base else GENESIS
        rebuild(driver, _proved_rows(connection, path, key, mac))
    except (RebuildStoppedError, SealBrokenError) as error:
        raise JournalDamagedError(path, str(error)) from error


def _proved_rows(
    connection: Connection, path: Path, key: ChainKey, previous: Mac
) -> Iterator[tuple[int, object]]:
    """The records in order, each proved by the chain before anything is derived from it. `previous`:
    the HMAC before the first of them.
    """
    query = "SELECT seq, at, body, mac FROM record ORDER BY seq"
    for seq, at, body, mac in driver_of(connection).execute(query):
        if not same(key.link(previous, seq, at, body), mac):
            raise JournalDamagedError(path, f"record {seq} was changed, or put in another place")
        previous = Mac(mac)
        yield seq, body
