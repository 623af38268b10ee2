"""Tables of payouts. Both are spread by `terminal_id` with the payments that they pay.

A payout's order never changes once it is made: the same number with another sum is what providers
refuse. What happened to it is told by its events, which are append-only.
"""

from typing import Final

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from wallet.storage.metadata import Instant, metadata

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
    Column("sum_minor", BigInteger, CheckConstraint("sum_minor >= 0"), nullable=False),
    Column("state", String(16), nullable=False),
    Column("tries", Integer, nullable=False),
    # The 24 hours count from here: when it was queued, or when an operator had it tried again.
    Column("since", Instant, nullable=False),
    # When somebody may take it; in the hands of a worker, when its lease ends. Null = nobody may.
    Column("due_at", Instant),
    Column("lease", String(64)),
    Column("events", Integer, nullable=False),
    Column("code", Integer),
    Column("reason", String(200), nullable=False),
    Column("prv_txn", String(200)),
    Column("ended_at", Instant),
    UniqueConstraint("terminal_id", "txn_id"),
    ForeignKeyConstraint(["terminal_id", "number"], ["payments.terminal_id", "payments.number"]),
    sqlite_with_rowid=False,
)
Index(
    "payouts_due",
    payouts.c.provider_code,
    payouts.c.due_at,
    sqlite_where=payouts.c.due_at.is_not(None),
    postgresql_where=payouts.c.due_at.is_not(None),
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
    ForeignKeyConstraint(["terminal_id", "number"], ["payouts.terminal_id", "payouts.number"]),
    sqlite_with_rowid=False,
)

GUARDS: Final = (
    "payouts_never_goes",
    "payouts_order_never_changes",
    "payout_events_never_changes",
    "payout_events_never_goes",
)
"""The triggers that must stand."""
