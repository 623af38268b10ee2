"""How far back records lie, by time that the terminal has lived through.

A wall clock that jumps forward makes everything old at once. So age is summed up from one record to
the next: a step back counts for nothing, neither does one that is on record as a jump of the clock,
and no silence counts for more than a day. Such an age is never more than the true one by much, and a
terminal that was switched off for long is merely younger than it is.
"""

import sqlite3
from datetime import datetime, timedelta

from offline_queue.journal.replay import ChainBrokenError

RECORDS_A_STEP = 1000
LONGEST_STEP = timedelta(days=1)

_JUMP = '{"kind":"clock_jumped"'
_NONE = timedelta(0)


def time_of(seq: int, stored: object) -> datetime:
    """The wall clock of a record as it is stored.

    Raises:
        ChainBrokenError: no time was ever written so.
    """
    try:
        time = datetime.fromisoformat(str(stored))
    except ValueError as error:
        raise ChainBrokenError(seq, "its time is no time") from error
    if time.tzinfo is None:
        raise ChainBrokenError(seq, "its time has no zone")
    return time


class LivedBack:
    """Walks back from the end until so much time has passed.

    Attributes:
        place: the last place that lies so far back; 0 when none does. Known once `step` said True.
    """

    def __init__(self, keep: timedelta, now: datetime, end: int) -> None:
        self._missing = keep
        self._later = now
        self._is_jump = False
        self._before = end + 1
        self.place = 0

    def step(self, driver: sqlite3.Connection) -> bool:
        """Go on a little; True at the end. Raises sqlite3.Error, ChainBrokenError."""
        query = """SELECT seq, at, substr(body, 1, ?) FROM record WHERE seq < ?
            ORDER BY seq DESC LIMIT ?"""
        rows = driver.execute(query, (len(_JUMP), self._before, RECORDS_A_STEP)).fetchall()
        for seq, at, kind in rows:
            time = time_of(seq, at)
            if not self._is_jump:
                self._missing -= min(max(self._later - time, _NONE), LONGEST_STEP)
            if self._missing <= _NONE:
                self.place = seq
                return True
            self._later, self._is_jump, self._before = time, kind == _JUMP, seq
        return not rows
