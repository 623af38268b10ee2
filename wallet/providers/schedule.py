"""When a payout is tried again, and for how long (facts sheet wallet_network §1.5). Pure.

After 24 hours nothing is decided: the payout goes to people, because the cash is in the box.
"""

from datetime import datetime, timedelta
from typing import Final

_DELAYS_S: Final = (10, 30, 60, 120, 300, 600, 1800)
_HOURLY_S: Final = 3600
PATIENCE: Final = timedelta(hours=24)


def next_try(now: datetime, tries: int) -> datetime:
    """When to try again after the `tries`-th try (from 1) has ended without a final answer.

    Raises:
        ValueError: nothing was tried yet.
    """
    if tries < 1:
        raise ValueError("the schedule begins after the first try")
    delay = _DELAYS_S[tries - 1] if tries <= len(_DELAYS_S) else _HOURLY_S
    return now + timedelta(seconds=delay)


def is_over(now: datetime, since: datetime) -> bool:
    """True when a payout that was queued at `since` is to be looked at by people."""
    return now - since >= PATIENCE
