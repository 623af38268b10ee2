"""The journal and whatever is made of it hold accounts and phones: for their owner's eyes alone."""

import os
from contextlib import suppress
from pathlib import Path

OWNER_ONLY = 0o600


def make_private(path: Path) -> None:
    """Make this new, empty file. Raises OSError: also when it is there already."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY))


def take_from_others(path: Path) -> None:
    """Let nobody else read a database that is there, as an earlier version left it; a disk that knows
    no rights is no trouble.
    """
    for suffix in ("", "-wal", "-shm"):
        with suppress(OSError):
            path.with_name(path.name + suffix).chmod(OWNER_ONLY)
