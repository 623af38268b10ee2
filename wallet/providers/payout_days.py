"""What was paid to one provider on one of its days, for registry and reconciliation. Reads only."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import Final

from sqlalchemy import Connection, select

from wallet.providers.payout_states import PayoutState
from wallet.providers.profile import Profile
from wallet.providers.registry import PaidPayment
from wallet.providers.tables import payouts

_CHUNK: Final = 500
"""Values in one IN list; far below what any database takes."""


def paid_on(
    connection: Connection, provider_code: str, profile: Profile, day: date
) -> list[PaidPayment]:
    """What was paid on this day, by the provider's zone and our record of its answer.

    A payout that an operator marked as paid counts on the day on which that was done.
    """
    begin = datetime.combine(day, time.min, profile.zone)
    end = datetime.combine(day + timedelta(days=1), time.min, profile.zone)
    query = (
        select(payouts.c.txn_id, payouts.c.txn_at, payouts.c.account, payouts.c.sum_minor)
        .where(
            payouts.c.provider_code == provider_code,
            payouts.c.state == PayoutState.PAID,
            payouts.c.ended_at >= begin,
            payouts.c.ended_at < end,
            payouts.c.txn_id.is_not(None),
        )
        .order_by(payouts.c.ended_at, payouts.c.txn_id)
    )
    return [PaidPayment(**row) for row in connection.execute(query).mappings()]


def states_of(
    connection: Connection, provider_code: str, txn_ids: Collection[int]
) -> dict[int, PayoutState]:
    """How those of these numbers stand that are payouts to this provider."""
    states: dict[int, PayoutState] = {}
    ordered = sorted(txn_ids)
    for start in range(0, len(ordered), _CHUNK):
        query = select(payouts.c.txn_id, payouts.c.state).where(
            payouts.c.provider_code == provider_code,
            payouts.c.txn_id.in_(ordered[start : start + _CHUNK]),
        )
        states |= {row.txn_id: PayoutState(row.state) for row in connection.execute(query)}
    return states
