"""The backend's engines, one pair a process: a fresh engine compiles every statement anew, and a run
needs three of them. What they open is the present run's file, and connections, with what is set on
them and checked, are made each time by the wallet's own code. It must never leave a connection of one
run to the next.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

from sqlalchemy import Engine, event

from simulation.proof.blank import blank_wallet
from wallet.storage import sqlite as files

_ANY_WALLET: Final = Path("/nowhere/the wallet of whichever run it is")
"""No file: every connection to it is opened at the file of the run."""


@contextmanager
def engines_for_all_runs(path: Path) -> Iterator[None]:
    """While this holds, the wallet's engines are the process's own and open the file at `path`."""

    def connect(
        _dialect: object, _record: object, args: list[Any], settings: dict[str, Any]
    ) -> sqlite3.Connection | None:
        return sqlite3.connect(path, **settings) if args == [str(_ANY_WALLET)] else None

    blank_wallet()  # made by an engine of its own, once a process
    open_read_only = files._connect_read_only  # noqa: SLF001 - the place where a reader opens its file
    reader, writer = _reader(), _writer()
    event.listen(Engine, "do_connect", connect)
    try:
        with (
            patch.object(files, "_connect_read_only", lambda _path: open_read_only(path)),
            patch.object(files, "reading_engine", lambda _path: reader),
            patch.object(files, "writing_engine", lambda _path: writer),
        ):
            yield
    finally:
        reader.dispose()
        writer.dispose()
        event.remove(Engine, "do_connect", connect)


@cache
def _writer() -> Engine:
    return files.writing_engine(_ANY_WALLET)


@cache
def _reader() -> Engine:
    # Made for a file that is there, as it must be; what is opened is said by `engines_for_all_runs`.
    return files.reading_engine(Path(__file__))
