"""Balances of accounts, derived from the transfers. Reads only."""

from dataclasses import dataclass

from sqlalchemy import Engine, func, select

from wallet.books.tables import ledger_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """The sum of an account's transfers; debits positive, credits negative."""

    account: str
    currency: str
    minor: int


def ledger_balances(engine: Engine, terminal_id: str | None = None) -> list[Balance]:
    """Every account with its balance, over all terminals or of one; the balances of one currency sum
    to zero.
    """
    line = ledger_line.c
    query = select(line.account, line.currency, func.sum(line.delta_minor).label("minor"))
    if terminal_id is not None:
        query = query.where(line.terminal_id == terminal_id)
    query = query.group_by(line.account, line.currency).order_by(line.account, line.currency)
    with engine.connect() as connection:
        rows = connection.execute(query).mappings().all()
    return [Balance(**{**row, "minor": int(row["minor"])}) for row in rows]
