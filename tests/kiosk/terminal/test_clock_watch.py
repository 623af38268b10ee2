"""The wall clock against the monotonic one, as values."""

from datetime import UTC, datetime, timedelta

import pytest

from kiosk.terminal.clock_watch import ClockWatch, jump_before_start
from offline_queue.journal.cash_records import JumpSeen

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("went", "jumps"),
    [(0.0, False), (59.9, False), (-59.9, False), (60.0, True), (-60.0, True), (-1.8e9, True)],
)
def test_a_difference_from_the_threshold_on_is_a_jump(went, jumps):
    before = ClockWatch(monotonic=5.0, wall=NOON)
    now = ClockWatch(monotonic=15.0, wall=NOON + timedelta(seconds=10 + went))
    jump = before.jump(now, 60.0)
    assert (jump is not None) is jumps
    if jump is not None:
        assert jump.difference_ms == round(went * 1000)
        assert jump.should_be == "2026-11-22T12:00:10.000+00:00"
        assert jump.became == now.wall.isoformat(timespec="milliseconds")


@pytest.mark.parametrize(
    ("last", "jumps"),
    [
        ("", False),
        ("2026-11-22T11:59:59.000+00:00", False),
        ("2026-11-22T12:00:01.000+00:00", False),
        ("2026-11-22T12:00:01.001+00:00", True),
        ("2036-01-01T00:00:00.000+00:00", True),
        ("1970-01-01T00:00:00.000+00:00", False),
    ],
)
def test_a_clock_that_stands_before_the_last_record_has_lost_its_time(last, jumps):
    jump = jump_before_start(last, NOON)
    assert (jump is not None) is jumps
    if jump is not None:
        assert (jump.seen, jump.should_be) == (JumpSeen.START, last)
        assert jump.difference_ms < 0
