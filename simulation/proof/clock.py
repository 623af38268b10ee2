"""The simulated clocks: one that only goes forward, one on the wall that may jump.

Nothing in a run reads the machine's own time; whoever moves this clock is the world's loop alone.
"""

from datetime import UTC, datetime, timedelta
from typing import Final

START: Final = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
START_S: Final = 1000.0


class VirtualClock:
    """Implements `kiosk.clock.Clock`."""

    def __init__(self) -> None:
        self._seconds = START_S
        self._jumped = timedelta()

    def monotonic(self) -> float:
        """Simulated seconds; never goes back."""
        return self._seconds

    def now(self) -> datetime:
        """The wall clock as the terminal believes it to be."""
        return START + timedelta(seconds=self._seconds - START_S) + self._jumped

    def true_now(self) -> datetime:
        """The wall clock of a machine whose clock is right: the backend's."""
        return START + timedelta(seconds=self._seconds - START_S)

    def move_to(self, seconds: float) -> None:
        """Let time pass up to this moment; a moment of the past changes nothing."""
        self._seconds = max(self._seconds, seconds)

    def jump(self, seconds: float) -> None:
        """Set the wall clock forward or back: a dead battery, a time server."""
        self._jumped += timedelta(seconds=seconds)
