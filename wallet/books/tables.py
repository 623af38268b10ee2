"""The tables of the ledger and of collections; append-only, but for balances.

One row of `ledger_transfer` is one transfer: it debits one account and credits another by the same
amount, so that no row, and no set of rows, can fail to sum to zero. The rows of one (terminal, kind,
subject) are one transaction, and the key lets it be posted once. Accounts are a terminal's own
sub-accounts: posting touches one shard and no row that others wait for.
"""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Integer,
    String,
    Table,
    Text,
    literal_column,
    select,
    union_all,
)

from wallet.storage.metadata import Instant, append_only, metadata

ledger_transfer = Table(
    "ledger_transfer",
    metadata,
    Column("terminal_id", String(8), primary_key=True),
    Column("kind", String(24), primary_key=True),
    Column("subject", String(160), primary_key=True),
    Column("n", Integer, primary_key=True, autoincrement=False),
    # Of the payment, or of the period, that it is about.
    Column("number", BigInteger),
    Column("debit", String(96), nullable=False),
    Column("credit", String(96), nullable=False),
    Column("currency", String(3), nullable=False),
    Column("minor", BigInteger, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("effective_at", Instant, nullable=False),
    CheckConstraint("minor > 0", name="a_transfer_moves_something"),
    CheckConstraint("debit <> credit", name="a_transfer_has_two_ends"),
    sqlite_with_rowid=False,
)

ledger_balance = Table(
    "ledger_balance",
    metadata,
    Column("terminal_id", String(8), primary_key=True),
    Column("account", String(96), primary_key=True),
    Column("currency", String(3), primary_key=True),
    # What is owed to its owner; only for accounts that may not be overdrawn.
    Column("minor", BigInteger, nullable=False),
    CheckConstraint("minor >= 0", name="never_overdrawn"),
    sqlite_with_rowid=False,
)

collections = Table(
    "collections",
    metadata,
    Column("terminal_id", String(8), primary_key=True),
    Column("period", BigInteger, primary_key=True, autoincrement=False),
    Column("body_hash", String(64), nullable=False),
    Column("body", Text, nullable=False),
    # Into whose vault the cash went.
    Column("agent", String(64), nullable=False),
    Column("operator_id", String(64), nullable=False),
    Column("opened_at", Instant),
    Column("closed_at", Instant, nullable=False),
    Column("received_at", Instant, nullable=False),
    sqlite_with_rowid=False,
)

vault_counts = Table(
    "vault_counts",
    metadata,
    Column("terminal_id", String(8), primary_key=True),
    Column("period", BigInteger, primary_key=True, autoincrement=False),
    Column("currency", String(3), primary_key=True),
    # A recount stands beside the count before it, and has the last word.
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("counted_minor", BigInteger, nullable=False),
    Column("counted_by", String(64), nullable=False),
    Column("counted_at", Instant, nullable=False),
    CheckConstraint("counted_minor >= 0", name="a_count_is_not_negative"),
    sqlite_with_rowid=False,
)

_t = ledger_transfer.c
_SAME = (_t.terminal_id, _t.kind, _t.subject, _t.n, _t.number, _t.currency)
ledger_line = union_all(
    select(*_SAME, _t.debit.label("account"), _t.minor.label("delta_minor")),
    select(*_SAME, _t.credit.label("account"), (literal_column("0") - _t.minor)),
).subquery("ledger_line")
"""Both ends of every transfer, to be read: debits positive, credits negative."""

for _table in (ledger_transfer, collections, vault_counts):
    append_only(_table)
