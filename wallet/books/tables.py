"""The tables of the ledger; append-only."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Integer,
    String,
    Table,
    UniqueConstraint,
)

from wallet.storage.metadata import Instant, append_only, metadata

ledger_tx = Table(
    "ledger_tx",
    metadata,
    Column("terminal_id", String(8), primary_key=True),
    Column("uid", String(64), primary_key=True),
    Column("kind", String(32), nullable=False),
    # What it is about: a payment by its number, or a note in no payment by cycle and state.
    Column("number", BigInteger),
    Column("cycle", String(128)),
    Column("state", String(16)),
    Column("recorded_at", Instant, nullable=False),
    Column("effective_at", Instant, nullable=False),
    CheckConstraint("(number IS NULL) <> (cycle IS NULL AND state IS NULL)"),
    UniqueConstraint("terminal_id", "kind", "number"),
    UniqueConstraint("terminal_id", "kind", "cycle", "state"),
    ForeignKeyConstraint(["terminal_id", "number"], ["payments.terminal_id", "payments.number"]),
    ForeignKeyConstraint(
        ["terminal_id", "cycle", "state"],
        ["note_reports.terminal_id", "note_reports.cycle", "note_reports.state"],
    ),
    sqlite_with_rowid=False,
)

ledger_entry = Table(
    "ledger_entry",
    metadata,
    Column("terminal_id", String(8), primary_key=True),
    Column("uid", String(64), primary_key=True),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("account", String(160), nullable=False),
    Column("currency", String(3), nullable=False),
    # Debits are positive, credits negative.
    Column("delta_minor", BigInteger, CheckConstraint("delta_minor <> 0"), nullable=False),
    ForeignKeyConstraint(["terminal_id", "uid"], ["ledger_tx.terminal_id", "ledger_tx.uid"]),
    sqlite_with_rowid=False,
)

for _table in (ledger_tx, ledger_entry):
    append_only(_table)
