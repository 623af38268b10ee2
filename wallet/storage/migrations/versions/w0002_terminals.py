"""Terminals: tokens, keys, nonces, states, events, and what each shall have.

Written by strings, as it was then: the tables in the code move on.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from wallet.storage.guards import append_only

revision = "w0002_terminals"
down_revision = "w0001_books"

_INSTANT = sa.String(27).with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    """Make the tables; events are never changed."""
    _identity()
    _what_they_told()
    _what_they_shall_have()
    append_only(op.get_bind(), "terminal_events")


def _identity() -> None:
    op.create_table(
        "terminal_tokens",
        sa.Column("terminal_id", sa.String(8), primary_key=True),
        sa.Column("token_hash", sa.String(64), primary_key=True),
        sa.Column("made_at", _INSTANT, nullable=False),
        sa.Column("expires_at", _INSTANT, nullable=False),
        sa.Column("used_at", _INSTANT),
        sa.Column("used_by", sa.String(32)),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "terminal_keys",
        sa.Column("terminal_id", sa.String(8), primary_key=True),
        sa.Column("key_id", sa.String(32), primary_key=True),
        sa.Column("public_key", sa.String(64), nullable=False),
        sa.Column("added_at", _INSTANT, nullable=False),
        sa.Column("replaces", sa.String(32)),
        sa.Column("ended_at", _INSTANT),
        sa.Column("ended_by", sa.String(16)),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "terminal_nonces",
        sa.Column("terminal_id", sa.String(8), primary_key=True),
        sa.Column("nonce", sa.String(64), primary_key=True),
        sa.Column("created_at", _INSTANT, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("terminal_nonces_by_age", "terminal_nonces", ["created_at"])


def _what_they_told() -> None:
    op.create_table(
        "terminal_states",
        sa.Column("terminal_id", sa.String(8), primary_key=True),
        sa.Column("seen_at", _INSTANT, nullable=False),
        sa.Column("report", sa.Text, nullable=False),
        sqlite_with_rowid=False,
        postgresql_with={"fillfactor": 50},
    )
    op.create_table(
        "terminal_events",
        sa.Column("terminal_id", sa.String(8), primary_key=True),
        sa.Column("sequence", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("body_hash", sa.String(64), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("told_at", _INSTANT, nullable=False),
        sa.Column("received_at", _INSTANT, nullable=False),
        sqlite_with_rowid=False,
    )


def _what_they_shall_have() -> None:
    op.create_table(
        "terminal_desired",
        sa.Column("terminal_id", sa.String(8), primary_key=True),
        sa.Column("kind", sa.String(64), primary_key=True),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "fleet_desired",
        sa.Column("kind", sa.String(64), primary_key=True),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "desired_clock",
        sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
