"""Notes in no payment: each report once, its money in suspense, and books that agree in any order."""

import itertools
from datetime import UTC, datetime
from pathlib import Path

import pytest

from terminal_api import LooseState, NoteReport, PaymentItem, Verdict
from wallet.books.entries import note_entries
from wallet.payments.reports import ledger_balances, unbalanced_transactions
from wallet.payments.store import Store
from wallet.storage.database import open_for_reading

T = "10000001"
CASH, DOUBT, OWED = f"cash_in_transit:{T}", f"cash_disputed:{T}", f"suspense:{T}"


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


def balances(database: Path) -> dict[str, int]:
    engine = open_for_reading(database)
    try:
        assert unbalanced_transactions(engine) == []
        return {it.account: it.minor for it in ledger_balances(engine) if it.minor}
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
        mine = {
            account.split(":")[0]: minor
            for account, minor in balances(database).items()
            if account.endswith(terminal)
        }
        assert mine == {"cash_in_transit": 60_000, "suspense": -50_000}
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


@pytest.mark.parametrize("minor", [1, 10_000])
@pytest.mark.parametrize("disputed", [0, 1, 10_000, 20_000])
def test_entries_always_sum_to_zero(minor: int, disputed: int) -> None:
    for note in (report(minor=minor, disputed=disputed), doubtful("c1", minor)):
        assert sum(entry.delta_minor for entry in note_entries(T, note)) == 0
