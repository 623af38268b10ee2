"""The manual queue: what people see of payouts and decide about them, by name and with a reason.

Everything is journalled with who did it. It must never show a customer's account whole.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from wallet.providers.codes import gloss_of
from wallet.providers.payout_moves import happened
from wallet.providers.payout_rows import NoSuchPayoutError, Told, found
from wallet.providers.payout_states import OPERATORS, PayoutEvent, PayoutState
from wallet.providers.tables import payout_events, payouts


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutLine:
    """A payout as people look at it. `account` is masked, `sum_minor` in minor units."""

    terminal_id: str
    number: int
    txn_id: int | None
    provider_code: str
    account: str
    sum_minor: int
    currency: str
    state: PayoutState
    tries: int
    code: int | None
    meaning: str
    reason: str
    prv_txn: str | None
    since: datetime
    due_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutEventLine:
    """One thing that happened to a payout."""

    n: int
    at: datetime
    event: PayoutEvent
    state: PayoutState
    code: int | None
    reason: str
    prv_txn: str | None
    operator: str | None


def decide(
    connection: Connection,
    terminal_id: str,
    number: int,
    event: PayoutEvent,
    *,
    operator: str,
    reason: str,
    now: datetime,
    prv_txn: str | None = None,
) -> PayoutState:
    """What an operator decides; in a transaction of the caller.

    Raises:
        NoSuchPayoutError: there is no such payout.
        PayoutEventError: it is not in the manual queue.
        EndedOtherwiseError: the books say that the payment has ended another way.
        ValueError: no name, no reason, or not an operator's event.
    """
    if event not in OPERATORS:
        raise ValueError(f"{event} is nothing that an operator does")
    if not operator.strip() or not reason.strip():
        raise ValueError("an operator's decision needs a name and a reason")
    row = found(connection, terminal_id, number)
    told = Told(reason=reason.strip(), prv_txn=prv_txn, code=row.code)
    return happened(connection, row, event, now, told, operator.strip()[:64])


def list_payouts(
    connection: Connection,
    states: Collection[PayoutState],
    *,
    provider_code: str | None = None,
    limit: int = 100,
) -> list[PayoutLine]:
    """Payouts in these states, the longest waiting first."""
    query = select(payouts).where(payouts.c.state.in_([str(state) for state in states]))
    if provider_code is not None:
        query = query.where(payouts.c.provider_code == provider_code)
    rows = connection.execute(query.order_by(payouts.c.since).limit(limit)).mappings()
    return [_line(row) for row in rows]


def show_payout(
    connection: Connection, terminal_id: str, number: int
) -> tuple[PayoutLine, list[PayoutEventLine]]:
    """A payout and everything that happened to it.

    Raises:
        NoSuchPayoutError: there is no such payout.
    """
    one = (payouts.c.terminal_id == terminal_id, payouts.c.number == number)
    row = connection.execute(select(payouts).where(*one)).mappings().one_or_none()
    if row is None:
        raise NoSuchPayoutError(f"no payout of payment {terminal_id} {number}")
    its = (payout_events.c.terminal_id == terminal_id, payout_events.c.number == number)
    events = connection.execute(select(payout_events).where(*its).order_by(payout_events.c.n))
    return _line(row), [
        PayoutEventLine(
            n=it.n,
            at=it.at,
            event=PayoutEvent(it.event),
            state=PayoutState(it.state),
            code=it.code,
            reason=it.reason,
            prv_txn=it.prv_txn,
            operator=it.operator,
        )
        for it in events
    ]


def masked(account: str) -> str:
    """At most the last four characters, and never more than half."""
    kept = min(4, len(account) // 2)
    return "*" * (len(account) - kept) + account[len(account) - kept :]


def _line(told: Mapping[Any, Any]) -> PayoutLine:
    return PayoutLine(
        **{name: told[name] for name in PayoutLine.__dataclass_fields__ if name != "meaning"}
        | {
            "account": masked(told["account"]),
            "state": PayoutState(told["state"]),
            "meaning": gloss_of(told["code"]),
        }
    )
