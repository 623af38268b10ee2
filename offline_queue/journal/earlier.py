"""A journal of an earlier version, as today's tools can read it: by an upgraded copy.

The file itself stays as it is: it may be the copy that was laid aside before an upgrade, or a journal
that was set aside. What its own version derived is not looked at, it is derived anew.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from offline_queue.journal import schema
from offline_queue.journal.chain import ChainKey
from offline_queue.journal.copies import copy_whole
from offline_queue.journal.engine import reading_driver
from offline_queue.journal.journal import Journal


@contextmanager
def as_of_today(path: Path, key: ChainKey) -> Iterator[Path]:
    """The journal at `path`, or a copy of it in today's form while this context lasts.

    Raises:
        sqlite3.Error, CopyFailedError, OSError: it cannot be read, or there is no room for a copy.
        JournalError: its records do not hold.
    """
    with closing(reading_driver(path)) as file, TemporaryDirectory() as folder:
        (version,) = file.execute("PRAGMA user_version").fetchone()
        if not 0 < version < schema.SCHEMA_VERSION:
            yield path
            return
        copy = Path(folder) / path.name
        copy_whole(file, copy)
        Journal(copy, key).close()
        yield copy
