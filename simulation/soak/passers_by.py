"""People at a real terminal that may die at any moment: each step is what the screen invites to.

They know nothing of what the terminal remembers. They must never touch anything but the screen, by
the finger, and the bezel.
"""

import contextlib
from collections import Counter
from random import Random
from typing import Final

from simulation.demo.control import ControlError
from simulation.demo.stand import Stand

PROVIDERS: Final = ("megafon", "mts", "beeline")
NOTES: Final = (10, 50, 100, 200, 500, 1000)
_PATIENCE_S: Final = 1.0
NOTHING_YET: Final = "nothing"


class PassersBy:
    """One after the other, for as long as they are asked to step.

    `fed` counts the notes that the bezel took, in whole roubles; `screen` is what was seen last.
    """

    def __init__(self, stand: Stand, chance: Random) -> None:
        self._stand = stand
        self._chance = chance
        self._wanted = 0
        self._walks_away = False
        self.fed: Counter[int] = Counter()
        self.screen = NOTHING_YET

    def look_away(self) -> None:
        """The terminal has gone dark."""
        self.screen = NOTHING_YET

    def step(self) -> None:
        """Look, and do the next thing; a terminal that is not there is looked at again later."""
        with contextlib.suppress(ControlError):
            self.screen = str(self._do(do="screen")["screen"])
            self._act()

    def _act(self) -> None:
        match self.screen:
            case "attract":
                self._do(do="touch", target="begin")
            case "home":
                self._do(do="touch", target=f"provider:{self._chance.choice(PROVIDERS)}")
                self._wanted = self._chance.randrange(1, 4)
                self._walks_away = self._chance.random() < 0.15
            case "entry":
                account = f"926{self._chance.randrange(10**7):07d}"
                self._do(do="type", text=account)
                self._do(do="touch", target="forward")
            case "confirm" | "no_receipt":
                self._do(do="touch", target="forward")
            case "money":
                self._pay()
            case "thanks":
                self._do(do="touch", target="finish")

    def _pay(self) -> None:
        if self._wanted == 0:
            if not self._walks_away:
                self._do(do="touch", target="pay")
            return
        roubles = self._chance.choice(NOTES)
        # Refused while the bezel is closed; then it is tried again at the next step. An answer must
        # not be missed, or nobody knows whether the note is in.
        self._stand.acceptor.say(f"insert {roubles}")
        self.fed[roubles] += 1
        self._wanted -= 1

    def _do(self, **request: object) -> dict[str, object]:
        return self._stand.finger.do(socket_timeout_s=_PATIENCE_S, **request)
