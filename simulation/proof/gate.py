"""Where a life of the terminal can end: between any two effects.

Every effect on the world outside the process (a statement, a commit, an order to a device, a batch,
a picture on the screen) passes the gate before and after it happens. An armed gate ends the life at
the n-th passage by raising `PowerCut`, which no code of the product catches.
"""

from dataclasses import dataclass
from enum import StrEnum


class Cut(StrEnum):
    """What loses its power."""

    ALL = "terminal and acceptor"
    TERMINAL = "terminal"


class PowerCut(BaseException):
    """The life ends here. Not an `Exception`: whoever means to survive errors must not survive it."""

    def __init__(self, what: Cut, where: str) -> None:
        super().__init__(f"{what} at {where}")
        self.what = what
        self.where = where


@dataclass(slots=True)
class _Armed:
    left: int
    what: Cut
    statements: bool


class Gate:
    """Counts effects and ends a life at the one that was chosen."""

    def __init__(self) -> None:
        self._armed: _Armed | None = None
        self._waiting: tuple[str, _Armed] | None = None

    def arm(self, after: int, what: Cut, *, statements: bool) -> None:
        """End the life at the passage number `after` from here (0 = the next one).

        Args:
            after: passages that still go well.
            what: what loses its power then.
            statements: whether statements inside a transaction count as passages.
        """
        self._armed = _Armed(after, what, statements)

    def lie_in_wait(self, event: str, after: int, what: Cut, *, statements: bool) -> None:
        """As `arm`, from the moment at which the terminal takes up an event of this name."""
        self._waiting = (event, _Armed(after, what, statements))

    def taken_up(self, event: str) -> None:
        """The terminal takes up an event."""
        if self._waiting is not None and self._waiting[0] == event:
            self._armed, self._waiting = self._waiting[1], None

    def disarm(self) -> None:
        """No cut any more."""
        self._armed = self._waiting = None

    def passing(self, where: str, detail: str = "", *, statement: bool = False) -> None:
        """An effect is about to happen, or has just happened. Raises PowerCut."""
        armed = self._armed
        if armed is None or (statement and not armed.statements):
            return
        if armed.left > 0:
            armed.left -= 1
            return
        self._armed = None
        raise PowerCut(armed.what, f"{where} {detail[:24]}".rstrip())
