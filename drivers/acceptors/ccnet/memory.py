"""Keeps a validator's bill table between two lives of the terminal.

A validator that holds a note tells its table to nobody, so a terminal that was killed while a note
was being stacked needs the table of its earlier life to name the note. Losing this file never loses
money: a note that cannot be named becomes a dispute.
"""

import os
from pathlib import Path


class TableMemory:
    """One file; `read` and `write` fit `known_table` and `remember_table` of `CcnetHost`."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> bytes | None:
        """The table as last written, None where there is none."""
        try:
            return self._path.read_bytes()
        except FileNotFoundError:
            return None

    def write(self, table: bytes) -> None:
        """Replace the file in one step. Raises OSError."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        beside = self._path.with_suffix(".new")
        with beside.open("wb") as file:
            file.write(table)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self._path)
