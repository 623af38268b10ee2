"""Keeps a validator's bill table between two lives of the terminal.

A validator that holds a note tells its table to nobody, so a terminal that was killed while a note
was being stacked needs the table of its earlier life to name the note. Losing this file never loses
money: a note that cannot be named becomes a dispute. So it must never keep the validator out of
service: what cannot be read or written is logged, no more. It makes no folder: one that is missing
may be a disk that is not there yet.
"""

import contextlib
import os
from pathlib import Path

import structlog

_log = structlog.get_logger(__name__)


class TableMemory:
    """One file; `read` and `write` fit `known_table` and `remember_table` of `CcnetHost`."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> bytes | None:
        """The table as last written, None where there is none that can be read."""
        try:
            return self._path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            _warn("bill_table_not_read", error)
            return None

    def write(self, table: bytes) -> None:
        """Replace the file in one step, or log why that could not be."""
        try:
            self._replace(table)
        except OSError as error:
            _warn("bill_table_not_kept", error)

    def _replace(self, table: bytes) -> None:
        beside = self._path.with_suffix(".new")
        with beside.open("wb") as file:
            file.write(table)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self._path)
        _sync_folder(self._path.parent)


def _sync_folder(folder: Path) -> None:
    """Make a new name in a folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _warn(event: str, error: OSError) -> None:
    # A full disk fails the table and the log alike.
    with contextlib.suppress(Exception):
        _log.warning(event, error=str(error))
