"""Time as a thing that is handed in: the terminal never asks the system for it.

Two readings that must not be mixed: monotonic seconds measure patience and never jump, wall-clock
time is written down for people and may jump either way.
"""

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Where the terminal gets time from."""

    def monotonic(self) -> float:
        """Seconds from an arbitrary point; never goes back."""

    def now(self) -> datetime:
        """Wall-clock time, zone-aware, in UTC."""


class SystemClock:
    """The machine's own clocks."""

    def monotonic(self) -> float:
        """See `Clock`."""
        return time.monotonic()

    def now(self) -> datetime:
        """See `Clock`."""
        return datetime.now(UTC)
