"""One event of a payout: its row, its journal and, at the end, the books. One transaction, the
caller's. It must never be done outside one, nor for a row that is not locked.
"""

from contextlib import suppress
from datetime import datetime
from typing import Any, assert_never

from sqlalchemy import Connection, insert

from wallet.payments.outcomes import EndedOtherwiseError, mark_manual, mark_paid, mark_refused
from wallet.providers.payout_rows import REASON_LENGTH, Row, Told, change, event_row
from wallet.providers.payout_states import (
    FINAL,
    IN_MANUAL_QUEUE,
    PayoutEvent,
    PayoutState,
    after,
)
from wallet.providers.schedule import next_try
from wallet.providers.tables import payout_events


def pay_leaves(connection: Connection, row: Any, now: datetime, hold: Row) -> PayoutState:
    """A pay is about to leave; `hold` is the lease under which it does."""
    state = after(PayoutState(row.state), PayoutEvent.PAY_LEAVES)
    change(connection, row, {"state": state, "events": row.events + 1, **hold})
    line = event_row(row, PayoutEvent.PAY_LEAVES, state, now, Told(), None)
    connection.execute(insert(payout_events), line)
    return state


def happened(
    connection: Connection,
    row: Any,
    event: PayoutEvent,
    now: datetime,
    told: Told,
    operator: str | None = None,
) -> PayoutState:
    """Everything else that happens to a payout: nobody holds it after this.

    Raises:
        PayoutEventError: it cannot happen in the payout's state.
        EndedOtherwiseError: the books say that the payment has ended another way than this would end
            it; giving it to people is always possible.
    """
    state = after(PayoutState(row.state), event)
    values: Row = {
        "state": state,
        "events": row.events + 1,
        "lease": None,
        "code": told.code,
        "reason": told.reason[:REASON_LENGTH],
        "prv_txn": told.prv_txn or row.prv_txn,
        **_timing(row, event, state, now),
    }
    change(connection, row, values)
    line = event_row(row, event, state, now, told, operator)
    connection.execute(insert(payout_events), line)
    _book(connection, row, state, now)
    return state


def _timing(row: Any, event: PayoutEvent, state: PayoutState, now: datetime) -> Row:
    if event is PayoutEvent.OPERATOR_RETRY:
        return {"tries": 0, "since": now, "due_at": now}
    if state in FINAL:
        return {"due_at": None, "ended_at": now}
    if state in IN_MANUAL_QUEUE:
        return {"due_at": None}
    return {"tries": row.tries + 1, "due_at": next_try(now, row.tries + 1)}


def _book(connection: Connection, row: Any, state: PayoutState, now: datetime) -> None:
    match state:
        case PayoutState.PAID:
            mark_paid(connection, row.terminal_id, row.number, now)
        case PayoutState.REFUSED:
            mark_refused(connection, row.terminal_id, row.number, now)
        case PayoutState.HELD | PayoutState.MANUAL:
            # Where the books have ended it already, only people can tell which of both is right;
            # the proof of the books names it.
            with suppress(EndedOtherwiseError):
                mark_manual(connection, row.terminal_id, row.number, now)
        case (
            PayoutState.WAITING
            | PayoutState.SENDING
            | PayoutState.PENDING
            | PayoutState.REPEATING
            | PayoutState.DOUBTFUL
        ):
            pass
        case _:
            assert_never(state)
