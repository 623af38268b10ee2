"""Holds the wall clock against the monotonic one and puts a jump on record.

Only tells: nothing in the terminal is decided by the wall clock (see `clock_watch`). It must never
correct a clock nor a time that is already recorded.
"""

import structlog

from kiosk.clock import Clock
from kiosk.terminal.books import Books
from kiosk.terminal.clock_watch import ClockWatch
from offline_queue.journal.cash_records import ClockJumped

_log = structlog.get_logger(__name__)


class ClockKeeper:
    """Looks at both clocks.

    Args:
        threshold_s: so far the wall clock must go another way to have jumped.
    """

    def __init__(self, books: Books, clock: Clock, *, threshold_s: float) -> None:
        self._books = books
        self._clock = clock
        self._threshold_s = threshold_s
        self._seen = self._now()

    def start(self) -> None:
        """Begin anew from what the clocks show now."""
        self._seen = self._now()

    def look(self) -> None:
        """Record a jump since the last look, and tell of it. Raises JournalError; then the next look
        sees it again.
        """
        now = self._now()
        jump = self._seen.jump(now, self._threshold_s)
        self._books.write([] if jump is None else [jump])
        tell_of(jump)
        self._seen = now

    def _now(self) -> ClockWatch:
        return ClockWatch(monotonic=self._clock.monotonic(), wall=self._clock.now())


def tell_of(jump: ClockJumped | None) -> None:
    """Alarm ops of a jump that is recorded."""
    if jump is not None:
        _log.error("clock_jump", alarm="clock jump", difference_ms=jump.difference_ms)
