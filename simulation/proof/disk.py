"""The terminal's disk: the real SQLite, with every statement and commit passing the gate.

A sick disk raises what the driver raises; a failing commit may have gone through all the same, as on
real disks. What of its files a power cut leaves is said by `simulation.proof.remains`.
"""

import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final
from unittest.mock import patch

from sqlalchemy import Engine, event

from offline_queue.journal import journal
from offline_queue.journal.engine import journal_engine
from simulation.proof.blank import blank_journal
from simulation.proof.gate import Cut, Gate
from simulation.proof.remains import Remains

_ANY_JOURNAL: Final = "/nowhere/the journal of whichever life it is"
"""No file: every connection to it is opened at the disk of the run."""


class Sickness(StrEnum):
    """How the disk fails."""

    NONE = "healthy"
    FULL = "full"
    BROKEN = "input/output error"
    GONE = "cannot even be opened"


class Disk:
    """The folder of one terminal, carried from life to life as a power cut leaves it."""

    def __init__(self, folder: Path, gate: Gate, chance: Random, remains: Remains) -> None:
        self._folder = folder
        self._gate = gate
        self._chance = chance
        self._remains = remains
        self._lives = 0
        self.sickness = Sickness.NONE
        self.path = self._place()
        self.path.write_bytes(blank_journal())
        remains.watch(self.path.parent)

    def _place(self) -> Path:
        place = self._folder / f"life-{self._lives}"
        place.mkdir()
        return place / "journal.db"

    def next_life(self, cut: Cut) -> None:
        """What this cut leaves is what the next life finds; call before anything is closed."""
        old, self._lives = self.path, self._lives + 1
        self.path = self._place()
        self._remains.leave(old.parent, self.path.parent, cut)

    def close(self) -> None:
        """The run is over."""
        self._remains.close()

    def forget_old_life(self) -> None:
        """Remove the files of the life before; nobody has them open any more."""
        if self._lives:
            shutil.rmtree(self._folder / f"life-{self._lives - 1}")

    def opening(self) -> None:
        """A connection is being made. Raises sqlite3.OperationalError or PowerCut."""
        self._pass("open the journal")
        if self.sickness is Sickness.GONE:
            raise _error("unable to open database file", sqlite3.SQLITE_CANTOPEN)

    def statement(self, sql: str) -> None:
        """A statement is about to run. Raises sqlite3.OperationalError or PowerCut."""
        self._pass("in transaction:", sql, statement=True)
        writes = not sql.startswith(("SELECT", "BEGIN", "PRAGMA"))
        if writes and self.sickness in (Sickness.BROKEN, Sickness.GONE):
            raise _error("disk I/O error", sqlite3.SQLITE_IOERR)

    def before_commit(self) -> None:
        """Raises sqlite3.OperationalError or PowerCut: nothing was committed."""
        self._pass("before commit")
        if self.sickness is Sickness.FULL and self._chance.random() < 0.7:
            raise _error("database or disk is full", sqlite3.SQLITE_FULL)

    def after_commit(self) -> None:
        """Raises sqlite3.OperationalError or PowerCut although the commit went through."""
        self._pass("after commit")
        if self.sickness is Sickness.FULL:
            raise _error("disk I/O error", sqlite3.SQLITE_IOERR)

    def _pass(self, where: str, detail: str = "", *, statement: bool = False) -> None:
        self._gate.passing(where, detail, statement=statement)
        self._remains.effect_is_done()


def _error(text: str, code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError(text)
    error.sqlite_errorcode = code
    return error


class _Connection(sqlite3.Connection):
    """The real connection of the journal; reading is never disturbed."""

    disk: Disk | None = None
    _known_changes = 0

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        if self.disk is None:
            return super().execute(sql, parameters)
        if sql == "COMMIT":  # how the journal commits
            self.commit()
            return self.cursor()
        self.disk.statement(sql)
        return super().execute(sql, parameters)

    def commit(self) -> None:
        """SQLAlchemy, too, comes here, at the end of reading as well."""
        if self.disk is None or self.total_changes == self._known_changes:
            super().commit()
            return
        self.disk.before_commit()
        super().commit()
        self._known_changes = self.total_changes
        self.disk.after_commit()


@contextmanager
def mounted(disk: Disk) -> Iterator[None]:
    """While this holds, every connection of SQLAlchemy to the disk's journal is a gated one."""

    def connect(
        _dialect: object, _record: object, args: list[Any], settings: dict[str, Any]
    ) -> sqlite3.Connection | None:
        if args != [str(disk.path)]:
            return None
        return _open(disk, args[0], settings)

    event.listen(Engine, "do_connect", connect)
    try:
        yield
    finally:
        event.remove(Engine, "do_connect", connect)


@contextmanager
def engine_for_all_lives(disk: Disk) -> Iterator[None]:
    """While this holds, lives share one engine of the product's: each would compile every statement
    anew. Connections, and what is set on them, are made for each life as ever.
    """

    def connect(
        _dialect: object, _record: object, args: list[Any], settings: dict[str, Any]
    ) -> sqlite3.Connection | None:
        return _open(disk, str(disk.path), settings) if args == [_ANY_JOURNAL] else None

    event.listen(Engine, "do_connect", connect)
    try:
        with patch.object(journal, "journal_engine", lambda _path: _shared_engine()):
            yield
    finally:
        event.remove(Engine, "do_connect", connect)


@cache
def _shared_engine() -> Engine:
    return journal_engine(Path(_ANY_JOURNAL))


def _open(disk: Disk, path: str, settings: Mapping[str, Any]) -> sqlite3.Connection:
    disk.opening()
    connection = sqlite3.connect(path, **{**settings, "factory": _Connection})
    assert isinstance(connection, _Connection)
    connection.disk = disk
    return connection
