"""One note's way through an SSP device: where it stands and what was ordered.

Plain bookkeeping; what a word of the device means for it is decided in `note_cycle`.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from drivers.acceptors.contract import CycleId, Note, ReturnReason
from drivers.acceptors.ssp.memory import Underway

LONGEST_EVIDENCE: Final = 16
COUNTER_SIZE: Final = 0x1_0000_0000


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
    jammed: bool = False
    """A jam was shown while it was inside: it may have been taken out by hand."""
    by_guess: bool = False
    """Its end was concluded, not told."""
    in_cassette: bool = False
    """STACKED was heard: the note is not in the path any more."""
    came_out: bool = False
    """It was credited and came out at a power-up all the same."""
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

    @property
    def is_over(self) -> bool:
        """Its end was told by the device, so that another end is that of another note."""
        returned = self.stage is Stage.RETURNED and not self.by_guess
        return returned or self.stage is Stage.STACKED

    @property
    def underway(self) -> Underway | None:
        """What a later life has to know of it; None once its end is told."""
        if self.stage is not Stage.OPEN or not self.channel:
            return None
        return Underway(channel=self.channel, ordered=self.stack_sent, count=self.count_before)

    def more_than_before(self, counted: int | None) -> int | None:
        """How many notes the device has stacked since, where that is known."""
        if counted is None or self.count_before is None:
            return None
        return (counted - self.count_before) % COUNTER_SIZE

    def remember(self, what: str) -> None:
        """Keep a line of evidence; repeats and the endless are left out."""
        if what not in self.evidence[-1:] and len(self.evidence) < LONGEST_EVIDENCE:
            self.evidence.append(what)
