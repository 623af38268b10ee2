"""A note that a power-up found in the validator (11): the next reset gives it back.

Facts sheet ccnet section 8.3. It goes back only when that is on record, or the record took too long.
Changes nothing but the cycle it is given; it must never touch one whose end is told.
"""

from drivers.acceptors.ccnet.cycle import Cycle, Stage
from drivers.acceptors.contract import AcceptorEvent, Returning, ReturnReason


def begins(cycle: Cycle, now: float) -> list[AcceptorEvent]:
    """The device shows it in the path: tell so until that is on record."""
    if cycle.going_back_since is None:
        cycle.going_back_since = now
    if cycle.stage is not Stage.OPEN or cycle.may_go_back:
        return []
    return [Returning(cycle=cycle.id, note=cycle.note)]


def waits_for_record(cycle: Cycle, now: float, patience_s: float) -> bool:
    """True while the reset that gives it back has to wait."""
    if cycle.stage is not Stage.OPEN or cycle.going_back_since is None:
        return False
    return not cycle.may_go_back and now < cycle.going_back_since + patience_s


def end(cycle: Cycle) -> bool:
    """The reset is done: it was given back. False where it was not on its way back."""
    if cycle.stage is not Stage.OPEN or not cycle.going_back:
        return False
    cycle.stage = Stage.RETURNED
    cycle.why = ReturnReason.DEVICE
    return True
