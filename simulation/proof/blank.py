"""Empty databases as the real code makes them, made once a process and copied for each run."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from offline_queue.journal import ChainKey, Journal
from wallet.storage.database import checkpoint, open_for_writing

KEY: Final = ChainKey(bytes(range(32)))
"""The terminal's secret in every run."""


@cache
def blank_wallet() -> bytes:
    """The backend's file before its first payment."""
    return _made(_make_wallet)


@cache
def blank_journal() -> bytes:
    """The terminal's journal before its first record."""
    return _made(_make_journal)


def _made(make: Callable[[Path], None]) -> bytes:
    with TemporaryDirectory(prefix="kiosk-simulate-") as folder:
        path = Path(folder) / "blank.db"
        make(path)
        return path.read_bytes()


def _make_wallet(path: Path) -> None:
    engine = open_for_writing(path)
    checkpoint(engine)
    engine.dispose()


def _make_journal(path: Path) -> None:
    Journal(path, KEY).close()
