"""How long to wait for something on a machine that may be busy with other work.

What changes is waited for, however long it takes; what stands still is given up after a while.
"""


class Patience:
    """Is over when nothing has changed for `limit_s`, and after `at_most_s` whatever changes."""

    def __init__(self, limit_s: float, *, at_most_s: float, now: float) -> None:
        self._limit_s = limit_s
        self._end = now + at_most_s
        self._seen: object = None
        self._since = now

    def is_over(self, seen: object, now: float) -> bool:
        """Whether what is `seen` now (monotonic seconds) has been the same for too long."""
        if seen != self._seen:
            self._seen, self._since = seen, now
        return now - self._since >= self._limit_s or now >= self._end
