"""Broken laws and what a run was made of: what the judge hands out."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Violation:
    """A broken law and how it shows."""

    law: str
    found: str

    def __str__(self) -> str:
        return f"{self.law}: {self.found}"


class Findings:
    """Collects violations in the order in which they are found."""

    def __init__(self) -> None:
        self.all: list[Violation] = []

    def say(self, law: str, found: str) -> None:
        """This law is broken."""
        self.all.append(Violation(law, found))

    def must(self, holds: bool, law: str, found: str) -> None:
        """This law is broken unless it holds."""
        if not holds:
            self.say(law, found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What a run was made of, for the summary."""

    notes: int
    """Pieces of paper that were drawn in."""
    cassette: int
    returned: int
    removed: int
    """Taken out of a jam by hand."""
    payments: int
    collections: int
    disputed: int
    suspense: int
    cuts: int
    lives: int
    pruned: int
    """Records that were removed from the journal while people paid."""
