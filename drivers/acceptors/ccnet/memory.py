"""Keeps a validator's bill table between two lives of the terminal.

A validator that holds a note tells its table to nobody, so a terminal that was killed while a note
was being stacked needs the table of its earlier life to name the note. Losing this file never loses
money: a note that cannot be named becomes a dispute. So it must never keep the validator out of
service: what cannot be read or written is logged, no more. It makes no folder: one that is missing
may be a disk that is not there yet.
"""

from pathlib import Path

from drivers.acceptors.kept_file import read_kept, replace_kept, warn


class TableMemory:
    """One file; `read` and `write` fit `known_table` and `remember_table` of `CcnetHost`."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> bytes | None:
        """The table as last written, None where there is none that can be read."""
        return read_kept(self._path, or_warn="bill_table_not_read")

    def write(self, table: bytes) -> None:
        """Replace the file in one step, or log why that could not be."""
        try:
            replace_kept(self._path, table)
        except OSError as error:
            warn("bill_table_not_kept", error)
