"""A payment may grow: more is told under the same number, nothing is taken back."""

from typing import Any

import pytest

from terminal_api import NoteItem, PaymentItem, PaymentStatus, Verdict, body_hash
from wallet.books.balances import ledger_balances
from wallet.books.verify import verify_books
from wallet.payments.growth import added_notes
from wallet.payments.outcomes import mark_paid, mark_refused
from wallet.payments.reports import show_payment

T = "10000001"


def grown(payment: PaymentItem, minor: int, *, disputed: bool = False, **changes: Any) -> Any:
    """One more note, credited in full."""
    note = NoteItem(cycle="more", minor=minor, currency="RUB", disputed=disputed)
    content = dict(payment)
    content["notes"] = (*payment.notes, note)
    for name in ("disputed_minor",) if disputed else ("inserted_minor", "credited_minor"):
        content[name] += minor
    return PaymentItem(**{**content, **changes})


def balances(store: Any) -> dict[str, int]:
    assert verify_books(store._engine).findings == ()
    return {it.account: it.minor for it in ledger_balances(store._engine) if it.minor}


def test_a_payment_that_grew_is_taken_and_its_first_form_is_a_repeat(
    any_database: str, make_store, make_payment
) -> None:
    store = make_store(any_database)
    first = make_payment(1, 10_000, fee=300)
    more = grown(first, 5_000)
    (taken,) = store.take(T, [first])
    (answer,) = store.take(T, [more])
    assert (answer.verdict, answer.uid) == (Verdict.ACCEPTED, taken.uid)
    for payment in (first, more):
        (again,) = store.take(T, [payment])
        assert (again.verdict, again.uid) == (Verdict.DUPLICATE, taken.uid)
    (state,) = store.states(T, [1])
    assert state.body_hash == body_hash(more)
    assert balances(store) == {
        "cash_in_transit": 15_000,
        "provider_payable:mobile": -9_700,
        "fee_income": -300,
        "claims_owed": -5_000,
    }


def test_what_grows_after_it_was_paid_is_owed_to_the_customer_and_not_paid_again(
    any_database: str, make_store, make_payment
) -> None:
    store = make_store(any_database)
    first = make_payment(1, 10_000)
    store.take(T, [first])
    with store.turns.write(T) as connection:
        assert mark_paid(connection, T, 1, store._clock())
    (answer,) = store.take(T, [grown(first, 5_000)])
    assert (answer.verdict, answer.status) == (Verdict.ACCEPTED, PaymentStatus.CREDITED)
    assert balances(store) == {
        "cash_in_transit": 15_000,
        "provider_settlement:mobile": -10_000,
        "claims_owed": -5_000,
    }


def test_no_fee_is_earned_of_what_a_refused_payment_grows_by(
    any_database: str, make_store, make_payment
) -> None:
    store = make_store(any_database)
    first, more = make_payment(1, 10_000, fee=300), make_payment(1, 10_000, 5_000, fee=450)
    store.take(T, [first])
    with store.turns.write(T) as connection:
        assert mark_refused(connection, T, 1, store._clock())
    (answer,) = store.take(T, [more])
    assert (answer.verdict, answer.status) == (Verdict.ACCEPTED, PaymentStatus.REFUSED)
    assert balances(store) == {"cash_in_transit": 15_000, "claims_owed": -15_000}


def test_a_payment_that_grew_and_is_refused_is_owed_to_the_customer_whole(
    any_database: str, make_store, make_payment
) -> None:
    store = make_store(any_database)
    store.take(T, [make_payment(1, 10_000, fee=300)])
    store.take(T, [make_payment(1, 10_000, 5_000, fee=450)])
    with store.turns.write(T) as connection:
        assert mark_refused(connection, T, 1, store._clock())
    assert balances(store) == {"cash_in_transit": 15_000, "claims_owed": -15_000}


def test_no_fee_is_earned_of_a_payment_that_nobody_pays(
    any_database: str, make_store, make_payment
) -> None:
    store = make_store(any_database)
    store.take(T, [make_payment(1, -10_000)])
    store.take(T, [make_payment(1, -10_000, 5_000, fee=150)])
    assert balances(store) == {
        "cash_in_transit": 5_000,
        "claims_owed": -5_000,
        "cash_disputed": 10_000,
        "suspense": -10_000,
    }


def test_a_doubtful_note_told_later_stands_as_a_doubt(
    any_database: str, make_store, make_payment
) -> None:
    store = make_store(any_database)
    first = make_payment(1, 10_000)
    store.take(T, [first])
    store.take(T, [grown(first, 5_000, disputed=True)])
    assert balances(store)["cash_disputed"] == 5_000
    shown = show_payment(store._engine, T, 1)
    assert shown is not None
    assert [(it.kind, it.minor) for it in shown.transfers] == [
        ("payment_taken", 10_000),
        ("payment_grew", 5_000),
    ]
    assert (shown.payment.revision, len(shown.notes)) == (1, 2)


def test_a_note_of_another_payment_does_not_make_one_grow(store, make_payment, database) -> None:
    first, other = make_payment(1, 10_000), make_payment(2, 5_000)
    store.take(T, [first, other])
    more = dict(first) | {
        "notes": (*first.notes, *other.notes),
        "inserted_minor": 15_000,
        "credited_minor": 15_000,
    }
    (answer,) = store.take(T, [PaymentItem(**more)])
    assert answer.verdict is Verdict.CONFLICT
    assert "payment 2" in answer.message


@pytest.mark.parametrize(
    "changes",
    [
        {"account": "9160000000"},
        {"fee_version": "2"},
        {"session": "other"},
        {"notes": ()},
        {"fee_minor": 0, "credited_minor": 15_000},
    ],
    ids=str,
)
def test_anything_else_is_no_growth(make_payment, changes: dict[str, Any]) -> None:
    first = make_payment(1, 10_000, fee=300)
    more = grown(first, 5_000)
    assert added_notes(first, more) is not None
    assert added_notes(more, first) is None
    other = more.model_copy(update=changes)
    assert added_notes(first, other) is None


def test_a_note_told_with_another_value_is_no_growth(make_payment) -> None:
    first = make_payment(1, 10_000)
    other = grown(first, 5_000)
    changed = other.notes[0].model_copy(update={"minor": 20_000})
    assert added_notes(first, other.model_copy(update={"notes": (changed,)})) is None


def test_longer_evidence_is_growth(make_payment) -> None:
    first = make_payment(1, 10_000, -5_000)
    note = first.notes[1].model_copy(update={"evidence": ("81",)})
    more = first.model_copy(update={"notes": (first.notes[0], note)})
    assert added_notes(first, more) == ()
    assert added_notes(more, first) is None
