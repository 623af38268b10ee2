"""What a life leaves in its folder for the next one, on an honest disk and on a lossy one.

A killed process leaves all that it has written, for the kernel has it. When the power goes a lossy
disk keeps what was synced, and of the rest whatever it likes; the effect that was on its way may
have got to any point. It must never take away what was synced.
"""

import shutil
from contextlib import ExitStack
from pathlib import Path
from random import Random
from typing import Protocol

from simulation.power_cut.lossy_disk import Everything, Fate, NothingMore, Torn
from simulation.power_cut.recording import Tape, recorded
from simulation.proof.gate import Cut
from simulation.proof.trace import Trace


class Remains(Protocol):
    """Carries files from one life's folder to the next one's."""

    def watch(self, folder: Path) -> None:
        """A life begins with the files in this folder."""
        ...

    def effect_is_done(self) -> None:
        """What was done to the disk so far has been answered for."""
        ...

    def leave(self, old: Path, new: Path, cut: Cut) -> None:
        """A life has ended in `old`; fill the empty folder `new` and watch it from now on."""
        ...

    def close(self) -> None:
        """Watch no longer."""
        ...


class HonestRemains:
    """All that was written is there, synced or not."""

    def watch(self, folder: Path) -> None:
        """See `Remains`."""

    def effect_is_done(self) -> None:
        """See `Remains`."""

    def leave(self, old: Path, new: Path, cut: Cut) -> None:
        """See `Remains`."""
        del cut
        _copy(old, new)

    def close(self) -> None:
        """See `Remains`."""


class LossyRemains:
    """Knows every write of the life, and which of them was synced.

    Raises:
        NoSqliteLibraryError: (watch) Python's SQLite is out of reach.
    """

    def __init__(self, chance: Random, trace: Trace) -> None:
        self._chance = chance
        self._trace = trace
        self._recording = ExitStack()
        self._tape: Tape | None = None
        self._done = 0

    def watch(self, folder: Path) -> None:
        """See `Remains`."""
        self._watch(folder, None)

    def effect_is_done(self) -> None:
        """See `Remains`."""
        assert self._tape is not None
        self._done = len(self._tape.operations)

    def leave(self, old: Path, new: Path, cut: Cut) -> None:
        """See `Remains`."""
        self._recording.close()
        assert self._tape is not None
        if cut is Cut.TERMINAL:
            _copy(old, new)
            # What was not synced is still at stake when the power goes in the next life.
            self._watch(new, self._tape)
            return
        operations = self._chance.randint(self._done, len(self._tape.operations))
        fate = self._fate()
        lacking = len(self._tape.operations) - operations
        self._trace.note("disk", f"{type(fate).__name__}, {lacking} operations earlier")
        for name, content in self._tape.disk(operations).left(fate).items():
            (new / name).write_bytes(content)
        self._watch(new, None)

    def close(self) -> None:
        """See `Remains`."""
        self._recording.close()

    def _watch(self, folder: Path, before: Tape | None) -> None:
        self._tape = self._recording.enter_context(recorded(folder, before))
        self._done = len(self._tape.operations)

    def _fate(self) -> Fate:
        drawn = self._chance.random()
        if drawn < 0.3:
            return NothingMore()
        return Everything() if drawn < 0.4 else Torn(self._chance)


def _copy(old: Path, new: Path) -> None:
    for name in ("journal.db", "journal.db-wal", "journal.db-journal"):
        if (old / name).exists():
            shutil.copyfile(old / name, new / name)
