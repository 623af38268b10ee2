"""The tables. Every key begins with `terminal_id`, so that the data can be spread by it later.

Ledger tables and stored bodies are append-only: triggers refuse change and removal, and the only
thing of a payment that moves is its status. It must never hold a rule about what is written.
"""

from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import (
    DDL,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Dialect,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    event,
)

SCHEMA_VERSION: Final = 2
APPLICATION_ID: Final = 0x57414C54
"""Stored in `PRAGMA application_id`: tells this file from any other SQLite file ("WALT")."""

metadata = MetaData()


class Instant(TypeDecorator[datetime]):
    """An aware instant as UTC text of fixed width: sorts by time, the same in any database."""

    impl = String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Refuses a naive time: `astimezone` would take it for local time."""
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """Back to an aware UTC time."""
        del dialect
        return None if value is None else datetime.fromisoformat(value)


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


def _refuse(table: Table, what: str, name: str) -> None:
    trigger = DDL(  # type: ignore[no-untyped-call]
        f"CREATE TRIGGER {table.name}_{name} BEFORE {what} ON {table.name} "
        f"BEGIN SELECT RAISE(ABORT, '{table.name} is append-only'); END"
    )
    event.listen(table, "after_create", trigger.execute_if(dialect="sqlite"))


for _table in (payment_notes, note_reports, conflicts, ledger_tx, ledger_entry):
    _refuse(_table, "UPDATE", "never_changes")
for _table in (payments, payment_notes, note_reports, conflicts, ledger_tx, ledger_entry):
    _refuse(_table, "DELETE", "never_goes")
_FIXED = ", ".join(c.name for c in payments.c if c.name not in ("status", "settled_at"))
_refuse(payments, f"UPDATE OF {_FIXED}", "body_never_changes")
