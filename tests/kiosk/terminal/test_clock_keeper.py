"""A jump of the wall clock is recorded once, and not lost with a write that failed."""

from datetime import UTC, datetime, timedelta

import pytest

from kiosk.terminal.clock_keeper import ClockKeeper
from offline_queue.journal import JournalWriteError


class Clock:
    def __init__(self):
        self.wall = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)

    def monotonic(self):
        return 5.0

    def now(self):
        return self.wall


class Books:
    def __init__(self):
        self.broken = False
        self.records = []

    def write(self, records):
        if self.broken:
            raise JournalWriteError("database or disk is full")
        self.records.extend(records)


def test_a_jump_is_recorded_once_also_when_the_first_try_fails():
    clock, books = Clock(), Books()
    keeper = ClockKeeper(books, clock, threshold_s=60.0)
    keeper.look()
    clock.wall += timedelta(hours=1)
    books.broken = True
    with pytest.raises(JournalWriteError):
        keeper.look()
    books.broken = False
    keeper.look()
    keeper.look()
    assert [jump.difference_ms for jump in books.records] == [3_600_000]
