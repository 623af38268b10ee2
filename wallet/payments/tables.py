"""The tables of payments, of their notes, and of what contradicts them.

Stored bodies are append-only; of a payment only the stage moves and amounts grow, guarded by triggers
. They must never hold a rule about what is written.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Index,
    Integer,
    String,
    Table,
    Text,
)

from wallet.storage.metadata import Instant, append_only, metadata, refuse

payments = Table(
    "payments",
    metadata,
    Column("terminal_id", String(8), primary_key=True),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("uid", String(64), nullable=False),
    # How often it has grown; body and amounts are those of the latest.
    Column("revision", Integer, nullable=False),
    Column("body_hash", String(64), nullable=False),
    Column("body", Text, nullable=False),
    Column("stage", String(16), nullable=False),
    Column("provider_code", String(64), nullable=False),
    Column("currency", String(3), nullable=False),
    Column("inserted_minor", BigInteger, nullable=False),
    Column("fee_minor", BigInteger, nullable=False),
    Column("credited_minor", BigInteger, nullable=False),
    Column("change_minor", BigInteger, nullable=False),
    Column("disputed_minor", BigInteger, nullable=False),
    # What the provider is to get: fixed at intake, whatever the payment grows to.
    Column("payable_minor", BigInteger, nullable=False),
    Column("formed_at", Instant, nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("settled_at", Instant),
    CheckConstraint(
        "inserted_minor = credited_minor + fee_minor + change_minor", name="money_adds_up"
    ),
    sqlite_with_rowid=False,
)
Index(
    "payments_to_settle",
    payments.c.terminal_id,
    payments.c.number,
    sqlite_where=payments.c.stage == "accepted",
    postgresql_where=payments.c.stage == "accepted",
)

payment_notes = Table(
    "payment_notes",
    metadata,
    Column("terminal_id", String(8), primary_key=True),
    # The identity of one accept cycle: the same banknote can never stand in two payments.
    Column("cycle", String(128), primary_key=True),
    Column("number", BigInteger, nullable=False),
    # A disputed note may have no value that anybody knows.
    Column("minor", BigInteger, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("disputed", Boolean, nullable=False),
    CheckConstraint("minor > 0 OR disputed", name="a_note_has_a_value"),
    sqlite_with_rowid=False,
)

payment_revisions = Table(
    "payment_revisions",
    metadata,
    Column("terminal_id", String(8), primary_key=True),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    # What stood in `payments` before it grew.
    Column("body_hash", String(64), nullable=False),
    Column("body", Text, nullable=False),
    Column("replaced_at", Instant, nullable=False),
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
    Column("minor", BigInteger),
    Column("currency", String(3)),
    Column("disputed_minor", BigInteger, nullable=False),
    Column("told_at", Instant, nullable=False),
    Column("received_at", Instant, nullable=False),
    CheckConstraint("minor > 0", name="a_known_value"),
    sqlite_with_rowid=False,
)

conflicts = Table(
    "conflicts",
    metadata,
    Column("terminal_id", String(8), primary_key=True),
    # `payment`, `note` or `collection`, and which of them.
    Column("what", String(16), primary_key=True),
    Column("subject", String(160), primary_key=True),
    Column("body_hash", String(64), primary_key=True),
    Column("body", Text, nullable=False),
    Column("reason", String(200), nullable=False),
    Column("stored_uid", String(64)),
    Column("first_seen_at", Instant, nullable=False),
    sqlite_with_rowid=False,
)

for _table in (payment_notes, payment_revisions, note_reports, conflicts):
    append_only(_table)
refuse(payments, "DELETE", "never_goes")
# What it refuses in detail is written in its revision.
refuse(payments, "UPDATE", "only_grows", "NEW.revision < OLD.revision")
