"""What the machine believes about the way to the backend: up or down, and when to try next.

It must never hold a payment; trouble here decides nothing about money.
"""

import math
from random import Random

from offline_queue.sync.backoff import SyncPolicy
from offline_queue.sync.messages import LinkChanged


class Line:
    """Back-off and state of the line. Times are monotonic seconds."""

    def __init__(self, policy: SyncPolicy, rng: Random) -> None:
        self._policy = policy
        self._rng = rng
        self._failures = 0
        self._not_before = -math.inf
        self._held_until = -math.inf
        self.online: bool | None = None

    @property
    def opens_at(self) -> float:
        """No request before this second."""
        return max(self._not_before, self._held_until)

    def good(self) -> tuple[LinkChanged, ...]:
        """The backend itself answered."""
        self._failures = 0
        self._not_before = self._held_until = -math.inf
        return self._now(online=True, why="")

    def bad(self, why: str, now: float, retry_after_s: float | None) -> tuple[LinkChanged, ...]:
        """Nothing usable came; `retry_after_s` is what the server asked for, if it did."""
        self._failures += 1
        self._not_before = now + self._policy.delay(self._failures, self._rng)
        if retry_after_s is not None:
            held = min(max(retry_after_s, 0.0), self._policy.retry_after_cap_s)
            # The jitter keeps a fleet that was told the same second from coming back in it.
            self._held_until = now + held + self._rng.uniform(0.0, self._policy.base_s)
        return self._now(online=False, why=why)

    def returned(self, now: float) -> None:
        """Try at once; a wait that the server asked for stands."""
        self._not_before = now

    def _now(self, *, online: bool, why: str) -> tuple[LinkChanged, ...]:
        if self.online is online:
            return ()
        self.online = online
        return (LinkChanged(online=online, why=why),)
