"""The history of a run: one line for everything that happened, with its simulated second.

Writing it costs time, so a run that nobody reads keeps none; whoever wants it plays the run again.
"""

from pathlib import Path

from kiosk.clock import Clock
from simulation.proof.clock import START_S


class Trace:
    """Lines in order; equal runs give equal lines.

    Args:
        folder: where the run's files are; its name is another one each time, so no line has it.
        wanted: False for a run whose history nobody will read. Who would have to compute a line
            asks for it first.
    """

    def __init__(self, clock: Clock, folder: Path, *, wanted: bool) -> None:
        self._clock = clock
        self._folder = str(folder)
        self.wanted = wanted
        self.lines: list[str] = []

    def note(self, who: str, what: str) -> None:
        """Write one line."""
        if self.wanted:
            at_s = self._clock.monotonic() - START_S
            self.lines.append(f"{at_s:9.3f} {who:<9} {self.repeatable(what)}")

    def repeatable(self, text: str) -> str:
        """The text, the same each time the run is played."""
        return text.replace(self._folder, "FOLDER")
