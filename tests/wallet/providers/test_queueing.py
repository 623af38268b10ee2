"""Payouts are made with their payments, in one transaction; what was taken before is gathered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Connection, func, select

from terminal_api import PaymentItem, PaymentStatus
from wallet.payments.tables import payments
from wallet.providers.payout_states import PayoutState
from wallet.providers.payout_store import queue_with
from wallet.providers.profile import Profile
from wallet.providers.tables import payouts
from wallet.server import open_store
from wallet.settings import Settings, Settle
from wallet.storage.database import open_for_writing
from wallet.storage.errors import DatabaseUnusableError

if TYPE_CHECKING:
    from tests.wallet.providers.conftest import PayoutBench

PaymentMaker = Callable[..., PaymentItem]


def _count(connection: Connection) -> int:
    return connection.execute(select(func.count()).select_from(payouts)).scalar_one()


def test_a_payment_and_its_payout_come_together_on_any_database(
    any_database: str, make_payment: PaymentMaker, make_bench: Callable[..., PayoutBench]
) -> None:
    bench = make_bench(open_for_writing(any_database), queue_with)
    many = [make_payment(number) for number in range(1, 41)]
    bench.take(*many)
    bench.take(*many)
    bench.take(make_payment(41, -10_000), make_payment(42))
    with bench.store.turns.read() as connection:
        assert _count(connection) == 41  # Of which nothing is known to be in the box is not paid.
    assert bench.payouts.gather(500) == 0
    assert bench.state(1) is PayoutState.WAITING
    assert bench.payouts.due_providers() == ["mobile"]
    bench.take(*(make_payment(number) for number in range(1_001, 1_251)))  # by COPY
    with bench.store.turns.read() as connection:
        assert _count(connection) == 291
    assert bench.state(1_250) is PayoutState.WAITING
    assert len(bench.payouts.lease("mobile", Profile(url="http://127.0.0.1:9/"), 300)) == 291


def test_what_was_taken_while_nobody_was_to_be_paid_is_gathered_once(
    bench: PayoutBench, make_payment: PaymentMaker
) -> None:
    bench.take(*(make_payment(number) for number in range(1, 6)))
    assert [bench.payouts.gather(3) for _ in range(3)] == [3, 2, 0]


def test_a_payout_that_cannot_be_made_takes_its_payment_with_it(
    bench: PayoutBench, make_payment: PaymentMaker
) -> None:
    def broken(rows: Sequence[object], now: object) -> tuple[()]:
        raise RuntimeError("no payout")

    bench.store._also = broken
    with pytest.raises(RuntimeError):
        bench.take(make_payment(1))
    with bench.store.turns.read() as connection:
        assert connection.execute(select(func.count()).select_from(payments)).scalar_one() == 0


@pytest.mark.parametrize("settle", list(Settle))
def test_only_a_backend_that_pays_providers_queues(
    tmp_path: Path, make_payment: PaymentMaker, settle: Settle
) -> None:
    file = tmp_path / "providers.toml" if settle is Settle.PROVIDERS else None
    database = f"sqlite:///{tmp_path / 'wallet.db'}"
    store = open_store(Settings(database=database, settle=settle, providers=file))
    store.take("10238898", [make_payment(1)])
    with store.turns.read() as connection:
        assert _count(connection) == (settle is Settle.PROVIDERS)
    store.close()


def test_nothing_is_pretended_where_providers_are_paid(
    tmp_path: Path, make_payment: PaymentMaker
) -> None:
    database = f"sqlite:///{tmp_path / 'wallet.db'}"
    file = tmp_path / "providers.toml"
    store = open_store(Settings(database=database, settle=Settle.PROVIDERS, providers=file))
    store.take("10238898", [make_payment(1)])
    assert store.settle() == 0
    store.close()
    for unpaid in (Settings(database=database), Settings(database=database, settle="instant")):
        with pytest.raises(DatabaseUnusableError, match="nobody pays"):
            open_store(unpaid)
    store = open_store(Settings(database=database, settle=Settle.OFF))
    (state,) = store.states("10238898", [1])
    assert state.status is PaymentStatus.ACCEPTED
    store.close()


@pytest.mark.parametrize(
    "told", [{"settle": "providers"}, {"providers": "p.toml"}, {"worker": False}]
)
def test_paying_and_pretending_to_pay_exclude_each_other(told: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="(go|goes) together"):
        Settings.model_validate(told)
