"""Leaps over polls that cannot bring anything new, without changing what comes of them.

A machine at rest, whose host has nothing open and has for a while said nothing but its poll at
every beat, says the same until somebody touches it or gives an order: until then the host's own
clock stands still, by whole beats, so that no patience of the host is tried and the next poll falls
on the beat on which it would have fallen. It must never leap while the line is noisy or the machine
has words to lose, nor while the two are about anything else than polls.
"""

import math
from typing import Final

from simulation.acceptor.machine import Machine

ROUTINE_S: Final = 0.150
"""Less between two answers is a conversation."""
SURE_AFTER: Final = 3
"""Routine answers in a row, before anything is leapt over."""


class Sleep:
    """When the host half of one life is awake. Times in simulated seconds."""

    def __init__(self, *, leaps: bool) -> None:
        self._leaps = leaps
        self._alike = 0
        self._shown = ""
        self._heard_at = 0.0
        self._beat_s = 0.0
        """The host's own pace: between the last two answers."""
        self._way_s = 0.0
        """From a poll to its answer."""
        self._asleep = False
        self.behind = 0.0
        """How far the host's clock is behind the world's."""

    def stir(self) -> None:
        """Something was said or done: nothing is leapt over for a while."""
        self._alike = 0

    def wake(self, now: float) -> None:
        """Go on as if the last answer had been heard within the last beat. A poll that would be on
        its way just now counts as answered: it was asked before whatever happens now.
        """
        self._alike = 0
        if self._asleep:
            beats = math.floor((now - self._heard_at + self._way_s) / self._beat_s)
            self.behind += beats * self._beat_s
        self._asleep = False

    def due(self, due: float | None) -> float | None:
        """When the host is to be let do something, where it wants to at `due`."""
        return None if self._asleep else due

    def look(
        self, machine: Machine, now: float, asked_at: float, *, open_note: bool, noisy: bool
    ) -> None:
        """The host has heard an answer: is there anything to stay awake for?"""
        shown, pause_s = machine.shown, now - self._heard_at
        self._heard_at, self._beat_s, self._way_s = now, pause_s, now - asked_at
        if shown != self._shown or noisy or not machine.trouble.is_calm:
            self._shown, self._alike = shown, 0
            return
        self._alike = self._alike + 1 if pause_s >= ROUTINE_S else 0
        rests = machine.body.is_at_rest and machine.next_deadline() is None
        self._asleep = self._leaps and rests and not open_note and self._alike > SURE_AFTER
