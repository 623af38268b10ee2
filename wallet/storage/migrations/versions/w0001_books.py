"""Payments, loose notes, collections, and the ledger.

Written by strings, as it was then: the tables in the code move on. A terminal's rows lie together:
`terminal_id` begins every key.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from wallet.storage.guards import append_only, refuse

revision = "w0001_books"
down_revision = None

_INSTANT = sa.String(27).with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    """Make the tables and put up their guards."""
    _payments()
    _loose_notes_and_conflicts()
    _collections()
    _ledger()
    connection = op.get_bind()
    for table in (
        "payment_notes",
        "payment_revisions",
        "note_reports",
        "conflicts",
        "collections",
        "vault_counts",
        "ledger_transfer",
    ):
        append_only(connection, table)
    refuse(connection, "payments", "DELETE", "payments_never_goes")
    refuse(connection, "payments", "UPDATE", "payments_only_grows", _SHRINKS)


_SHRINKS = " OR ".join(
    [
        *(
            f"NEW.{name} <> OLD.{name}"
            for name in (
                "terminal_id",
                "number",
                "uid",
                "provider_code",
                "currency",
                "payable_minor",
                "formed_at",
                "received_at",
            )
        ),
        *(
            f"NEW.{name}_minor < OLD.{name}_minor"
            for name in ("inserted", "fee", "credited", "change", "disputed")
        ),
        "NEW.revision < OLD.revision",
        "(NEW.body <> OLD.body AND NEW.revision <> OLD.revision + 1)",
        "(NEW.body_hash <> OLD.body_hash AND NEW.revision <> OLD.revision + 1)",
        "(OLD.stage IN ('credited', 'refused') AND NEW.stage <> OLD.stage)",
    ]
)
"""What must never become of a payment."""


def _terminal() -> sa.Column[str]:
    return sa.Column("terminal_id", sa.String(8), nullable=False)


def _payments() -> None:
    op.create_table(
        "payments",
        _terminal(),
        sa.Column("number", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("uid", sa.String(64), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("body_hash", sa.String(64), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("stage", sa.String(16), nullable=False),
        sa.Column("provider_code", sa.String(64), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("inserted_minor", sa.BigInteger, nullable=False),
        sa.Column("fee_minor", sa.BigInteger, nullable=False),
        sa.Column("credited_minor", sa.BigInteger, nullable=False),
        sa.Column("change_minor", sa.BigInteger, nullable=False),
        sa.Column("disputed_minor", sa.BigInteger, nullable=False),
        sa.Column("payable_minor", sa.BigInteger, nullable=False),
        sa.Column("formed_at", _INSTANT, nullable=False),
        sa.Column("received_at", _INSTANT, nullable=False),
        sa.Column("settled_at", _INSTANT),
        sa.PrimaryKeyConstraint("terminal_id", "number"),
        sa.CheckConstraint(
            "inserted_minor = credited_minor + fee_minor + change_minor", name="money_adds_up"
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "payments_to_settle",
        "payments",
        ["terminal_id", "number"],
        sqlite_where=sa.text("stage = 'accepted'"),
        postgresql_where=sa.text("stage = 'accepted'"),
    )
    op.create_table(
        "payment_notes",
        _terminal(),
        sa.Column("cycle", sa.String(128), nullable=False),
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.Column("minor", sa.BigInteger, nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("disputed", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("terminal_id", "cycle"),
        sa.CheckConstraint("minor > 0 OR disputed", name="a_note_has_a_value"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "payment_revisions",
        _terminal(),
        sa.Column("number", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("body_hash", sa.String(64), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("replaced_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("terminal_id", "number", "revision"),
        sqlite_with_rowid=False,
    )


def _loose_notes_and_conflicts() -> None:
    op.create_table(
        "note_reports",
        _terminal(),
        sa.Column("cycle", sa.String(128), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("body_hash", sa.String(64), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("minor", sa.BigInteger),
        sa.Column("currency", sa.String(3)),
        sa.Column("disputed_minor", sa.BigInteger, nullable=False),
        sa.Column("told_at", _INSTANT, nullable=False),
        sa.Column("received_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("terminal_id", "cycle", "state"),
        sa.CheckConstraint("minor > 0", name="a_known_value"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "conflicts",
        _terminal(),
        sa.Column("what", sa.String(16), nullable=False),
        sa.Column("subject", sa.String(160), nullable=False),
        sa.Column("body_hash", sa.String(64), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("stored_uid", sa.String(64)),
        sa.Column("first_seen_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("terminal_id", "what", "subject", "body_hash"),
        sqlite_with_rowid=False,
    )


def _collections() -> None:
    op.create_table(
        "collections",
        _terminal(),
        sa.Column("period", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("body_hash", sa.String(64), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("agent", sa.String(64), nullable=False),
        sa.Column("operator_id", sa.String(64), nullable=False),
        sa.Column("opened_at", _INSTANT),
        sa.Column("closed_at", _INSTANT, nullable=False),
        sa.Column("received_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("terminal_id", "period"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "vault_counts",
        _terminal(),
        sa.Column("period", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("n", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("counted_minor", sa.BigInteger, nullable=False),
        sa.Column("counted_by", sa.String(64), nullable=False),
        sa.Column("counted_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("terminal_id", "period", "currency", "n"),
        sa.CheckConstraint("counted_minor >= 0", name="a_count_is_not_negative"),
        sqlite_with_rowid=False,
    )


def _ledger() -> None:
    op.create_table(
        "ledger_transfer",
        _terminal(),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("subject", sa.String(160), nullable=False),
        sa.Column("n", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("number", sa.BigInteger),
        sa.Column("debit", sa.String(96), nullable=False),
        sa.Column("credit", sa.String(96), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("minor", sa.BigInteger, nullable=False),
        sa.Column("recorded_at", _INSTANT, nullable=False),
        sa.Column("effective_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("terminal_id", "kind", "subject", "n"),
        sa.CheckConstraint("minor > 0", name="a_transfer_moves_something"),
        sa.CheckConstraint("debit <> credit", name="a_transfer_has_two_ends"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "ledger_balance",
        _terminal(),
        sa.Column("account", sa.String(96), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("minor", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("terminal_id", "account", "currency"),
        sa.CheckConstraint("minor >= 0", name="never_overdrawn"),
        sqlite_with_rowid=False,
    )
