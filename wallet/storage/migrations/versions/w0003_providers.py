"""Payouts to providers with their journal, and what is published to terminals.

Written by strings, as it was then: the tables in the code move on.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from wallet.storage.guards import append_only, refuse

revision = "w0003_providers"
down_revision = "w0002_terminals"

_INSTANT = sa.String(27).with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    """Make the tables and put up their guards."""
    _payouts()
    _payout_events()
    _publications()
    connection = op.get_bind()
    refuse(connection, "payouts", "DELETE", "payouts_never_goes")
    order = (
        "terminal_id, number, txn_id, txn_at, provider_code, account, fields, currency, sum_minor"
    )
    refuse(connection, "payouts", f"UPDATE OF {order}", "payouts_order_never_changes")
    append_only(connection, "payout_events")
    append_only(connection, "publications")


def _payouts() -> None:
    op.create_table(
        "payouts",
        sa.Column("terminal_id", sa.String(8), nullable=False),
        sa.Column("number", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("txn_id", sa.BigInteger),
        sa.Column("txn_at", _INSTANT, nullable=False),
        sa.Column("provider_code", sa.String(64), nullable=False),
        sa.Column("account", sa.String(500), nullable=False),
        sa.Column("fields", sa.Text, nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("sum_minor", sa.BigInteger, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("since", _INSTANT, nullable=False),
        sa.Column("due_at", _INSTANT),
        sa.Column("lease", sa.String(64)),
        sa.Column("events", sa.Integer, nullable=False),
        sa.Column("code", sa.Integer),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("prv_txn", sa.String(200)),
        sa.Column("ended_at", _INSTANT),
        sa.PrimaryKeyConstraint("terminal_id", "number"),
        sa.UniqueConstraint("terminal_id", "txn_id", name="one_payout_under_a_key"),
        sa.CheckConstraint("sum_minor >= 0", name="a_sum_is_not_negative"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "payouts_due",
        "payouts",
        ["provider_code", "due_at"],
        sqlite_where=sa.text("due_at IS NOT NULL"),
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )
    op.create_index(
        "payouts_in_manual_queue",
        "payouts",
        ["since"],
        sqlite_where=sa.text("state IN ('held', 'manual')"),
        postgresql_where=sa.text("state IN ('held', 'manual')"),
    )
    op.create_index("payouts_by_day", "payouts", ["provider_code", "ended_at"])


def _payout_events() -> None:
    op.create_table(
        "payout_events",
        sa.Column("terminal_id", sa.String(8), nullable=False),
        sa.Column("number", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("n", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("event", sa.String(32), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("code", sa.Integer),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("prv_txn", sa.String(200)),
        sa.Column("operator", sa.String(64)),
        sa.PrimaryKeyConstraint("terminal_id", "number", "n"),
        sqlite_with_rowid=False,
    )


def _publications() -> None:
    op.create_table(
        "publications",
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("version", sa.String(64), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("operator", sa.String(64), nullable=False),
        sa.Column("published_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("kind", "version"),
        sqlite_with_rowid=False,
    )
