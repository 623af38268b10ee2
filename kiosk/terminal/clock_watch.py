"""Notices when the wall clock goes another way than time did: a dead battery, a time server, a hand.

Pure. Nothing in the terminal is decided by the wall clock (order comes from the journal's sequence,
patience from the monotonic clock), so a jump changes no payment and no session; it is put on record,
because the times on slips and records around it are not to be trusted, and told to ops. Daylight
saving is no jump: wall times are UTC, and only what people read is in local time.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from offline_queue.journal.cash_records import ClockJumped, JumpSeen

START_TOLERANCE = timedelta(seconds=1)
"""Stored times are cut to milliseconds, and a time server may shift a little between two lives."""


@dataclass(frozen=True, slots=True)
class ClockWatch:
    """Both clocks as they were looked at last: monotonic seconds and the wall clock in UTC."""

    monotonic: float
    wall: datetime

    def jump(self, now: "ClockWatch", threshold_s: float) -> ClockJumped | None:
        """What to record when the wall clock has gone at least `threshold_s` another way."""
        should_be = self.wall + timedelta(seconds=now.monotonic - self.monotonic)
        difference = now.wall - should_be
        if abs(difference) < timedelta(seconds=threshold_s):
            return None
        return _jumped(JumpSeen.RUNNING, should_be, now.wall)


def jump_before_start(last_written: str, wall: datetime) -> ClockJumped | None:
    """What to record at a start: a clock that stands before the last record has lost its time.

    How long the terminal was off nobody knows, so a jump forward cannot be seen here.

    Args:
        last_written: the wall clock of the last record as the journal keeps it; empty without any.
        wall: the wall clock now, zone-aware.
    """
    if not last_written:
        return None
    last = datetime.fromisoformat(last_written)
    return _jumped(JumpSeen.START, last, wall) if wall < last - START_TOLERANCE else None


def _jumped(seen: JumpSeen, should_be: datetime, became: datetime) -> ClockJumped:
    return ClockJumped(
        seen=seen,
        should_be=should_be.isoformat(timespec="milliseconds"),
        became=became.isoformat(timespec="milliseconds"),
        difference_ms=(became - should_be) // timedelta(milliseconds=1),
    )
