"""What people read from the database: payments, balances, and the check of the books.

Reads only; give it an engine of `open_for_reading`. It must never show a customer's account.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, func, select

from terminal_api import PaymentStatus
from wallet.books.tables import ledger_entry, ledger_tx
from wallet.payments.tables import payments


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRow:
    """A stored payment as people look at it; no account, no field of the customer."""

    terminal_id: str
    number: int
    uid: str
    status: PaymentStatus
    provider_code: str
    currency: str
    inserted_minor: int
    fee_minor: int
    credited_minor: int
    change_minor: int
    disputed_minor: int
    formed_at: datetime
    received_at: datetime
    settled_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """The sum of an account's entries; debits positive, credits negative."""

    account: str
    currency: str
    minor: int


def list_payments(engine: Engine, limit: int, terminal_id: str | None) -> list[PaymentRow]:
    """The latest payments received, newest first."""
    columns = [payments.c[name] for name in PaymentRow.__dataclass_fields__]
    query = select(*columns).order_by(payments.c.received_at.desc(), payments.c.number.desc())
    if terminal_id is not None:
        query = query.where(payments.c.terminal_id == terminal_id)
    with engine.connect() as connection:
        rows = connection.execute(query.limit(limit)).mappings().all()
    return [PaymentRow(**{**row, "status": PaymentStatus(row["status"])}) for row in rows]


def ledger_balances(engine: Engine) -> list[Balance]:
    """Every account with its balance; the balances of one currency sum to zero."""
    query = select(
        ledger_entry.c.account,
        ledger_entry.c.currency,
        func.sum(ledger_entry.c.delta_minor).label("minor"),
    ).group_by(ledger_entry.c.account, ledger_entry.c.currency)
    with engine.connect() as connection:
        rows = connection.execute(query.order_by(ledger_entry.c.account)).mappings().all()
    return [Balance(**row) for row in rows]


def unbalanced_transactions(engine: Engine) -> list[tuple[str, str]]:
    """Terminal and uid of ledger transactions that do not sum to zero: there must be none."""
    query = (
        select(ledger_tx.c.terminal_id, ledger_tx.c.uid)
        .outerjoin(ledger_entry)
        .group_by(ledger_tx.c.terminal_id, ledger_tx.c.uid, ledger_entry.c.currency)
        .having(func.coalesce(func.sum(ledger_entry.c.delta_minor), 1) != 0)
    )
    with engine.connect() as connection:
        return [(row.terminal_id, row.uid) for row in connection.execute(query)]
