"""Leaps over polls that cannot bring anything new, without changing what comes of them.

A machine that says the same at every beat goes on saying it until its phase ends, somebody touches
it or gives an order. Its host *sleeps* where nothing at all is open: its own clock stands still, by
whole beats, so that no patience of it is tried. It *dozes* where something is open: its clock goes
on, and it looks up when the machine moves on, and at every second since the machine began to say
this, for its patience is counted in seconds. Either way the next poll falls on the beat on which it
would have fallen. It must never leap while the line is noisy, while the machine has words to lose,
or while the end of a note or a decision about one is on its way.
"""

import math
from typing import Final

from drivers.acceptors.device_half.phases import MOVING, Phase
from simulation.acceptor.machine import Machine

ROUTINE_S: Final = 0.150
"""Less between two answers is a conversation."""
SURE_AFTER: Final = 3
"""Routine answers in a row, before the host sleeps."""
_STEADY: Final = MOVING | {
    Phase.REJECTING,
    Phase.PATH_JAMMED,
    Phase.STACKER_JAMMED,
    Phase.CASSETTE_OUT,
    Phase.CASSETTE_FULL,
    Phase.FAILED,
}
"""Phases in which polls and time alone decide nothing about a note sooner than a host's patience."""


class Sleep:
    """When the host half of one life is awake. Times in simulated seconds."""

    def __init__(self, *, leaps: bool) -> None:
        self._leaps = leaps
        self._alike = 0
        self._shown = ""
        self._shown_at = 0.0
        """When the host first heard what is shown now."""
        self._asked_at = 0.0
        self._heard_at = 0.0
        self._beat_s = 0.0
        """From one poll to the next, as the host means to go on."""
        self._asleep = False
        self._may_doze = False
        self._moves_at: float | None = None
        """When the machine's phase ends by itself."""
        self._dozes = False
        self._not_before = 0.0
        """A dozing host looks up on this beat."""
        self._lag_s = 0.0
        """A host that is roused from its doze stays on its beat, and catches up when that is over."""
        self._roused = False
        """It has heard its first answer since."""
        self._catches_up_at = math.inf
        self._slept_s = 0.0

    @property
    def behind(self) -> float:
        """How far the host's clock is behind the world's."""
        return self._slept_s + self._lag_s

    def moment(self, now: float) -> None:
        """The host is about to do something at `now`."""
        if now >= self._catches_up_at:
            self._lag_s, self._roused, self._catches_up_at = 0.0, False, math.inf

    def stir(self) -> None:
        """Something was said or done: nothing is leapt over for a while."""
        self._alike = 0

    def wake(self, now: float) -> None:
        """Go on as if the last answer had been heard within the last beat. A poll that would be on
        its way just now counts as answered: it was asked before whatever happens now.
        """
        self._alike = 0
        if self._asleep:
            self._slept_s += self._missed_s(now)
        elif self._dozes and self._not_before > now:
            self._lag_s = self._missed_s(now)
        self._asleep = self._dozes = self._may_doze = False

    def due(self, due: float | None) -> float | None:
        """When the host is to be let do something, where it wants to at `due` by its own clock."""
        if self._asleep or due is None:
            return None
        at = due + self.behind
        if at - self._asked_at >= ROUTINE_S:
            if self._roused:
                self._catches_up_at = at
            elif self._may_doze:
                self._doze(at)
        return max(at, self._not_before) if self._dozes else at

    def look(
        self,
        machine: Machine,
        now: float,
        asked_at: float,
        *,
        open_note: bool,
        noisy: bool,
    ) -> None:
        """The host has heard an answer: is there anything to stay awake for?"""
        shown, pause_s = machine.shown, now - self._heard_at
        self._dozes = self._may_doze = False
        self._roused, self._catches_up_at = self._lag_s > 0, math.inf
        self._heard_at, self._asked_at = now, asked_at
        if shown != self._shown or noisy or not machine.trouble.is_calm:
            self._shown, self._shown_at, self._alike = shown, now, 0
            return
        self._alike = self._alike + 1 if pause_s >= ROUTINE_S else 0
        if not self._leaps or not self._alike:
            return
        self._moves_at = machine.next_deadline()
        if machine.body.is_at_rest and self._moves_at is None and not open_note:
            self._asleep = self._alike > SURE_AFTER
            self._beat_s = pause_s
        elif machine.body.phase in _STEADY and machine.body.end is None:
            self._may_doze = True

    def _doze(self, at: float) -> None:
        """Look up on each whole second since the machine began to show this, and on the beat behind
        it: patience is counted in seconds, and what is seconds by rounding may be one beat more.
        """
        self._may_doze = False
        self._beat_s = round(at - self._asked_at, 6)
        second = self._shown_at + math.ceil(self._heard_at - self._shown_at)
        until = second - self._beat_s / 2
        if self._moves_at is not None:
            until = min(until, self._moves_at)
        self._not_before = self._beat_after(until)
        self._dozes = self._not_before > at

    def _missed_s(self, now: float) -> float:
        return math.floor((now - self._asked_at) / self._beat_s) * self._beat_s

    def _beat_after(self, moment: float) -> float:
        at = self._asked_at
        while at <= moment:
            at += self._beat_s
        return at
