"""A person in front of the terminal, with seeded manners.

She sees the screen and the bezel, nothing else. She pays to a phone number that is hers alone, so
that afterwards every note can be asked whose account it reached.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Final, Protocol

from kiosk.terminal.snapshot import Screen, Snapshot
from kiosk.terminal.touch import Action
from simulation.proof.shopfront import PROVIDERS

PATIENCE_S: Final = 150.0
_VALUES: Final = (10, 50, 100, 100, 200, 500, 500, 1000, 1000, 2000, 5000)
_BROWSING: Final = frozenset({Screen.ENTRY, Screen.CONFIRM, Screen.PROVIDERS, Screen.CATEGORIES})


class Front(Protocol):
    """What a customer can see and do."""

    @property
    def screen(self) -> Snapshot | None:
        """What the screen shows; None when it is dark."""

    def touch(self, action: Action, value: str = "") -> None:
        """Touch the present screen."""

    def insert(self, customer: int, roubles: int) -> bool:
        """Offer a note; False when it is not drawn in."""

    def pull(self) -> None:
        """Pull at a note that is being drawn in."""

    def push_second(self) -> None:
        """Push a second note behind the first, and pull it out again a little later."""

    def now(self) -> float:
        """Seconds."""


@dataclass(slots=True)
class Customer:
    """Who she is and what she has come for."""

    number: int
    chance: Random
    manners: Random | None
    """None for a patient and careful person."""
    came_at: float
    account: str = ""
    provider: str = ""
    notes: list[int] = field(default_factory=list)
    typed: int = 0
    has_paid: bool = False
    gone: bool = False

    def __post_init__(self) -> None:
        chance = self.chance
        self.provider = chance.choice(PROVIDERS)
        self.account = (
            f"9{16 + self.number % 80:02d}{chance.randrange(10**6):06d}{self.number % 10}"
        )
        self.notes = [chance.choice(_VALUES) for _ in range(chance.choice((1, 1, 2, 2, 3, 4, 6)))]

    def step(self, front: Front) -> float | None:
        """Do the next thing; seconds until the one after it, None when she has left."""
        if front.now() - self.came_at > PATIENCE_S or self._loses_interest():
            self.gone = True
            return None
        seen = front.screen
        if seen is None:
            return self.chance.uniform(1.0, 5.0)
        wait = self._look(seen, front)
        if wait is None:
            self.gone = True
        return wait

    def _loses_interest(self) -> bool:
        return self.manners is not None and self.manners.random() < 0.004

    def _look(self, seen: Snapshot, front: Front) -> float | None:
        match seen.screen:
            case Screen.HOME if self.has_paid:
                return None
            case Screen.ATTRACT:
                front.touch(Action.BEGIN)
                return self._pause(0.2, 1.0)
            case Screen.HOME:
                self.typed = 0
                front.touch(Action.OPEN_PROVIDER, self.provider)
                return self._pause(0.5, 2.0)
            case Screen.ENTRY | Screen.CONFIRM if self._is_strange(seen):
                front.touch(Action.HOME)
                return self._pause(0.5, 1.0)
            case Screen.ENTRY:
                return self._type(seen, front)
            case Screen.CONFIRM | Screen.NO_RECEIPT:
                front.touch(Action.FORWARD)
                return self._pause(0.5, 2.5)
            case Screen.MONEY:
                return self._pay(seen, front)
            case Screen.THANKS:
                return self._finish(seen, front)
            case screen if screen in _BROWSING or screen is Screen.ABOUT:
                front.touch(Action.HOME)
                return self._pause(0.5, 1.0)
            case _:
                return self._pause(1.0, 4.0)

    def _is_strange(self, seen: Snapshot) -> bool:
        """Somebody else has left this on the screen."""
        if seen.entry is not None:
            return seen.entry.provider.code != self.provider or self.typed > len(self.account) + 9
        return self.typed < len(self.account)

    def _type(self, seen: Snapshot, front: Front) -> float:
        assert seen.entry is not None
        if self.typed == 0:
            front.touch(Action.ERASE_ALL)
        if self.typed < len(self.account):
            front.touch(Action.KEY, self.account[self.typed])
            self.typed += 1
            return self._pause(0.15, 0.5)
        self.typed += 1
        front.touch(Action.FORWARD)
        return self._pause(0.5, 1.5)

    def _pay(self, seen: Snapshot, front: Front) -> float | None:
        money = seen.money
        assert money is not None
        if not self._is_mine(money.account):
            return self._pause(2.0, 6.0)
        if self.manners is not None and (wait := self._misbehave(front, self.manners)) is not None:
            return wait
        if money.leaving:
            return self._pause(0.5, 1.5)
        if self.notes:
            return self._feed(front)
        if not money.can_pay:
            return self._without_enough(money.can_leave, front)
        if self.manners is not None and self.manners.random() < 0.15:
            return None  # Walks away from money that is inside.
        front.touch(Action.PAY)
        self.has_paid = True
        return self._pause(0.5, 2.0)

    def _feed(self, front: Front) -> float:
        if front.insert(self.number, self.notes[0]):
            self.notes.pop(0)
            return self._pause(1.0, 4.0)
        return self._pause(0.3, 1.0)

    def _without_enough(self, can_leave: bool, front: Front) -> float | None:
        if can_leave:
            front.touch(Action.BACK)
            return None
        if self.chance.random() < 0.3:
            self.notes.append(self.chance.choice(_VALUES))
        return self._pause(1.0, 3.0)

    def _misbehave(self, front: Front, manners: Random) -> float | None:
        deeds: tuple[Callable[[], None], ...] = (
            front.pull,
            front.push_second,
            lambda: front.touch(Action.PAY),
            lambda: front.touch(Action.BACK),
            lambda: front.touch(Action.HOME),
            lambda: None,
        )
        if manners.random() > 0.12:
            return None
        manners.choice(deeds)()
        return manners.choice((0.05, 0.2, 0.6, 1.0, 9.0, 30.0)) * manners.uniform(0.5, 1.5)

    def _is_mine(self, shown: str) -> bool:
        digits = "".join(char for char in shown if char.isdigit())
        return digits.endswith(self.account) or self.account[-4:] == digits[-4:]

    def _finish(self, seen: Snapshot, front: Front) -> float | None:
        if self.chance.random() < 0.7:
            front.touch(Action.FINISH)
        mine = seen.result is not None and self.has_paid
        return None if mine else self._pause(0.5, 2.0)

    def _pause(self, least: float, most: float) -> float:
        wait = self.chance.uniform(least, most)
        if self.manners is not None and self.manners.random() < 0.1:
            return wait * self.manners.choice((0.1, 0.1, 6.0))
        return wait
