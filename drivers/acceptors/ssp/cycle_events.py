"""What the terminal is told of a note's way: the book's cycles in the common language.

Nothing here changes a cycle or decides anything about it.
"""

from drivers.acceptors.contract import (
    AcceptorEvent,
    Disputed,
    Escrowed,
    Note,
    Returned,
    ReturnReason,
    Stacked,
    StackedHow,
)
from drivers.acceptors.ssp.cycle import Cycle, Stage


def escrowed_event(cycle: Cycle, note: Note) -> Escrowed:
    """The note waits for a decision."""
    return Escrowed(cycle=cycle.id, note=note, device_count=cycle.count_before)


def stacked_event(cycle: Cycle) -> AcceptorEvent:
    """The note is in the cassette; disputed where nobody knows what it is worth."""
    if cycle.note is None:
        return disputed_event(cycle)
    how = StackedHow.NORMAL if cycle.seen_escrow else StackedHow.RECOVERED
    return Stacked(cycle=cycle.id, note=cycle.note, how=how, device_count=cycle.count_after)


def returned_event(cycle: Cycle) -> Returned:
    """The note is with the customer."""
    by_reset = cycle.was_broken_off and not cycle.return_sent
    why = ReturnReason.DEVICE if by_reset else cycle.why_returned
    return Returned(cycle=cycle.id, note=cycle.note, why=why)


def end_event(cycle: Cycle) -> AcceptorEvent:
    """What became of a note that is stacked or returned."""
    return stacked_event(cycle) if cycle.stage is Stage.STACKED else returned_event(cycle)


def disputed_event(cycle: Cycle) -> Disputed:
    """Nobody can know where the note is."""
    ordered = "stack ordered" if cycle.stack_sent else "stack not ordered"
    return Disputed(cycle=cycle.id, note=cycle.note, evidence=(*cycle.evidence, ordered))
