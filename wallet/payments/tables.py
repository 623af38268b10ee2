"""The tables of payments, of their notes, and of what contradicts them.

Stored bodies are append-only, and the only thing of a payment that moves is its status. It must
never hold a rule about what is written.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from wallet.storage.metadata import Instant, append_only, metadata, refuse

payments = Table(
    "payments",
    metadata,
    Column("terminal_id", String(8), primary_key=True),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("uid", String(64), nullable=False),
    Column("body_hash", String(64), nullable=False),
    Column("body", Text, nullable=False),
    Column("status", String(16), nullable=False),
    Column("provider_code", String(64), nullable=False),
    Column("currency", String(3), nullable=False),
    Column("inserted_minor", BigInteger, nullable=False),
    Column("fee_minor", BigInteger, nullable=False),
    Column("credited_minor", BigInteger, nullable=False),
    Column("change_minor", BigInteger, nullable=False),
    Column("disputed_minor", BigInteger, nullable=False),
    Column("formed_at", Instant, nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("settled_at", Instant),
    UniqueConstraint("terminal_id", "uid"),
    CheckConstraint("inserted_minor = credited_minor + fee_minor + change_minor"),
    sqlite_with_rowid=False,
)
Index(
    "payments_to_settle",
    payments.c.terminal_id,
    payments.c.number,
    sqlite_where=payments.c.status == "accepted",
    postgresql_where=payments.c.status == "accepted",
)

payment_notes = Table(
    "payment_notes",
    metadata,
    Column("terminal_id", String(8), primary_key=True),
    # The identity of one accept cycle: the same banknote can never stand in two payments.
    Column("cycle", String(128), primary_key=True),
    Column("number", BigInteger, nullable=False),
    # A disputed note may have no value that anybody knows.
    Column("minor", BigInteger, CheckConstraint("minor > 0 OR disputed"), nullable=False),
    Column("currency", String(3), nullable=False),
    Column("disputed", Boolean, nullable=False),
    ForeignKeyConstraint(["terminal_id", "number"], ["payments.terminal_id", "payments.number"]),
    sqlite_with_rowid=False,
)

note_reports = Table(
    "note_reports",
    metadata,
    Column("terminal_id", String(8), primary_key=True),
    Column("cycle", String(128), primary_key=True),
    Column("state", String(16), primary_key=True),
    Column("body_hash", String(64), nullable=False),
    Column("body", Text, nullable=False),
    # Null where a disputed note is not recognised.
    Column("minor", BigInteger, CheckConstraint("minor > 0")),
    Column("currency", String(3)),
    Column("disputed_minor", BigInteger, nullable=False),
    Column("told_at", Instant, nullable=False),
    Column("received_at", Instant, nullable=False),
    sqlite_with_rowid=False,
)

conflicts = Table(
    "conflicts",
    metadata,
    Column("terminal_id", String(8), primary_key=True),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("body_hash", String(64), primary_key=True),
    Column("body", Text, nullable=False),
    Column("reason", String(200), nullable=False),
    Column("stored_uid", String(64)),
    Column("first_seen_at", Instant, nullable=False),
    sqlite_with_rowid=False,
)

for _table in (payment_notes, note_reports, conflicts):
    append_only(_table)
refuse(payments, "DELETE", "never_goes")
_FIXED = ", ".join(c.name for c in payments.c if c.name not in ("status", "settled_at"))
refuse(payments, f"UPDATE OF {_FIXED}", "body_never_changes")
