"""One note's way through an SSP device: where it stands and what was ordered.

Plain bookkeeping; what a word of the device means for it is decided in `note_cycle`.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from drivers.acceptors.contract import CycleId, Note, ReturnReason

LONGEST_EVIDENCE: Final = 16


class Stage(StrEnum):
    """Where a cycle stands."""

    OPEN = "open"
    STACKED = "stacked"
    RETURNED = "returned"
    DISPUTED = "disputed"


class Decision(StrEnum):
    """What the terminal wants done with a note in escrow."""

    NONE = "none"
    STACK = "stack"
    RETURN = "return"


@dataclass(slots=True, kw_only=True)
class Cycle:
    """One note's way. Changed only by `CycleBook` and by the orders that are sent."""

    id: CycleId
    channel: int
    """0 while no word of the device has named it."""
    note: Note | None
    seen_escrow: bool
    opened_at: float
    in_escrow: bool
    """The device waits for a decision, as far as is known; a poll would be consent."""
    count_before: int | None = None
    count_after: int | None = None
    stage: Stage = Stage.OPEN
    decision: Decision = Decision.NONE
    hold_wanted: bool = False
    hold_due: float = 0.0
    gave_up_waiting: bool = False
    """Nobody decided in time, so the driver gives the note back."""
    stack_sent: bool = False
    return_sent: bool = False
    was_broken_off: bool = False
    """The device was reset, or the line began anew, since the note was seen."""
    by_guess: bool = False
    """Its end was concluded, not told."""
    in_cassette: bool = False
    """STACKED was heard: the note is not in the path any more."""
    settled: bool = False
    acknowledged: bool = False
    evidence: list[str] = field(default_factory=list)

    @property
    def is_undecided(self) -> bool:
        """In escrow, and a poll would accept it although nobody has said so."""
        return self.stage is Stage.OPEN and self.in_escrow and self.decision is not Decision.STACK

    @property
    def why_returned(self) -> ReturnReason:
        """Why it went back, by what was ordered."""
        if self.gave_up_waiting:
            return ReturnReason.TIMED_OUT
        if self.return_sent:
            return ReturnReason.ORDERED
        if self.stack_sent or self.was_broken_off:
            return ReturnReason.DEVICE
        return ReturnReason.TIMED_OUT

    def remember(self, what: str) -> None:
        """Keep a line of evidence; repeats and the endless are left out."""
        if what not in self.evidence[-1:] and len(self.evidence) < LONGEST_EVIDENCE:
            self.evidence.append(what)
