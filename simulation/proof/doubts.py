"""Why it may truly be unknown where a banknote is: reasons that the world has seen, note by note.

The judge allows a dispute only to a note that has a reason of its own. It must never be asked by the
terminal, and never hold a reason for want of a better explanation: each is added where the trouble
happens, to the piece of paper that it happens to.
"""

from typing import Final

from drivers.acceptors.device_half.mechanism import Mechanism

FREED_IN_THE_DARK: Final = "taken out of a machine without power"
"""It tells nobody, its counter stands still, and it wakes up empty: so it is after a return."""


class Doubts:
    """Reasons by the number of the paper."""

    def __init__(self) -> None:
        self._reasons: dict[int, list[str]] = {}

    def add(self, paper: int, why: str) -> None:
        """From now on nobody can be sure where this paper is."""
        told = self._reasons.setdefault(paper, [])
        if why not in told:
            told.append(why)

    def add_for_inside(self, body: Mechanism, why: str) -> None:
        """The same for what is in the machine's way now, if anything is."""
        if body.paper is not None:
            self.add(body.paper.number, why)

    def of(self, paper: int | None) -> tuple[str, ...]:
        """The reasons of one paper; none for a note that no paper is known of."""
        return () if paper is None else tuple(self._reasons.get(paper, ()))
