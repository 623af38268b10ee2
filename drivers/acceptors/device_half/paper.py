"""Pieces of paper, and the places where they can be.

Every piece is numbered in the order in which it was drawn in, and is always in exactly one place.
"""

from dataclasses import dataclass, field
from typing import Final

COUPON: Final = 0
"""The value of a bar-coded coupon: recognised, and worth nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One piece of paper.

    `value` in whole units of the machine's currency, COUPON for a coupon, None for what no sensor
    recognises. `flaw` is the vendor's reject code with which this piece will be refused, if any.
    """

    number: int
    value: int | None
    flaw: int | None = None


@dataclass(slots=True)
class Places:
    """Where every piece went that ever entered: the truth. What is inside is the mechanism's."""

    cassette: list[Paper] = field(default_factory=list)
    collected: list[Paper] = field(default_factory=list)
    """In cassettes that were taken away."""
    returned: list[Paper] = field(default_factory=list)
    removed: list[Paper] = field(default_factory=list)
    """Taken out of a jam by hand."""

    @property
    def stacked(self) -> tuple[Paper, ...]:
        """Every piece that ever reached a cassette of this machine, in order."""
        return (*self.collected, *self.cassette)
