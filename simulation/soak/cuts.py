"""How one life of the terminal ends: what loses its power, counted from what, after how long.

The moment is kept by a thread of its own, so that it does not depend on what the people at the
terminal are just waiting for.
"""

import contextlib
import threading
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from simulation.demo.control import ControlError
from simulation.demo.stand import Stand
from simulation.proof.gate import Cut


class Since(StrEnum):
    """From when on the seconds to the cut are counted."""

    LAUNCH = "launch"
    """The process is starting up or taking up what the last life left."""
    NOTE = "note"
    """A note was fed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """One life's end."""

    what: Cut
    since: Since
    after_s: float
    dark_s: float
    """How long the acceptor stays without power, where it loses it."""
    acceptor_first: bool
    """It has power again before the terminal's process starts."""


def draw(chance: Random) -> Ending:
    """Any moment of a life; mostly while a note is on its way or a payment is being made."""
    starts = chance.random() < 0.3
    return Ending(
        what=Cut.ALL if chance.random() < 0.4 else Cut.TERMINAL,
        since=Since.LAUNCH if starts else Since.NOTE,
        after_s=chance.uniform(0.05, 6.0) if starts else chance.uniform(0.0, 4.0),
        dark_s=chance.uniform(0.0, 1.5),
        acceptor_first=chance.random() < 0.5,
    )


class Executioner:
    """Ends one life once `begin` was called and the seconds are over."""

    def __init__(self, stand: Stand, ending: Ending) -> None:
        self._stand = stand
        self._ending = ending
        self._timer: threading.Timer | None = None
        self.struck = False
        self.acceptor_was = "unknown"
        """What the acceptor was at, a moment before."""

    def begin(self) -> None:
        """The seconds run from now; called again, nothing happens."""
        if self._timer is None:
            self._timer = threading.Timer(self._ending.after_s, self._strike)
            self._timer.start()

    def join(self) -> None:
        """Wait until it is done, or call it off when it has not happened yet."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer.join()

    def _strike(self) -> None:
        with contextlib.suppress(ControlError):
            self.acceptor_was = str(self._stand.acceptor.say("status")["state"])
        self.struck = True
        self._stand.strike_terminal()
        if self._ending.what is Cut.ALL:
            with contextlib.suppress(ControlError):
                self._stand.acceptor.say("power off")
