"""The machine's clocks: one for people, one for patience."""

import time
from datetime import UTC, datetime, timedelta

from kiosk.clock import SystemClock


def test_wall_time_is_utc():
    now = SystemClock().now()
    assert now.tzinfo is UTC
    assert abs(datetime.now(UTC) - now) < timedelta(minutes=1)


def test_patience_is_measured_on_a_clock_that_cannot_jump(monkeypatch):
    monkeypatch.setattr(time, "time", lambda: 0.0)
    clock = SystemClock()
    readings = [clock.monotonic() for _ in range(100)]
    assert readings == sorted(readings)
