"""One terminal per journal: a second program on the same journal is refused, and told which process
has it.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO


class AlreadyRunningError(Exception):
    """Another process holds the journal; `holder` is its number, None where it did not say."""

    def __init__(self, path: Path, holder: int | None = None) -> None:
        named = "" if holder is None else f" (process {holder})"
        super().__init__(f"another terminal already runs on {path}{named}; stop it first")
        self.holder = holder


@contextmanager
def only_one(journal: Path) -> Iterator[None]:
    """Hold the lock beside the journal; the kernel drops it when the process ends, however it ends.

    Raises:
        AlreadyRunningError: another process holds it.
        OSError: the lock file cannot be made.
    """
    # Not "w": whoever only tries must not wipe out who it is that holds it.
    with _lock_of(journal).open("a+", encoding="ascii") as handle:
        if not _locked(handle):
            raise AlreadyRunningError(journal, _holder(handle))
        _sign(handle)
        yield


def is_held(journal: Path) -> bool:
    """True while some process holds the lock; makes no file."""
    try:
        with _lock_of(journal).open("r", encoding="ascii") as handle:
            return not _locked(handle)
    except OSError:
        return False


def _lock_of(journal: Path) -> Path:
    return journal.with_name(journal.name + ".lock")


def _locked(handle: TextIO) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _sign(handle: TextIO) -> None:
    """On a full disk the lock holds all the same, only without a name."""
    with suppress(OSError):
        handle.truncate(0)
        handle.write(f"{os.getpid()}\n")
        handle.flush()


def _holder(handle: TextIO) -> int | None:
    try:
        handle.seek(0)
        return int(handle.readline())
    except (OSError, ValueError):
        return None
