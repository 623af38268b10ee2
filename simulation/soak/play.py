"""The soak itself: life after life, each ended by SIGKILL, and then one that is left in peace.

The acceptor and the backend live on; sometimes the acceptor loses its power with the terminal, and
sometimes the line or the backend fails. In the end all comes to rest and the books are compared.
"""

import contextlib
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, Final

from simulation.acceptor.protocols import ProtocolName
from simulation.demo.control import ControlError
from simulation.demo.settings_file import Settings
from simulation.demo.stand import START_PATIENCE_S, Stand
from simulation.network.forwarder import LineMode
from simulation.proof.gate import Cut
from simulation.scenario.verdict import contradictions as contradictions_at_rest
from simulation.scenario.verdict import gather
from simulation.soak.balance import contradictions, read_books, read_open_notes
from simulation.soak.cuts import Ending, Executioner, Since, draw
from simulation.soak.doubts import forgotten
from simulation.soak.passers_by import NOTHING_YET, PassersBy
from simulation.soak.patience import Patience

KILLED: Final = -9
_LOOK_S: Final = 0.02
_SLOWEST_PAYMENT_S: Final = 15.0
"""Nobody has fed a note so long after the screen was lit: the terminal is killed all the same."""
_REST_S: Final = 150.0
"""Nothing at all changes for so long: it will not come to rest."""
_REST_AT_MOST_S: Final = 1800.0
_SETTINGS: Final[Settings] = {"session": {"money_idle_s": 6}}
"""People who walk away with money inside are not waited for long."""

Report = Callable[[int, str], None]
"""Takes the number of kills so far and a line for a person."""


@dataclass(slots=True)
class Tally:
    """What a soak was made of, and what it found."""

    protocol: ProtocolName
    kills: int = 0
    with_acceptor: int = 0
    backend_kills: int = 0
    screens: Counter[str] = field(default_factory=Counter)
    """What was seen last before the kill."""
    acceptor: Counter[str] = field(default_factory=Counter)
    """What the acceptor was at when the terminal died."""
    fed: int = 0
    returned: int = 0
    disputed: int = 0
    """Notes that rightly nobody knows of."""
    payments: int = 0
    seconds: float = 0.0
    broken: list[str] = field(default_factory=list)


def soak(folder: Path, *, protocol: ProtocolName, kills: int, seed: int, report: Report) -> Tally:
    """Kill so many times, let it rest, compare.

    Raises:
        ChildError, TimeoutError: the stand itself did not start.
    """
    began = time.monotonic()
    with Stand(folder, settings=_SETTINGS, headless=True, protocol=protocol) as stand:
        play = _Soak(stand, Tally(protocol=protocol), Random(seed), report)
        for _ in range(kills):
            play.live_and_die()
            if play.tally.broken:
                break
        play.rest()
    play.tally.seconds = time.monotonic() - began
    return play.tally


class _Soak:
    def __init__(self, stand: Stand, tally: Tally, chance: Random, report: Report) -> None:
        self._stand = stand
        self._chance = chance
        self._report = report
        self._people = PassersBy(stand, chance)
        self._doubted: frozenset[str] = frozenset()
        self.tally = tally

    def live_and_die(self) -> None:
        """One life, to its violent end; the next one is launched."""
        ending = draw(self._chance)
        executioner = Executioner(self._stand, ending)
        backend_dies = self._trouble()
        fed, born = self._people.fed.total(), time.monotonic()
        lit = born
        if ending.since is Since.LAUNCH:
            executioner.begin()
        while self._stand.powered:
            self._people.step()
            now = time.monotonic()
            if self._people.screen == NOTHING_YET and now < born + START_PATIENCE_S:
                lit = now
            if self._people.fed.total() > fed or now > lit + _SLOWEST_PAYMENT_S:
                executioner.begin()
            time.sleep(_LOOK_S)
        executioner.join()
        self._bury(ending, executioner)
        if backend_dies:
            self._stand.start_backend()
        self._launch(ending)

    def _trouble(self) -> bool:
        """What else goes wrong in this life; True when the backend was killed."""
        line = self._stand.line
        line.mode = LineMode.PASS
        line.restore()
        draw = self._chance.random()
        if draw < 0.1:
            line.cut()
        elif draw < 0.2:
            line.mode = LineMode.DROP_ANSWERS
        elif draw < 0.3:
            self._stand.kill_backend()
            self.tally.backend_kills += 1
            return True
        return False

    def _bury(self, ending: Ending, executioner: Executioner) -> None:
        code = self._stand.bury_terminal()
        state = executioner.acceptor_was
        tally = self.tally
        tally.kills += 1
        tally.screens[self._people.screen] += 1
        tally.acceptor[state] += 1
        if not executioner.struck or code != KILLED:
            tally.broken.append(
                f"life {tally.kills}: the terminal ended by itself with exit code {code}"
            )
        tally.with_acceptor += ending.what is Cut.ALL
        if ending.what is Cut.ALL:
            status = self._stand.acceptor.say("status")
            self._doubted |= forgotten(status, read_open_notes(self._stand.paths))
        self._report(tally.kills, f"{ending.what} on {self._people.screen}, acceptor {state}")
        self._people.look_away()

    def _launch(self, ending: Ending) -> None:
        dark = ending.what is Cut.ALL
        if dark and ending.acceptor_first:
            self._acceptor_on(ending.dark_s)
        self._stand.launch_terminal()
        if dark and not ending.acceptor_first:
            self._acceptor_on(ending.dark_s)

    def _acceptor_on(self, after_s: float) -> None:
        time.sleep(after_s)
        if not self._stand.acceptor.say("status")["powered"]:
            self._stand.acceptor.say("power on")

    def rest(self) -> None:
        """Nobody pays any more and nothing goes wrong; then the books are compared."""
        self._stand.line.mode = LineMode.PASS
        self._stand.line.restore()
        tally, fed = self.tally, self._people.fed
        patience = Patience(_REST_S, at_most_s=_REST_AT_MOST_S, now=time.monotonic())
        while unrest := self._unrest():
            if patience.is_over(unrest, time.monotonic()):
                tally.broken.append(f"it does not come to rest: {unrest}")
                break
            time.sleep(_LOOK_S)
        tally.broken.extend(contradictions_at_rest(gather(self._stand)))
        status = self._stand.acceptor.say("status")
        tally.broken.extend(contradictions(self._stand.paths, status, fed, self._doubted))
        tally.fed = fed.total()
        tally.returned = len(status["returned"])
        books = read_books(self._stand.paths)
        tally.payments = len(books.payments)
        tally.disputed = books.ended("disputed").total()

    def _unrest(self) -> str:
        """What still goes on, in words."""
        status: dict[str, Any] = {}
        screen = "none"
        with contextlib.suppress(ControlError):
            status = self._stand.acceptor.say("status")
            screen = str(self._stand.finger.do(do="screen", socket_timeout_s=1.0)["screen"])
        if screen not in ("attract", "home"):
            if screen == "thanks":
                self._people.step()
            return f"the screen shows {screen}"
        if status["inside"] is not None or status["unacknowledged"] is not None:
            return f"the acceptor is in {status['state']}"
        waiting = read_books(self._stand.paths).waiting
        return f"{waiting} payments wait" if waiting else ""
