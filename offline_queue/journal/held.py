"""What keeps the beginning of the journal from being pruned: for the alarm about it.

A parked payment or report holds everything after it until a person has dealt with it, and a box that
nobody collects holds its period. It only looks.
"""

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from offline_queue.journal.age import time_of
from offline_queue.journal.replay import ChainBrokenError


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldUp:
    """Records that should have gone.

    Attributes:
        oldest: the wall clock of the first record.
        payments: numbers of parked payments, the first few.
        notes: cycles of parked reports, the first few.
    """

    oldest: datetime
    payments: tuple[int, ...]
    notes: tuple[str, ...]


_FIRST = "SELECT seq, at FROM record ORDER BY seq LIMIT 1"
_PAYMENTS = "SELECT number FROM payment WHERE state = 'parked' ORDER BY number LIMIT 10"
_NOTES = "SELECT cycle FROM note_report WHERE state = 'parked' ORDER BY seq LIMIT 10"


def held_up(driver: sqlite3.Connection, before: datetime) -> HeldUp | None:
    """What is held up when the first record is from before that time; None when it is not. Raises
    sqlite3.Error.
    """
    try:
        oldest = time_of(*driver.execute(_FIRST).fetchone())
    except (ChainBrokenError, TypeError):
        return None  # Spoilt, as the check will say; or there is no record.
    if oldest >= before:
        return None
    return HeldUp(
        oldest=oldest,
        payments=tuple(row[0] for row in driver.execute(_PAYMENTS)),
        notes=tuple(row[0] for row in driver.execute(_NOTES)),
    )
