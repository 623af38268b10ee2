"""One note's way through a CCNET device: where it stands and what was ordered.

Plain bookkeeping; what a word of the device means for it is decided in `note_cycle`.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from drivers.acceptors.ccnet.codes import Command
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
    bill_type: int | None
    note: Note | None
    seen_escrow: bool
    count_before: int | None = None
    count_after: int | None = None
    stage: Stage = Stage.OPEN
    decision: Decision = Decision.NONE
    hold_wanted: bool = False
    hold_sent_at: float | None = None
    stack_sent: bool = False
    return_sent: bool = False
    left_escrow: bool = False
    going_back_since: float | None = None
    """Since when a power-up shows the note where only the way back is open."""
    may_go_back: bool = False
    """It is on record that the note goes back."""
    was_reset: bool = False
    followed: bool = False
    """Another note was drawn in behind it: what lies in the path is that one."""
    failed: bool = False
    """A jam or another failure was shown while it was inside."""
    jammed: bool = False
    """One of them where paper can be taken out by hand, so that rest does not prove a return."""
    settled: bool = False
    acknowledged: bool = False
    why: ReturnReason = ReturnReason.TIMED_OUT
    evidence: list[str] = field(default_factory=list)

    def sent(self, command: Command, now: float) -> None:
        """An order counts from the moment at which it may have reached the device."""
        match command:
            case Command.STACK:
                self.stack_sent = True
                self.remember("STACK")
            case Command.RETURN:
                self.return_sent = True
                self.remember("RETURN")
            case Command.HOLD:
                self.hold_sent_at = now
            case Command.RESET:
                self.remember("RESET")
            case _:
                pass

    @property
    def going_back(self) -> bool:
        """A power-up found it in the validator: the next reset gives it back."""
        return self.going_back_since is not None

    def order(self, now: float, hold_every_s: float) -> Command | None:
        """What to order while the device shows the note in escrow."""
        if self.decision is Decision.RETURN:
            return Command.RETURN
        if self.decision is Decision.STACK:
            return Command.STACK
        due = self.hold_sent_at is None or now >= self.hold_sent_at + hold_every_s
        return Command.HOLD if self.hold_wanted and due else None

    def remember(self, what: str) -> None:
        """Keep a line of evidence; repeats and the endless are left out."""
        if what not in self.evidence[-1:] and len(self.evidence) < LONGEST_EVIDENCE:
            self.evidence.append(what)
