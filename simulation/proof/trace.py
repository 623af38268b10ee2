"""The history of a run: one line for everything that happened, with its simulated second.

Writing it costs time, so a run that nobody reads keeps none; whoever wants it plays the run again.
"""

from kiosk.clock import Clock
from simulation.proof.clock import START_S


class Trace:
    """Lines in order; equal runs give equal lines.

    Args:
        wanted: False for a run whose history nobody will read. Who would have to compute a line
            asks for it first.
    """

    def __init__(self, clock: Clock, *, wanted: bool) -> None:
        self._clock = clock
        self.wanted = wanted
        self.lines: list[str] = []

    def note(self, who: str, what: str) -> None:
        """Write one line."""
        if self.wanted:
            self.lines.append(f"{self._clock.monotonic() - START_S:9.3f} {who:<9} {what}")
