"""How often a terminal may ask: a bucket of permits that fills at a steady rate, for each terminal.

Only requests with a good signature take from it, so that nobody can use up another's permits; there
are never more buckets than terminals. Seconds throughout, by a clock that is given.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """`per_s` permits a second, and at most `burst` saved."""

    per_s: float = 20.0
    burst: int = 100

    def __post_init__(self) -> None:
        if self.per_s <= 0 or self.burst < 1:
            raise ValueError("per_s must be above 0, burst at least 1")


class RateLimits:
    """Buckets by terminal. Thread-safe, and quick enough for any thread.

    Args:
        rate: the same for every terminal.
        clock: monotonic seconds.
    """

    def __init__(self, rate: Rate, clock: Callable[[], float]) -> None:
        self._rate = rate
        self._clock = clock
        self._buckets: dict[str, tuple[float, float]] = {}
        self._lock = threading.Lock()

    def wait_s(self, terminal_id: str) -> float:
        """Take a permit: 0.0, or the seconds until there is one (then none was taken)."""
        now = self._clock()
        with self._lock:
            left, at = self._buckets.get(terminal_id, (float(self._rate.burst), now))
            left = min(float(self._rate.burst), left + (now - at) * self._rate.per_s)
            taken = left >= 1.0
            self._buckets[terminal_id] = (left - 1.0 if taken else left, now)
        return 0.0 if taken else (1.0 - left) / self._rate.per_s

    def give_back(self, terminal_id: str) -> None:
        """The permit that was taken last is not to count."""
        with self._lock:
            if terminal_id in self._buckets:
                left, at = self._buckets[terminal_id]
                self._buckets[terminal_id] = (min(float(self._rate.burst), left + 1.0), at)
