"""Leaps over polls that cannot bring anything new, without changing what comes of them.

A machine at rest, whose host has heard so and has nothing open, says the same at every beat until
somebody touches it: then the host's own clock stands still meanwhile, by whole beats, so that no
patience of the host is tried and the next poll falls on the beat on which it would have fallen. While
something moves by itself the host sleeps until it has come to an end, never so long that it takes its
device for dead. It must never leap while the line is noisy or the machine has words to lose.
"""

import math
from typing import Final

from simulation.acceptor.machine import Machine

BEAT_S: Final = 0.200
LONGEST_NAP_BEATS: Final = 19
"""Less than the silence after which a host takes its device for dead (5 s)."""
SURE_AFTER: Final = 1
"""Answers of one kind after the first, before anything is leapt over."""


class Sleep:
    """When the host half of one life is awake. Times in simulated seconds."""

    def __init__(self, *, leaps: bool) -> None:
        self._leaps = leaps
        self._alike = 0
        self._shown = ""
        self._until: float | None = None
        self._deep = False
        self.behind = 0.0
        """How far the host's clock is behind the world's."""

    def stir(self) -> None:
        """Something was said or done: nothing is leapt over for a while."""
        self._alike = 0

    def wake(self, now: float, due: float | None) -> None:
        """Go on polling, on the same beat.

        Args:
            now: the world's clock.
            due: when the host wants to do something next, by the world's clock.
        """
        self._alike = 0
        if due is None or (self._until is None and not self._deep):
            return
        late = max(0, math.ceil((now - due) / BEAT_S)) * BEAT_S
        if self._deep:
            self.behind += late
            self._deep, self._until = False, None
        else:
            self._until = due + late

    def due(self, due: float | None) -> float | None:
        """When the host is to be let do something, where it wants to at `due`."""
        if due is None or self._deep:
            return None
        if self._until is None or due >= self._until:
            return due
        return self._until

    def look(self, machine: Machine, due: float | None, *, open_note: bool, noisy: bool) -> None:
        """The host has heard an answer: is there anything to stay awake for?"""
        shown = machine.shown
        if shown != self._shown or noisy or not machine.trouble.is_calm:
            self._shown, self._alike = shown, 0
            return
        self._alike += 1
        if due is None or self._alike <= SURE_AFTER or not self._leaps:
            return
        body = machine.body
        if body.is_moving:
            changes = machine.next_deadline()
            beats = LONGEST_NAP_BEATS if changes is None else math.ceil((changes - due) / BEAT_S)
            self._until = due + min(max(beats, 0), LONGEST_NAP_BEATS) * BEAT_S
        elif body.is_at_rest and not open_note:
            self._deep = True
