"""Keeps the acceptor's bill table from one life of the program to the next.

A device that holds a note does not tell its table, yet the note must be named before it may be
acknowledged. The file is written whole or not at all; a missing or unreadable one means that the
table is asked for when the device is at rest.
"""

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class TableMemory:
    """The table's file."""

    path: Path

    def load(self) -> bytes | None:
        """The table of an earlier life, if there is one."""
        with contextlib.suppress(OSError):
            return self.path.read_bytes()
        return None

    def save(self, table: bytes) -> None:
        """Keep this table; nothing is written when it is known already.

        Raises:
            OSError: the disk does not take it.
        """
        if table == self.load():
            return
        part = self.path.with_name(self.path.name + ".part")
        with part.open("wb") as handle:
            handle.write(table)
            handle.flush()
            os.fsync(handle.fileno())
        part.replace(self.path)
