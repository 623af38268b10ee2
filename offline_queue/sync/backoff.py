"""How long to wait before trying again: exponential with full jitter and a cap.

Full jitter (uniform between zero and a ceiling that doubles) spreads a fleet that lost its backend
at the same instant. Seconds throughout. It holds no clock and draws only from the generator given.
"""

from dataclasses import dataclass
from random import Random

from terminal_api import MAX_BATCH

_LARGEST_EXPONENT = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncPolicy:
    """Pace of the sync client.

    The ceiling of the wait after the n-th failure in a row is `base_s * 2**(n-1)`, at most
    `cap_s`. A server's `Retry-After` is honoured up to `retry_after_cap_s`: nobody on the wire may
    silence a terminal for ever. `poll_every_s` is the least time between two questions about later
    statuses. A batch that failed `split_after` times is cut in halves, so that one payment which
    the backend stumbles over does not hold the others. Small batches that wait are sent together,
    up to `together` payments.
    """

    base_s: float = 1.0
    cap_s: float = 60.0
    retry_after_cap_s: float = 3600.0
    poll_every_s: float = 5.0
    split_after: int = 3
    together: int = 100

    def __post_init__(self) -> None:
        if not 0 < self.base_s <= self.cap_s:
            raise ValueError("base_s must be above zero and not above cap_s")
        if self.retry_after_cap_s < 0 or self.poll_every_s < 0 or self.split_after < 1:
            raise ValueError("retry_after_cap_s and poll_every_s from 0, split_after from 1")
        if not 0 <= self.together <= MAX_BATCH:
            raise ValueError(f"together must be from 0 to {MAX_BATCH}")

    def delay(self, failures: int, rng: Random) -> float:
        """Seconds to wait after this many failures in a row (1 = the first)."""
        ceiling = self.base_s * 2.0 ** min(failures - 1, _LARGEST_EXPONENT)
        return rng.uniform(0.0, min(self.cap_s, ceiling))
