"""The ledger: a transaction stands once, sums to zero by its shape, and no wallet is overdrawn."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
import sqlalchemy.exc
from sqlalchemy import insert, text

from wallet.books.accounts import Account, AccountKind, account_of
from wallet.books.balances import ledger_balances
from wallet.books.posting import OverdrawnError, post
from wallet.books.postings import CASH, Transaction, TxKind, transfers_of
from wallet.books.tables import ledger_transfer
from wallet.books.verify import verify_books

T = "10000001"
AT = datetime(2026, 5, 1, tzinfo=UTC)
WALLET = Account(AccountKind.WALLET, "79161234567")


def moving(subject: str, debit: Account, credit: Account, minor: int) -> Transaction:
    return Transaction(
        kind=TxKind.VAULT_COUNTED,
        subject=subject,
        effective_at=AT,
        transfers=transfers_of("RUB", (debit, credit, minor)),
    )


def into(subject: str, minor: int) -> Transaction:
    return moving(subject, CASH, WALLET, minor)


def out_of(subject: str, minor: int) -> Transaction:
    return moving(subject, WALLET, CASH, minor)


def test_a_transaction_stands_once(any_database: str, make_store) -> None:
    store = make_store(any_database)
    with store.turns.write(T) as connection:
        post(connection, T, [into("1", 100)], AT)
    with pytest.raises(sqlalchemy.exc.IntegrityError), store.turns.write(T) as connection:
        post(connection, T, [into("1", 100)], AT)
    assert {it.account: it.minor for it in ledger_balances(store._engine)} == {
        "cash_in_transit": 100,
        str(WALLET): -100,
    }


@pytest.mark.parametrize(
    ("debit", "credit", "minor"), [("a", "b", 0), ("a", "b", -5), ("a", "a", 5)]
)
def test_the_database_knows_no_transfer_that_is_none(
    any_database: str, make_store, debit: str, credit: str, minor: int
) -> None:
    store = make_store(any_database)
    row = {"terminal_id": T, "kind": "x", "subject": "1", "n": 1, "currency": "RUB"}
    row |= {"debit": debit, "credit": credit, "minor": minor}
    row |= {"recorded_at": AT, "effective_at": AT}
    with pytest.raises(sqlalchemy.exc.IntegrityError), store.turns.write(T) as connection:
        connection.execute(insert(ledger_transfer).values(row))


def test_a_wallet_gives_no_more_than_it_has(any_database: str, make_store) -> None:
    store = make_store(any_database)
    with pytest.raises(OverdrawnError), store.turns.write(T) as connection:
        post(connection, T, [out_of("0", 1)], AT)
    with store.turns.write(T) as connection:
        post(connection, T, [into("1", 100), out_of("2", 30)], AT)
    with pytest.raises(OverdrawnError), store.turns.write(T) as connection:
        post(connection, T, [out_of("3", 71)], AT)
    with store.turns.write(T) as connection:
        post(connection, T, [out_of("4", 70)], AT)
    books = {it.account: it.minor for it in ledger_balances(store._engine)}
    assert books[str(WALLET)] == 0


def test_however_many_draw_on_a_wallet_at_once_it_is_never_overdrawn(
    postgres: str, make_store
) -> None:
    """Without any turn: the database alone keeps the balance."""
    store = make_store(postgres)
    with store.turns.write(T) as connection:
        post(connection, T, [into("0", 100)], AT)
    gate = threading.Barrier(16)

    def draw(n: int) -> bool:
        gate.wait(10)
        try:
            with store.turns.write(None) as connection:
                post(connection, T, [out_of(f"draw-{n}", 30)], AT)
        except OverdrawnError:
            return False
        return True

    with ThreadPoolExecutor(16) as pool:
        drawn = sum(pool.map(draw, range(16)))
    assert drawn == 3
    assert {it.account: it.minor for it in ledger_balances(store._engine)}[str(WALLET)] == -10
    with store._engine.connect() as connection:
        assert connection.execute(text("SELECT minor FROM ledger_balance")).scalar_one() == 10
    rules = {it.rule for it in verify_books(store._engine).findings}
    assert not {it for it in rules if "balance" in it or "debits" in it}


def test_accounts_are_read_as_they_are_written() -> None:
    for kind in AccountKind:
        for account in (Account(kind), Account(kind, "of:it")):
            assert account_of(str(account)) == account
    with pytest.raises(ValueError, match="is not a valid"):
        account_of("pocket_money")
