"""Notes in no payment: each report once, its money in suspense, and books that agree in any order."""

import itertools
from datetime import UTC, datetime
from pathlib import Path

import pytest

from terminal_api import LooseState, NoteReport, PaymentItem, Verdict
from wallet.books.balances import ledger_balances
from wallet.books.verify import verify_books
from wallet.payments.store import Store
from wallet.storage.database import open_for_reading

T = "10000001"
CASH, DOUBT, OWED = "cash_in_transit", "cash_disputed", "suspense"


def report(
    cycle: str = "c1",
    state: LooseState = LooseState.SUSPENSE,
    minor: int | None = 10_000,
    disputed: int = 0,
) -> NoteReport:
    return NoteReport(
        cycle=cycle,
        state=state,
        minor=minor,
        currency=None if minor is None else "RUB",
        disputed_minor=disputed,
        at=datetime(2026, 5, 1, 9, 30, tzinfo=UTC),
        evidence=("81", "no session"),
    )


def doubtful(cycle: str, minor: int | None) -> NoteReport:
    return report(cycle, LooseState.DISPUTED, minor)


def balances(database: Path, terminal: str | None = None) -> dict[str, int]:
    engine = open_for_reading(database)
    try:
        assert verify_books(engine).findings == ()
        return {it.account: it.minor for it in ledger_balances(engine, terminal) if it.minor}
    finally:
        engine.dispose()


def test_a_note_in_suspense_is_cash_that_is_owed_once(store: Store, database: Path) -> None:
    (first,) = store.take_notes(T, [report()])
    (again,) = store.take_notes(T, [report()])
    assert (first.verdict, again.verdict) == (Verdict.ACCEPTED, Verdict.DUPLICATE)
    assert balances(database) == {CASH: 10_000, OWED: -10_000}


def test_a_disputed_note_of_unknown_value_is_kept_without_entries(
    store: Store, database: Path
) -> None:
    (answer,) = store.take_notes(T, [doubtful("c1", None)])
    assert answer.verdict is Verdict.ACCEPTED
    assert balances(database) == {}


def test_other_content_for_a_note_is_a_conflict_that_changes_nothing(
    store: Store, database: Path
) -> None:
    store.take_notes(T, [report()])
    (answer,) = store.take_notes(T, [report(minor=50_000)])
    assert answer.verdict is Verdict.CONFLICT
    assert balances(database) == {CASH: 10_000, OWED: -10_000}


def test_the_same_note_of_another_terminal_is_another_note(store: Store) -> None:
    store.take_notes(T, [report()])
    (other,) = store.take_notes("10000002", [report()])
    assert other.verdict is Verdict.ACCEPTED


@pytest.mark.parametrize("value", [10_000, 50_000])
def test_a_disputed_note_that_turns_up_leaves_no_doubt(
    store: Store, database: Path, value: int
) -> None:
    told = [doubtful("c1", 10_000), report("c1", minor=value, disputed=10_000)]
    for _ in range(2):
        store.take_notes(T, told)
    assert balances(database) == {CASH: value, OWED: -value}


def test_order_makes_no_difference_to_the_books(store: Store, make_payment, database: Path) -> None:
    """A payment with a disputed note, and that note as suspense: whichever comes first."""
    payment: PaymentItem = make_payment(1, 10_000, -50_000)
    loose = report("c1-1", minor=50_000, disputed=50_000)
    wanted = None
    for number, first in enumerate(itertools.permutations(["payment", "note"])):
        terminal = f"1000000{number}"
        for what in first:
            if what == "payment":
                (answer,) = store.take(terminal, [payment])
                assert answer.verdict is Verdict.ACCEPTED
            else:
                (said,) = store.take_notes(terminal, [loose])
                assert said.verdict is Verdict.ACCEPTED
        mine = balances(database, terminal)
        assert mine == {CASH: 60_000, OWED: -50_000, "provider_payable:mobile": -10_000}
        wanted = wanted or mine
        assert mine == wanted


def test_a_note_that_a_payment_credits_is_not_taken_as_suspense(
    store: Store, make_payment, database: Path
) -> None:
    store.take(T, [make_payment(1, 10_000)])
    before = balances(database)
    (answer,) = store.take_notes(T, [report("c1-0")])
    assert answer.verdict is Verdict.CONFLICT
    assert balances(database) == before


def test_a_note_in_suspense_is_not_credited_by_a_payment(
    store: Store, make_payment, database: Path
) -> None:
    store.take_notes(T, [report("c1-0")])
    before = balances(database)
    (answer,) = store.take(T, [make_payment(1, 10_000)])
    assert answer.verdict is Verdict.CONFLICT
    assert balances(database) == before
