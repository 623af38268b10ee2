"""Writes transactions into the ledger, inside the transaction of what they record.

A transaction stands once: its kind and subject are its key. Where an account may not be overdrawn its
balance is kept beside the transfers, changed with them, and the database refuses to take it below
nothing. It must never begin or end a transaction of the database, nor change what was posted.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, Table, bindparam, update
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.exc import IntegrityError

from wallet.books.postings import Transaction
from wallet.books.tables import ledger_balance, ledger_transfer
from wallet.storage.bulk import Row, insert_rows

_WITHDRAW: Final = (
    update(ledger_balance)
    .where(
        ledger_balance.c.terminal_id == bindparam("of"),
        ledger_balance.c.account == bindparam("which"),
        ledger_balance.c.currency == bindparam("money"),
    )
    .values(minor=ledger_balance.c.minor - bindparam("taken"))
)


class OverdrawnError(Exception):
    """More was to be taken out of an account than stands there; the transaction must not commit."""


def post(
    connection: Connection,
    terminal_id: str,
    transactions: Iterable[Transaction],
    recorded_at: datetime,
) -> None:
    """Post these transactions of one terminal.

    Raises:
        OverdrawnError: see there.
        sqlalchemy.exc.IntegrityError: one of them was posted before.
    """
    posted = tuple(transactions)
    insert_rows(connection, transfers_to_post(terminal_id, posted, recorded_at))
    keep_balances(connection, terminal_id, posted)


def transfers_to_post(
    terminal_id: str, posted: tuple[Transaction, ...], recorded_at: datetime
) -> tuple[Table, list[Row]]:
    """The rows of these transactions, for whoever writes them together with others; `keep_balances`
    must follow.
    """
    rows = [row for one in posted for row in _rows(terminal_id, one, recorded_at)]
    return ledger_transfer, rows


def _rows(terminal_id: str, transaction: Transaction, recorded_at: datetime) -> Iterator[Row]:
    kind, subject = transaction.kind.value, transaction.subject
    for n, transfer in enumerate(transaction.transfers, start=1):
        yield {
            "terminal_id": terminal_id,
            "kind": kind,
            "subject": subject,
            "n": n,
            "number": transaction.number,
            "debit": str(transfer.debit),
            "credit": str(transfer.credit),
            "currency": transfer.currency,
            "minor": transfer.minor,
            "recorded_at": recorded_at,
            "effective_at": transaction.effective_at,
        }


def keep_balances(
    connection: Connection, terminal_id: str, posted: tuple[Transaction, ...]
) -> None:
    """Change the balances that are kept beside these transfers.

    Raises:
        OverdrawnError: see there.
    """
    owed: Counter[tuple[str, str]] = Counter()
    for transfer in (transfer for one in posted for transfer in one.transfers):
        if transfer.credit.constrained:
            owed[(str(transfer.credit), transfer.currency)] += transfer.minor
        if transfer.debit.constrained:
            owed[(str(transfer.debit), transfer.currency)] -= transfer.minor
    for (account, currency), minor in sorted(owed.items()):
        if minor < 0:
            _withdraw(connection, terminal_id, account, currency, -minor)
        elif minor > 0:
            _pay_in(connection, terminal_id, account, currency, minor)


def _withdraw(
    connection: Connection, terminal_id: str, account: str, currency: str, minor: int
) -> None:
    asked = {"of": terminal_id, "which": account, "money": currency, "taken": minor}
    try:
        changed = connection.execute(_WITHDRAW, asked).rowcount
    except IntegrityError as error:
        raise OverdrawnError(
            f"{account}: less than {minor} {currency} minor stands there"
        ) from error
    if changed != 1:
        raise OverdrawnError(f"{account}: nothing in {currency} stands there")


def _pay_in(
    connection: Connection, terminal_id: str, account: str, currency: str, minor: int
) -> None:
    row = {"terminal_id": terminal_id, "account": account, "currency": currency, "minor": minor}
    make = sqlite_insert if connection.dialect.name == "sqlite" else postgres_insert
    statement = make(ledger_balance).values(row)
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["terminal_id", "account", "currency"],
            set_={"minor": ledger_balance.c.minor + statement.excluded.minor},
        )
    )
