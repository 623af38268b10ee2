"""Between payouts and rows of their tables. It must never begin or end a transaction."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, and_, bindparam, select, update

from wallet.payments.stage import PaymentStage
from wallet.payments.tables import payments
from wallet.providers.payout import Payout
from wallet.providers.payout_states import PayoutEvent, PayoutState
from wallet.providers.requests import Order, RequestImpossibleError, txn_id_of
from wallet.providers.tables import payouts

_SAME: Final = and_(
    payouts.c.terminal_id == payments.c.terminal_id, payouts.c.number == payments.c.number
)
UNGATHERED: Final = (
    select(
        payments.c.terminal_id,
        payments.c.number,
        payments.c.provider_code,
        payments.c.currency,
        payments.c.payable_minor,
        payments.c.received_at,
        payments.c.body,
    )
    .where(
        payments.c.stage == PaymentStage.ACCEPTED, ~select(payouts.c.number).where(_SAME).exists()
    )
    .with_for_update(skip_locked=True)
)
"""Accepted payments that have no payout yet."""

_ONE: Final = select(payouts).where(
    payouts.c.terminal_id == bindparam("terminal_id"), payouts.c.number == bindparam("number")
)
REASON_LENGTH: Final = 200

Row = dict[str, Any]


class LeaseLostError(Exception):
    """Another worker has this payout by now; nothing was written."""


class NoSuchPayoutError(Exception):
    """There is no payout of this payment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What stays on record of an event. `prv_txn` is the provider's own number."""

    code: int | None = None
    reason: str = ""
    prv_txn: str | None = None


def queued(payments: Sequence[Mapping[str, Any]], now: datetime) -> list[Row]:
    """New payouts of those of these payments that are to be paid to their providers."""
    return [order_row(it, now) for it in payments if it["stage"] == PaymentStage.ACCEPTED]


def order_row(payment: Mapping[str, Any], now: datetime) -> Row:
    """A new payout of a payment: its order is fixed here, for ever.

    The 24 hours count from now, not from the payment: where nobody paid for a day, nothing has been
    tried yet.
    """
    told = json.loads(payment["body"])
    try:
        txn_id = txn_id_of(payment["terminal_id"], payment["number"])
    except RequestImpossibleError:
        txn_id = None
    return {
        "terminal_id": payment["terminal_id"],
        "number": payment["number"],
        "txn_id": txn_id,
        "txn_at": payment["received_at"],
        "provider_code": payment["provider_code"],
        "account": told["account"],
        "fields": json.dumps(told["fields"], ensure_ascii=False, sort_keys=True),
        "currency": payment["currency"],
        "sum_minor": payment["payable_minor"],
        "state": PayoutState.WAITING,
        "tries": 0,
        "since": now,
        "due_at": now,
        "events": 0,
        "reason": "",
    }


def has_payouts(connection: Connection) -> bool:
    """True where providers are, or were, paid from this database."""
    return connection.execute(select(payouts.c.number).limit(1)).first() is not None


def payout_of(row: Any) -> Payout:
    """A payout from a row of its table."""
    order = None
    if row.txn_id is not None:
        order = Order(
            txn_id=row.txn_id,
            txn_at=row.txn_at,
            account=row.account,
            fields=json.loads(row.fields),
            sum_minor=row.sum_minor,
            currency=row.currency,
        )
    return Payout(
        terminal_id=row.terminal_id,
        number=row.number,
        provider_code=row.provider_code,
        state=PayoutState(row.state),
        tries=row.tries,
        since=row.since,
        order=order,
    )


def found(connection: Connection, terminal_id: str, number: int) -> Any:
    """The row of a payout, locked until the transaction ends.

    Raises:
        NoSuchPayoutError: there is none.
    """
    key = {"terminal_id": terminal_id, "number": number}
    row = connection.execute(_ONE.with_for_update(), key).one_or_none()
    if row is None:
        raise NoSuchPayoutError(f"no payout of payment {terminal_id} {number}")
    return row


def held(connection: Connection, payout: Payout, lease: str) -> Any:
    """The row of a payout that this lease still holds, locked until the transaction ends.

    Raises:
        LeaseLostError: it does not hold it any more.
    """
    row = found(connection, payout.terminal_id, payout.number)
    if row.lease != lease:
        raise LeaseLostError(f"payout {payout.terminal_id} {payout.number} is held by another")
    return row


def change(connection: Connection, row: Any, values: Row) -> None:
    """Change what moves of a payout."""
    where = (payouts.c.terminal_id == row.terminal_id, payouts.c.number == row.number)
    connection.execute(update(payouts).where(*where).values(values))


def event_row(
    row: Any,
    event: PayoutEvent,
    state: PayoutState,
    at: datetime,
    told: Told,
    operator: str | None,
) -> Row:
    """A row of the journal of a payout."""
    return {
        "terminal_id": row.terminal_id,
        "number": row.number,
        "n": row.events + 1,
        "at": at,
        "event": event,
        "state": state,
        "code": told.code,
        "reason": told.reason[:REASON_LENGTH],
        "prv_txn": told.prv_txn,
        "operator": operator,
    }
