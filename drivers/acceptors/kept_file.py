"""A small file of a driver that outlives the process and a power cut, replaced in one step.

What is in it is the protocol's business. It must never leave half of the new content under the
file's name. Trouble is raised as `OSError`, but for reading and warning: a file that cannot be read
is a file that says nothing, and a warning that cannot be written is no trouble of its own.
"""

import contextlib
import os
from pathlib import Path

import structlog

_log = structlog.get_logger(__name__)


def read_kept(path: Path, *, or_warn: str) -> bytes | None:
    """What was written last, None where there is nothing that can be read.

    `or_warn` is the event that is logged where there is a file, but one that cannot be read.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        warn(or_warn, error)
        return None


def replace_kept(path: Path, data: bytes) -> None:
    """Put this in the place of what was written last, durably. Its folder must be there."""
    beside = path.with_suffix(".new")
    with beside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    _sync_folder(path.parent)


def remove_kept(path: Path) -> None:
    """Take it away, durably; well if it was not there."""
    try:
        path.unlink(missing_ok=True)
        _sync_folder(path.parent)
    except FileNotFoundError:
        return  # Not even the folder is there.


def warn(event: str, error: OSError) -> None:
    """Log trouble with such a file."""
    # A full disk fails the file and the log alike.
    with contextlib.suppress(Exception):
        _log.warning(event, error=str(error))


def _sync_folder(folder: Path) -> None:
    """Make a changed name in a folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
