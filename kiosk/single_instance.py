"""One terminal per journal: a second program on the same journal is refused."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class AlreadyRunningError(Exception):
    """Another process holds the journal."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"another terminal already runs on {path}; stop it first")


@contextmanager
def only_one(journal: Path) -> Iterator[None]:
    """Hold the lock beside the journal; the kernel drops it when the process ends, however it ends.

    Raises:
        AlreadyRunningError: another process holds it.
        OSError: the lock file cannot be made.
    """
    lock = journal.with_name(journal.name + ".lock")
    with lock.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise AlreadyRunningError(journal) from error
        yield
