"""What workers remember of payouts. Every method is one transaction, and blocks.

The rows are leased: on PostgreSQL by `FOR UPDATE SKIP LOCKED`, on SQLite by its one writer, so that
several workers never hold one payout at once; a lease that was lost writes nothing any more. The
intent to pay is on record before the request leaves.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Table, bindparam, case, literal, select, update

from wallet.providers.payout import Ask, GiveUp, Payout, step
from wallet.providers.payout_moves import happened, pay_leaves
from wallet.providers.payout_rows import (
    UNGATHERED,
    Told,
    change,
    held,
    order_row,
    payout_of,
    queued,
)
from wallet.providers.payout_states import PayoutEvent, PayoutState
from wallet.providers.profile import Profile
from wallet.providers.requests import Command
from wallet.providers.tables import payouts
from wallet.storage.bulk import insert_or_leave

_LEAST_MARGIN_S: Final = 5.0
"""A lease ends at least so long after the last moment at which its request can still be under way,
or half as long again: clocks of two machines differ. One that ends too early asks twice under one
number, which providers pay once.
"""

_NEXT_CODE: Final = (
    select(payouts.c.provider_code)
    .where(payouts.c.provider_code > bindparam("after"), payouts.c.due_at.is_not(None))
    .order_by(payouts.c.provider_code)
    .limit(1)
)
_FIRST_DUE: Final = (
    select(payouts.c.due_at)
    .where(
        payouts.c.provider_code == bindparam("code"),
        payouts.c.due_at <= bindparam("now", type_=payouts.c.due_at.type),
        payouts.c.due_at.is_not(None),
    )
    .order_by(payouts.c.due_at)
    .limit(1)
)
_LONGEST_AHEAD: Final = timedelta(hours=2)
"""Nothing is put off for so long; what is was put off by a clock that was wrong."""

Transaction = Callable[[], AbstractContextManager[Connection]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Leased:
    """A payout in the hands of one worker, and what to ask. `repeated`: a pay of it may have arrived
    before. When the command is `pay`, its intent is on record.
    """

    payout: Payout
    ask: Ask
    lease: str
    repeated: bool


class PayoutStore:
    """Payouts in the database.

    Args:
        transaction: begins a transaction that commits at its end.
        clock: aware UTC time.
        new_lease: a token never given before.
    """

    def __init__(
        self,
        transaction: Transaction,
        clock: Callable[[], datetime],
        new_lease: Callable[[], str],
    ) -> None:
        self._transaction = transaction
        self._clock = clock
        self._new_lease = new_lease

    def gather(self, limit: int) -> int:
        """Make payouts of accepted payments that have none; how many were made.

        Intake makes them with the payments (`queue_with`); here come those that were taken while
        nobody was to be paid. It looks at every accepted payment: seldom, please.
        """
        with self._transaction() as connection:
            now = self._clock()
            found = connection.execute(UNGATHERED.limit(limit)).mappings().all()
            # Another worker may have made them since these were looked up.
            insert_or_leave(connection, payouts, [order_row({**row}, now) for row in found])
        return len(found)

    def recall(self) -> int:
        """Make due what a clock that was wrong has put off far beyond any schedule: when it is set
        right nobody would look at it for as long; how many were. Seldom, like `gather`.
        """
        now = self._clock()
        recalled = (
            update(payouts)
            .where(payouts.c.due_at > now + _LONGEST_AHEAD)
            .values(
                due_at=now,
                # Its 24 hours begin no later than now, or they would not end.
                since=case(
                    (payouts.c.since > now, literal(now, payouts.c.since.type)),
                    else_=payouts.c.since,
                ),
            )
        )
        with self._transaction() as connection:
            return connection.execute(recalled).rowcount

    def due_providers(self) -> list[str]:
        """Codes of the providers that something is due for; by one look-up for each that has
        payouts under way, however many those are.
        """
        with self._transaction() as connection:
            return list(due_since(connection, self._clock()))

    def lease(self, provider_code: str, profile: Profile | None, limit: int) -> list[Leased]:
        """Take up to `limit` payouts that are due, the longest waiting first.

        What cannot be sent goes to the manual queue here.
        """
        query = (
            select(payouts)
            .where(payouts.c.provider_code == provider_code, payouts.c.due_at <= self._clock())
            .order_by(payouts.c.due_at)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        with self._transaction() as connection:
            rows = connection.execute(query).all()
            return [it for row in rows if (it := self._take(connection, row, profile))]

    def intend(self, leased: Leased) -> Leased:
        """Put on record that a pay leaves now; only after this may it leave.

        Raises:
            LeaseLostError: it must not leave.
        """
        with self._transaction() as connection:
            row = held(connection, leased.payout, leased.lease)
            hold = _hold(leased.ask, leased.lease, self._clock())
            state = pay_leaves(connection, row, self._clock(), hold)
        ask = Ask(command=Command.PAY, order=leased.ask.order, profile=leased.ask.profile)
        return Leased(
            payout=leased.payout,
            ask=ask,
            lease=leased.lease,
            repeated=state is not PayoutState.SENDING,
        )

    def record(self, leased: Leased, event: PayoutEvent, told: Told) -> PayoutState:
        """Put on record what came of it, and in the books when it is final.

        Raises:
            LeaseLostError: nothing was written.
        """
        with self._transaction() as connection:
            row = held(connection, leased.payout, leased.lease)
            return happened(connection, row, event, self._clock(), told)

    def _take(self, connection: Connection, row: Any, profile: Profile | None) -> Leased | None:
        now = self._clock()
        payout = payout_of(row)
        todo = step(payout, profile, now)
        if isinstance(todo, GiveUp):
            told = Told(reason=todo.reason, code=row.code)
            happened(connection, row, PayoutEvent.GIVEN_UP, now, told)
            return None
        lease = self._new_lease()
        hold = _hold(todo, lease, now)
        if todo.command is Command.CHECK:
            change(connection, row, hold)
            return Leased(payout=payout, ask=todo, lease=lease, repeated=False)
        state = pay_leaves(connection, row, now, hold)
        repeated = state is not PayoutState.SENDING
        return Leased(payout=payout, ask=todo, lease=lease, repeated=repeated)


def due_since(connection: Connection, now: datetime) -> dict[str, datetime]:
    """For each provider that something is due for, since when the longest is; by one look-up for
    each that has payouts under way.
    """
    due: dict[str, datetime] = {}
    code = ""
    while found := connection.execute(_NEXT_CODE, {"after": code}).scalar_one_or_none():
        code = found
        first = connection.execute(_FIRST_DUE, {"code": code, "now": now}).scalar_one_or_none()
        if first is not None:
            due[code] = first
    return due


def queue_with(
    new: Sequence[Mapping[str, Any]], now: datetime
) -> tuple[tuple[Table, list[dict[str, Any]]], ...]:
    """Payouts of payments that are new, for intake to write in the same transaction."""
    return ((payouts, queued(new, now)),)


def _hold(ask: Ask, lease: str, now: datetime) -> dict[str, Any]:
    longest_s = ask.profile.timeout_s + ask.profile.check_timeout_s
    margin_s = max(_LEAST_MARGIN_S, longest_s / 2)
    return {"lease": lease, "due_at": now + timedelta(seconds=longest_s + margin_s)}
