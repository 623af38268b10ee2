"""How payments end: each end once, in the books too, and no end becomes another."""

import pytest
from prometheus_client import CollectorRegistry

from terminal_api import PaymentStatus
from wallet.books.balances import ledger_balances
from wallet.books.verify import verify_books
from wallet.payments.outcomes import (
    EndedOtherwiseError,
    NoSuchPaymentError,
    mark_manual,
    mark_paid,
    mark_refused,
)
from wallet.payments.stage import PaymentStage
from wallet.storage.turns import StoreBusyError

T = "10000001"


@pytest.fixture
def taken(any_database: str, make_store, make_payment):
    store = make_store(any_database)
    store.take(T, [make_payment(1, 10_000, fee=300)])
    return store


def mark(store, how, number: int = 1) -> bool:
    with store.turns.write(T) as connection:
        done: bool = how(connection, T, number, store._clock())
    return done


def books(store) -> dict[str, int]:
    assert verify_books(store._engine).findings == ()
    return {it.account: it.minor for it in ledger_balances(store._engine) if it.minor}


@pytest.mark.parametrize("by_hand", [False, True])
def test_a_paid_payment_is_settled_with_its_provider_once(taken, by_hand: bool) -> None:
    if by_hand:
        assert mark(taken, mark_manual)
        assert taken.states(T, [1])[0].status is PaymentStatus.ACCEPTED
        assert books(taken)["payable_manual:mobile"] == -9_700
        assert not mark(taken, mark_manual)
    assert mark(taken, mark_paid)
    assert not mark(taken, mark_paid)
    assert taken.states(T, [1])[0].status is PaymentStatus.CREDITED
    assert books(taken) == {
        "cash_in_transit": 10_000,
        "fee_income": -300,
        "provider_settlement:mobile": -9_700,
    }


@pytest.mark.parametrize("by_hand", [False, True])
def test_a_refused_payment_is_owed_to_the_customer_with_its_fee(taken, by_hand: bool) -> None:
    if by_hand:
        mark(taken, mark_manual)
    assert mark(taken, mark_refused)
    assert not mark(taken, mark_refused)
    assert taken.states(T, [1])[0].status is PaymentStatus.REFUSED
    assert books(taken) == {"cash_in_transit": 10_000, "claims_owed": -10_000}


@pytest.mark.parametrize(
    ("first", "then"),
    [(mark_paid, mark_refused), (mark_refused, mark_paid), (mark_paid, mark_manual)],
)
def test_no_end_becomes_another(taken, first, then) -> None:
    mark(taken, first)
    before = books(taken)
    with pytest.raises(EndedOtherwiseError):
        mark(taken, then)
    assert books(taken) == before


def test_there_must_be_a_payment(taken) -> None:
    with pytest.raises(NoSuchPaymentError):
        mark(taken, mark_paid, 2)


def test_a_rolled_back_end_leaves_nothing(taken) -> None:
    before = books(taken)

    def paid_and_then_broken() -> None:
        with taken.turns.write(T) as connection:
            mark_paid(connection, T, 1, taken._clock())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        paid_and_then_broken()
    assert books(taken) == before
    assert taken.states(T, [1])[0].status is PaymentStatus.ACCEPTED


def test_what_terminals_are_told_of_a_stage() -> None:
    assert {stage: stage.status.value for stage in PaymentStage} == {
        PaymentStage.ACCEPTED: "accepted",
        PaymentStage.MANUAL: "accepted",
        PaymentStage.CREDITED: "credited",
        PaymentStage.REFUSED: "refused",
        PaymentStage.DISPUTED: "disputed",
    }


def test_a_store_whose_tables_are_of_another_time_is_not_ready(
    any_database: str, make_store
) -> None:
    store = make_store(any_database)
    store.check()
    move = "UPDATE alembic_version SET version_num = '{}'"
    with store._engine.begin() as connection:
        before = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one()
        connection.exec_driver_sql(move.format("w0000"))
    with pytest.raises(StoreBusyError, match="w0000"):
        store.check()
    with store._engine.begin() as connection:
        connection.exec_driver_sql(move.format(before))
    store.check()


def test_connections_at_work_are_measured(any_database: str, make_store) -> None:
    store, registry = make_store(any_database), CollectorRegistry()
    store.measure(registry)
    name = "wallet_database_connections_in_use"
    assert registry.get_sample_value(name) == 0
    with store.turns.read():
        assert registry.get_sample_value(name) == 1
