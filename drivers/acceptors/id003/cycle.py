"""One note's way through an ID-003 device: where it stands and what was ordered.

Plain bookkeeping; what a word of the device means for it is decided in `note_cycle`.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from drivers.acceptors.contract import CycleId, Note, ReturnReason
from drivers.acceptors.id003.codes import Command

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
    code: int | None
    note: Note | None
    seen_escrow: bool
    stage: Stage = Stage.OPEN
    decision: Decision = Decision.NONE
    hold_wanted: bool = False
    hold_sent_at: float | None = None
    stack_sent: bool = False
    return_sent: bool = False
    left_escrow: bool = False
    going_back: bool = False
    """The device has shown the note on its way to the customer."""
    in_path_since: float | None = None
    """Since when a power-up shows the note where only the way back is open."""
    may_go_back: bool = False
    """It is on record that the note goes back."""
    was_reset: bool = False
    disturbed: bool = False
    """Something happened after which the device's rest proves nothing: a jam, a failure, a cheat."""
    settled: bool = False
    why: ReturnReason = ReturnReason.TIMED_OUT
    evidence: list[str] = field(default_factory=list)

    @property
    def is_owed(self) -> bool:
        """It has ended and the terminal has not settled it yet."""
        return self.stage is not Stage.OPEN and not self.settled

    def sent(self, command: Command, now: float) -> None:
        """An order counts from the moment at which it may have reached the device."""
        match command:
            case Command.STACK_1 | Command.STACK_2:
                self.stack_sent = True
                self.remember("STACK")
            case Command.RETURN:
                self.return_sent = True
                self.remember("RETURN")
            case Command.HOLD:
                self.hold_sent_at = now
            case Command.RESET:
                self.was_reset = True  # Heard or not: what the device had to say may be gone.
                self.remember("RESET")
            case _:
                pass

    def order(self, now: float, hold_every_s: float) -> Command | None:
        """What to order while the device shows the note in escrow.

        STACK-2, whose credit comes when the note is completely stored: fewer notes are credited
        and then jam (facts sheet id003 section 8).
        """
        if self.decision is Decision.RETURN:
            return Command.RETURN
        if self.decision is Decision.STACK:
            return Command.STACK_2
        due = self.hold_sent_at is None or now >= self.hold_sent_at + hold_every_s
        return Command.HOLD if self.hold_wanted and due else None

    def end(self, stage: Stage) -> None:
        """It has come to this end, which the terminal has to record."""
        self.stage = stage
        self.settled = False

    def why_returned(self) -> ReturnReason:
        """Who sent it back, by what was ordered."""
        if self.return_sent:
            return ReturnReason.ORDERED
        if self.stack_sent or self.was_reset or not self.seen_escrow:
            return ReturnReason.DEVICE
        return ReturnReason.TIMED_OUT

    def remember(self, what: str) -> None:
        """Keep a line of evidence; repeats and the endless are left out."""
        if what not in self.evidence[-1:] and len(self.evidence) < LONGEST_EVIDENCE:
            self.evidence.append(what)
