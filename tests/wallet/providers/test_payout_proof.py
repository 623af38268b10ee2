"""The proof of the books lays payouts beside payments: every way in which both differ is found."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from terminal_api import PaymentItem
from wallet.books.verify import Proof, verify_books
from wallet.payments.outcomes import mark_manual, mark_paid, mark_refused
from wallet.providers.payout_states import PayoutEvent
from wallet.providers.payout_store import queue_with
from wallet.storage.database import open_for_writing

if TYPE_CHECKING:
    from tests.wallet.providers.conftest import PayoutBench

T = "10238898"


@pytest.fixture
def ended(
    any_database: str,
    make_payment: Callable[..., PaymentItem],
    make_bench: Callable[..., PayoutBench],
) -> PayoutBench:
    """Payments 1 waiting, 2 paid, 3 refused, 4 held, 5 held and tried again."""
    bench = make_bench(open_for_writing(any_database), queue_with)
    bench.take(*(make_payment(number, 10_000, fee=100) for number in range(1, 6)))
    bench.payouts.lease("mobile", None, 10)  # no profile: all are for people
    for number, event in (
        (1, PayoutEvent.OPERATOR_RETRY),
        (2, PayoutEvent.OPERATOR_PAID),
        (3, PayoutEvent.OPERATOR_REFUSED),
        (5, PayoutEvent.OPERATOR_RETRY),
    ):
        bench.decide(number, event)
    return bench


def rules(bench: PayoutBench) -> set[str]:
    return {finding.rule for finding in proof(bench).findings}


def proof(bench: PayoutBench) -> Proof:
    return verify_books(bench.engine)


def test_payouts_and_payments_agree_however_they_end(ended: PayoutBench) -> None:
    found = proof(ended)
    assert found.findings == ()
    assert (found.payouts, found.ended_without_payout) == (5, 0)


_ALIKE = "a payout and its payment stand alike"


@pytest.mark.parametrize(
    ("how", "number"), [(mark_paid, 1), (mark_refused, 4), (mark_paid, 5), (mark_refused, 5)]
)
def test_a_payment_that_ended_without_its_payout_is_found(
    ended: PayoutBench, how: Callable[..., bool], number: int
) -> None:
    with ended.store.turns.write(None) as connection:
        assert how(connection, T, number, ended.now)
    assert rules(ended) == {_ALIKE}


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("state = 'refused'", "an answer ends a payout, or a person"),
        ("state = 'refused'", _ALIKE),
        ("state = 'manual', ended_at = NULL", _ALIKE),
        ("events = 7", "a payout has its whole journal"),
        ("state = 'refused'", "the last that happened to a payout made it what it is"),
        ("ended_at = NULL", "a payout that has ended has its instant, and no other has"),
        ("due_at = ended_at", "a payout that is under way is due one day, and no other is"),
    ],
)
def test_a_payout_that_was_changed_behind_its_back_is_found(
    ended: PayoutBench, change: str, found: str
) -> None:
    with ended.store.turns.write(None) as connection:
        connection.execute(text(f"UPDATE payouts SET {change} WHERE number = 2"))
    assert found in rules(ended)


def test_a_payout_that_nobody_would_ever_look_at_is_found(ended: PayoutBench) -> None:
    with ended.store.turns.write(None) as connection:
        connection.execute(text("UPDATE payouts SET due_at = NULL WHERE number = 1"))
    assert rules(ended) == {"a payout that is under way is due one day, and no other is"}


def test_a_payout_of_no_payment_or_over_another_sum_is_found(
    ended: PayoutBench, make_payment: Callable[..., PaymentItem]
) -> None:
    row = (
        "INSERT INTO payouts SELECT terminal_id, {number}, {txn_id}, txn_at, provider_code,"
        " account, fields, currency, {minor}, 'waiting', 0, since, since, NULL, 0, NULL, '',"
        " NULL, NULL FROM payouts WHERE number = 2"
    )
    ended.store._also = None
    ended.take(make_payment(8))
    with ended.store.turns.write(None) as connection:
        connection.execute(text(row.format(number=9, txn_id=102388980000000009, minor=1)))
        connection.execute(text(row.format(number=8, txn_id=102388980000000007, minor=1)))
    assert rules(ended) == {
        "a payout has its payment",
        "a payout orders what its payment owes to the provider",
        "a payout has the key of its payment",
    }


def test_payments_that_a_backend_without_providers_credited_are_counted(
    ended: PayoutBench, make_payment: Callable[..., PaymentItem]
) -> None:
    ended.store._also = None
    ended.take(make_payment(8), make_payment(9))
    assert ended.store.settle() == 2
    with ended.store.turns.write(None) as connection:
        assert not mark_manual(connection, T, 4, ended.now)
    found = proof(ended)
    assert (found.findings, found.ended_without_payout) == ((), 2)
