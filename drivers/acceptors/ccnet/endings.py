"""How a CCNET note's end is told, why it came back, and whether an 81 is about it at all.

Facts sheet ccnet section 8.3. Pure functions; they must never turn doubt into a credit: a stacked
note that has no name is a dispute.
"""

from drivers.acceptors.ccnet.cycle import Cycle, Stage
from drivers.acceptors.contract import (
    AcceptorEvent,
    Disputed,
    Returned,
    ReturnReason,
    Stacked,
    StackedHow,
)


def is_other_note(cycle: Cycle, bill_type: int) -> bool:
    """Whether an 81 is about another note than the one in the book."""
    if cycle.stage is Stage.STACKED:
        return cycle.bill_type != bill_type
    return cycle.stage is Stage.RETURNED


def why_returned(cycle: Cycle) -> ReturnReason:
    """Whose doing it is that the note went back."""
    if cycle.return_sent:
        return ReturnReason.ORDERED
    if cycle.stack_sent or cycle.was_reset:
        return ReturnReason.DEVICE
    return ReturnReason.TIMED_OUT


def told(cycle: Cycle, count: int | None) -> AcceptorEvent:
    """The event for the end of a cycle; `count` is the device's counter now, where it is known."""
    if cycle.stage is Stage.RETURNED:
        return Returned(cycle=cycle.id, note=cycle.note, why=cycle.why)
    if cycle.stage is Stage.DISPUTED or cycle.note is None:
        counts = f"counter before {cycle.count_before}, now {count}"
        ordered = "stack ordered" if cycle.stack_sent else "stack not ordered"
        return Disputed(
            cycle=cycle.id, note=cycle.note, evidence=(*cycle.evidence, ordered, counts)
        )
    how = StackedHow.NORMAL if cycle.seen_escrow else StackedHow.RECOVERED
    return Stacked(cycle=cycle.id, note=cycle.note, how=how, device_count=cycle.count_after)
