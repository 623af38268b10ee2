"""Whether every index of the projections holds what its table holds.

Questions are answered through indexes: one that lost an entry hides a payment, though the payment
stands in its table. Comparing tables does not see that, and neither does SQLite's quick check. It
only looks; `Journal.put_right` makes indexes anew.
"""

import sqlite3
from collections.abc import Iterator

from offline_queue.journal import schema

INDEXES = "indexes"
"""What is told of, beside names of projections, when an index was not what it should be."""


def index_faults(driver: sqlite3.Connection) -> Iterator[str]:
    """After each table: what SQLite finds wrong with it and its indexes, or nothing.

    One table at a time, as its cost grows with the table. Raises sqlite3.Error.
    """
    for table in schema.PROJECTIONS:
        (found,) = driver.execute(f"PRAGMA integrity_check({table.name})").fetchone()
        yield "" if found == "ok" else str(found)
