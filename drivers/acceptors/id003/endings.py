"""What the rest of a device says about a note that it told no end of, and how an end is told.

Facts sheet id003 section 8. A device that kept its power repeats VEND VALID until it is acknowledged,
so one at rest without that word has not stacked the note; after a jam, a failure or a reset its rest
proves nothing. Pure functions; they must never turn doubt into a credit.
"""

from typing import Final

from drivers.acceptors.contract import AcceptorEvent, Disputed, Returned, Stacked, StackedHow
from drivers.acceptors.id003.codes import Status
from drivers.acceptors.id003.cycle import Cycle, Stage
from drivers.acceptors.id003.timing import HostTiming

AT_REST: Final = frozenset({Status.IDLING, Status.DISABLED, Status.ACCEPTING})
"""States in which no earlier note can be in the device's way."""
WAY_BACK: Final = frozenset({Status.REJECTING, Status.RETURNING})
JAMS: Final = frozenset({Status.ACCEPTOR_JAM, Status.STACKER_JAM, Status.FAILURE})
FAILED: Final = JAMS | {Status.STACKER_FULL, Status.STACKER_OPEN}
DISTURBING: Final = FAILED | {Status.CHEATED, Status.STACKED}
"""States after which rest proves nothing about a note that was ordered into the cassette. STACKED is
one of them: it says that somebody acknowledged a credit that was never seen here."""


def patience(cycle: Cycle, timing: HostTiming, *, recovering: bool) -> float:
    """Seconds of rest after which nothing more will be heard of an open cycle."""
    if cycle.disturbed or recovering or (cycle.stack_sent and cycle.was_reset):
        return timing.disturbed_grace_s
    ordered_in = cycle.stack_sent and not cycle.going_back
    return timing.resting_grace_s if ordered_in else 0.0


def end_at_rest(cycle: Cycle, *, recovering: bool) -> Stage:
    """How an open cycle has ended about which the device says nothing more."""
    lost_sight = cycle.stack_sent and cycle.was_reset and not cycle.going_back
    in_doubt = cycle.disturbed or recovering or lost_sight
    return Stage.DISPUTED if in_doubt else Stage.RETURNED


def told(cycle: Cycle) -> AcceptorEvent:
    """The event for the end of a cycle. A stacked note without a name is a dispute."""
    if cycle.stage is Stage.RETURNED:
        return Returned(cycle=cycle.id, note=cycle.note, why=cycle.why)
    if cycle.stage is Stage.DISPUTED or cycle.note is None:
        ordered = "stack ordered" if cycle.stack_sent else "stack not ordered"
        return Disputed(cycle=cycle.id, note=cycle.note, evidence=(*cycle.evidence, ordered))
    how = StackedHow.NORMAL if cycle.seen_escrow else StackedHow.RECOVERED
    return Stacked(cycle=cycle.id, note=cycle.note, how=how)
