"""What the device's own counter of stacked notes says of a note in doubt.

Facts sheet ccnet section 8.3 rule 4. Asked once more, at rest, before a dispute is told. Pure. It
must never decide by a counter that may speak of another note: a difference other than none or one
decides nothing.
"""

from typing import Final

from drivers.acceptors.ccnet.codes import State
from drivers.acceptors.ccnet.cycle import Stage

COUNTER_SIZE: Final = 0x10000
ASKED_AT_MOST: Final = 3
"""Questions without an answer, each with the tries of the link, before the counter is given up."""
COUNTABLE: Final = frozenset(
    {
        State.IDLING,
        State.UNIT_DISABLED,
        State.CASSETTE_FULL,
        State.CASSETTE_OUT,
        State.VALIDATOR_JAMMED,
        State.CASSETTE_JAMMED,
        State.FAILURE,
    }
)
"""States in which the counter may be asked and nothing moves (facts sheet ccnet section 4)."""


def by_counter(before: int | None, now: int | None, *, failed: bool) -> Stage:
    """Where the note is.

    Args:
        before: the counter when the note came into escrow; None where it was not known.
        now: the counter at rest; None where the device does not tell it.
        failed: a jam or another failure was seen while the note was inside. Then it is not in the
            cassette by an unchanged counter, and may be in the way or in a technician's hand.
    """
    if before is None or now is None:
        return Stage.DISPUTED
    match (now - before) % COUNTER_SIZE:
        case 1:
            return Stage.STACKED
        case 0 if not failed:
            return Stage.RETURNED
        case _:
            return Stage.DISPUTED
