"""A note that came into escrow: it is told, or it cannot be taken and goes back.

Changes nothing but the cycle it is given. It must never let a note in that has no name.
"""

from drivers.acceptors.ccnet.codes import COUPONS, State
from drivers.acceptors.ccnet.cycle import Cycle, Decision
from drivers.acceptors.ccnet.meanings import raw_text
from drivers.acceptors.contract import AcceptorEvent, Escrowed, Rejected, RejectReason


def enters(cycle: Cycle, *, is_welcome: bool) -> AcceptorEvent:
    """What is told of it.

    It is not welcome while the counter is to tell of the note before: that it can only as long as
    nothing is stacked after it.
    """
    if is_welcome and cycle.note is not None:
        return Escrowed(cycle=cycle.id, note=cycle.note, device_count=cycle.count_before)
    cycle.decision = Decision.RETURN
    is_coupon = is_welcome and cycle.bill_type in COUPONS
    reason = RejectReason.COUPON if is_coupon else RejectReason.OTHER
    return Rejected(reason=reason, raw=raw_text(State.ESCROW, cycle.bill_type))
