"""Tables of payouts. Both are spread by `terminal_id` with the payments that they pay.

A payout's order never changes once it is made: the same number with another sum is what providers
refuse. What happened to it is told by its events, which are append-only.
"""

from typing import Final

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from wallet.storage.metadata import Instant, append_only, metadata, refuse

payouts = Table(
    "payouts",
    metadata,
    Column("terminal_id", String(8), primary_key=True),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    # Null where the payment's number is beyond the key: such a payout is never sent.
    Column("txn_id", BigInteger),
    Column("txn_at", Instant, nullable=False),
    Column("provider_code", String(64), nullable=False),
    Column("account", String(500), nullable=False),
    Column("fields", Text, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("sum_minor", BigInteger, nullable=False),
    Column("state", String(16), nullable=False),
    Column("tries", Integer, nullable=False),
    # The 24 hours count from here: when it was made, or when an operator had it tried again.
    Column("since", Instant, nullable=False),
    # When somebody may take it; in the hands of a worker, when its lease ends. Null = nobody may.
    Column("due_at", Instant),
    Column("lease", String(64)),
    Column("events", Integer, nullable=False),
    Column("code", Integer),
    Column("reason", String(200), nullable=False),
    Column("prv_txn", String(200)),
    Column("ended_at", Instant),
    UniqueConstraint("terminal_id", "txn_id", name="one_payout_under_a_key"),
    CheckConstraint("sum_minor >= 0", name="a_sum_is_not_negative"),
    sqlite_with_rowid=False,
)
_IS_DUE: Final = payouts.c.due_at.is_not(None)
_IN_QUEUE: Final = payouts.c.state.in_(("held", "manual"))
Index(
    "payouts_due",
    payouts.c.provider_code,
    payouts.c.due_at,
    sqlite_where=_IS_DUE,
    postgresql_where=_IS_DUE,
)
Index(
    "payouts_in_manual_queue",
    payouts.c.since,
    sqlite_where=_IN_QUEUE,
    postgresql_where=_IN_QUEUE,
)
Index("payouts_by_day", payouts.c.provider_code, payouts.c.ended_at)

refuse(payouts, "DELETE", "never_goes")
refuse(
    payouts,
    "UPDATE OF terminal_id, number, txn_id, txn_at, provider_code, account, fields, currency,"
    " sum_minor",
    "order_never_changes",
)

payout_events = Table(
    "payout_events",
    metadata,
    Column("terminal_id", String(8), primary_key=True),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("event", String(32), nullable=False),
    Column("state", String(16), nullable=False),
    Column("code", Integer),
    Column("reason", String(200), nullable=False),
    Column("prv_txn", String(200)),
    # Who did it, where a person did.
    Column("operator", String(64)),
    sqlite_with_rowid=False,
)
append_only(payout_events)
