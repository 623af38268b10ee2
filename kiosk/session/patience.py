"""How long a screen stays by itself, and when it begins to say so.

Pure values in monotonic seconds. A question before the end leaves time to answer it: at least half of
the whole wait, and twenty seconds where the wait is long enough (WCAG 2.2, facts sheet ui D.1).
"""

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """A wait that ends at `until`; the seconds left are shown from `shown_from` on."""

    until: float
    shown_from: float

    def seconds_left(self, now: float) -> int | None:
        """Whole seconds to be shown now; None while the end is far."""
        return None if now < self.shown_from else max(0, math.ceil(self.until - now))

    def next_look(self, now: float) -> float:
        """When the seconds to be shown change next; the end itself once nothing is left to show."""
        left = self.seconds_left(now)
        if left is None:
            return self.shown_from
        return min(self.until, self.until - left + 1)


def waiting(until: float, *, whole_s: float, last_s: float) -> Patience:
    """A wait of `whole_s` seconds that ends at `until` and shows its last `last_s`, or its second
    half where it is shorter than twice that.
    """
    return Patience(until=until, shown_from=until - min(last_s, whole_s / 2))
