"""The history of a run: one line for everything that happened, with its simulated second."""

from kiosk.clock import Clock
from simulation.proof.clock import START_S


class Trace:
    """Lines in order; equal runs give equal lines."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.lines: list[str] = []

    def note(self, who: str, what: str) -> None:
        """Write one line."""
        self.lines.append(f"{self._clock.monotonic() - START_S:9.3f} {who:<9} {what}")
