"""Hears what happens at the terminal by its snapshots, and asks for the sound that belongs to it.

It is told every snapshot in the terminal's thread and must return at once: the work is another
thread's.
"""

from collections.abc import Callable

from kiosk.terminal.snapshot import Snapshot
from ui.sounds.sound import Sound, due


class SoundListener:
    """Compares each snapshot with the one before."""

    def __init__(self, want: Callable[[Sound], None]) -> None:
        self._want = want
        self._before: Snapshot | None = None

    def hear(self, snapshot: Snapshot) -> None:
        """Take the newest snapshot; the first one is the picture of a start and makes no sound."""
        before, self._before = self._before, snapshot
        sound = due(before, snapshot) if before is not None else None
        if sound is not None:
            self._want(sound)
