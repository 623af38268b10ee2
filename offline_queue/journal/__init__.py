"""The journal: append-only typed records, hash-chained and keyed, on SQLite in WAL with full sync.

`Journal` is the only writer. Everything the terminal must remember is a record first; tables such as
payments and cash are projections that can be rebuilt from the records at any time.
"""

from offline_queue.journal.chain import GENESIS, ChainKey
from offline_queue.journal.errors import (
    JournalDamagedError,
    JournalError,
    JournalUnavailableError,
    JournalWriteError,
)
from offline_queue.journal.journal import Journal

__all__ = [
    "GENESIS",
    "ChainKey",
    "Journal",
    "JournalDamagedError",
    "JournalError",
    "JournalUnavailableError",
    "JournalWriteError",
]
