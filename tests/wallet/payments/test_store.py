"""The store: each payment once, conflicts beside it, books that sum to zero, nothing rewritten."""

import sqlite3
import tempfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy.exc
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, event, text, update
from structlog.testing import capture_logs

from simulation.proof.blank import blank_wallet
from terminal_api import NoteItem, PaymentItem, PaymentStatus, Verdict, body_hash
from wallet.books import tables as ledger_tables
from wallet.books.balances import ledger_balances
from wallet.books.verify import verify_books
from wallet.payments import tables
from wallet.payments.reports import list_payments
from wallet.payments.store import Store
from wallet.storage.database import open_for_reading, open_for_writing
from wallet.storage.turns import StoreBusyError

T = "10000001"


def balances(database: Path) -> dict[str, int]:
    engine = open_for_reading(database)
    try:
        assert verify_books(engine).findings == ()
        return {it.account: it.minor for it in ledger_balances(engine) if it.minor}
    finally:
        engine.dispose()


def rows(database: Path, query: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(database)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def test_a_new_payment_is_accepted_and_its_repeat_is_a_duplicate(store, make_payment) -> None:
    (first,) = store.take(T, [make_payment(1)])
    assert (first.verdict, first.status) == (Verdict.ACCEPTED, PaymentStatus.ACCEPTED)
    (second,) = store.take(T, [make_payment(1)])
    assert (second.verdict, second.status) == (Verdict.DUPLICATE, PaymentStatus.ACCEPTED)
    assert second.uid == first.uid is not None


def test_a_duplicate_tells_the_status_of_today(store, make_payment) -> None:
    store.take(T, [make_payment(1)])
    assert store.settle() == 1
    assert store.settle() == 0
    (again,) = store.take(T, [make_payment(1)])
    assert (again.verdict, again.status) == (Verdict.DUPLICATE, PaymentStatus.CREDITED)


def test_the_same_number_of_another_terminal_is_another_payment(store, make_payment) -> None:
    store.take(T, [make_payment(1)])
    (other,) = store.take("10000002", [make_payment(1)])
    assert other.verdict is Verdict.ACCEPTED


def test_other_content_under_a_number_is_a_conflict_that_changes_nothing(
    store, make_payment, database
) -> None:
    (stored,) = store.take(T, [make_payment(1, 10_000)])
    before = balances(database)
    with capture_logs() as logs:
        (answer,) = store.take(T, [make_payment(1, 50_000)])
        store.take(T, [make_payment(1, 50_000)])
    assert (answer.verdict, answer.uid) == (Verdict.CONFLICT, stored.uid)
    assert answer.status is PaymentStatus.DISPUTED
    assert balances(database) == before
    kept = rows(database, "SELECT subject, body_hash, reason FROM conflicts")
    assert kept == [("1", body_hash(make_payment(1, 50_000)), answer.message)]
    assert [(log["event"], log["alarm"], log["number"]) for log in logs] == [
        ("payment_conflict", True, 1)
    ] * 2
    assert "9161234567" not in repr(logs)


def test_a_banknote_is_taken_once_whatever_payment_it_stands_in(store, make_payment) -> None:
    store.take(T, [make_payment(1)])
    again = make_payment(2, notes=make_payment(1).notes)
    (answer,) = store.take(T, [again])
    assert answer.verdict is Verdict.CONFLICT
    assert "payment 1" in answer.message
    assert store.states(T, [2])[0].status is PaymentStatus.UNKNOWN


def test_a_banknote_that_stands_twice_in_one_batch_is_taken_once(store, make_payment) -> None:
    twice = [make_payment(1), make_payment(2, notes=make_payment(1).notes), make_payment(3)]
    verdicts = [answer.verdict for answer in store.take(T, twice)]
    assert verdicts == [Verdict.ACCEPTED, Verdict.CONFLICT, Verdict.ACCEPTED]


def test_states_tell_what_is_stored_and_what_is_not(store, make_payment) -> None:
    (answer,) = store.take(T, [make_payment(2)])
    unknown, known = store.states(T, [1, 2])
    assert (unknown.status, unknown.uid, unknown.body_hash) == (PaymentStatus.UNKNOWN, None, None)
    assert (known.status, known.uid) == (PaymentStatus.ACCEPTED, answer.uid)
    assert known.body_hash == body_hash(make_payment(2))


def test_a_payment_of_disputed_notes_waits_for_people(store, make_payment, database) -> None:
    (answer,) = store.take(T, [make_payment(1, -50_000)])
    assert answer.status is PaymentStatus.DISPUTED
    assert store.settle() == 0
    assert balances(database) == {"cash_disputed": 50_000, "suspense": -50_000}


def test_a_payment_stands_in_the_books_by_its_parts(store, make_payment, database) -> None:
    store.take(T, [make_payment(1, 10_000, 5_000, -1_000, fee=300, change=200)])
    assert balances(database) == {
        "cash_in_transit": 15_000,
        "provider_payable:mobile": -14_500,
        "fee_income": -300,
        "change_owed": -200,
        "cash_disputed": 1_000,
        "suspense": -1_000,
    }


def test_a_batch_of_five_hundred_is_one_transaction(store, make_payment, database) -> None:
    begun = []
    event.listen(store._engine, "begin", begun.append)
    batch = [make_payment(number, 10_000, 5_000, fee=100) for number in range(1, 501)]
    answers = store.take(T, batch)
    assert len(begun) == 1
    assert [answer.number for answer in answers] == list(range(1, 501))
    assert {answer.verdict for answer in answers} == {Verdict.ACCEPTED}
    assert len({answer.uid for answer in answers}) == 500
    assert balances(database)["cash_in_transit"] == 500 * 15_000
    assert {answer.verdict for answer in store.take(T, batch)} == {Verdict.DUPLICATE}


def test_a_batch_that_breaks_half_way_leaves_nothing(store, make_payment, monkeypatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("power")

    with monkeypatch.context() as patched:
        patched.setattr("wallet.payments.store.keep_balances", broken)
        with pytest.raises(RuntimeError):
            store.take(T, [make_payment(1)])
    assert store.states(T, [1])[0].status is PaymentStatus.UNKNOWN
    assert store.take(T, [make_payment(1)])[0].verdict is Verdict.ACCEPTED


def test_an_error_at_commit_is_unknown_and_the_repeat_finds_out(store, make_payment) -> None:
    def commits_and_then_fails(connection: sqlalchemy.Connection) -> None:
        connection.connection.driver_connection.execute("COMMIT")
        raise sqlalchemy.exc.OperationalError("COMMIT", None, OSError("disk I/O error"))

    event.listen(store._engine, "commit", commits_and_then_fails)
    with pytest.raises(sqlalchemy.exc.OperationalError):
        store.take(T, [make_payment(1)])
    event.remove(store._engine, "commit", commits_and_then_fails)
    assert store.take(T, [make_payment(1)])[0].verdict is Verdict.DUPLICATE


def test_a_writer_that_is_taken_for_too_long_is_told(store, make_payment, monkeypatch) -> None:
    monkeypatch.setattr("wallet.storage.turns._PATIENCE_S", 0.01)
    with store.turns.lock, pytest.raises(StoreBusyError):
        store.take(T, [make_payment(1)])


def test_what_is_written_is_there_after_a_restart(store, make_payment, database) -> None:
    store.take(T, [make_payment(1)])
    other = Store(open_for_writing(database), lambda: datetime.now(UTC), lambda: "x")
    assert other.states(T, [1])[0].status is PaymentStatus.ACCEPTED
    other.close()


@pytest.mark.parametrize(
    "statement",
    [
        update(ledger_tables.ledger_transfer).values(minor=1),
        update(tables.payment_notes).values(minor=1),
        update(tables.payments).values(body="{}"),
        update(tables.payments).values(credited_minor=0, inserted_minor=0),
        delete(ledger_tables.ledger_transfer),
        delete(tables.payment_notes),
        delete(tables.payments),
    ],
    ids=str,
)
def test_what_is_written_never_changes(store, make_payment, statement) -> None:
    store.take(T, [make_payment(1)])
    with pytest.raises(sqlalchemy.exc.IntegrityError), store._engine.begin() as connection:
        connection.execute(statement)


def test_payments_are_listed_newest_first_without_the_customer(
    store, make_payment, database
) -> None:
    store.take(T, [make_payment(1), make_payment(2)])
    store.take("10000002", [make_payment(1)])
    engine = open_for_reading(database)
    listed = list_payments(engine, 10, None)
    assert [(it.terminal_id, it.number) for it in listed] == [("10000002", 1), (T, 2), (T, 1)]
    assert [it.number for it in list_payments(engine, 10, T)] == [2, 1]
    assert len(list_payments(engine, 1, None)) == 1
    assert listed[1].formed_at == datetime(2026, 5, 1, 9, 30, tzinfo=UTC)
    assert "9161234567" not in repr(listed)
    engine.dispose()


def test_a_reader_does_not_hold_the_writer(store, make_payment, database) -> None:
    store.take(T, [make_payment(1)])
    engine = open_for_reading(database)
    with engine.connect() as connection:
        connection.execute(text("SELECT * FROM payments")).first()
        assert store.take(T, [make_payment(2)])[0].verdict is Verdict.ACCEPTED
    engine.dispose()


notes = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 500_000), st.booleans()),
    min_size=1,
    max_size=4,
    unique_by=lambda note: note[0],
)


@st.composite
def anything(draw: st.DrawFn) -> PaymentItem:
    """Few numbers and few banknotes, so that repeats and conflicts come often."""
    given_notes = draw(notes)
    inserted = sum(minor for _, minor, disputed in given_notes if not disputed)
    fee = draw(st.integers(0, inserted))
    change = draw(st.integers(0, inserted - fee))
    return PaymentItem(
        number=draw(st.integers(1, 8)),
        session="s",
        provider_id=1,
        provider_code=draw(st.sampled_from(["mobile", "bank"])),
        account="1",
        fields={},
        currency="RUB",
        inserted_minor=inserted,
        fee_minor=fee,
        credited_minor=inserted - fee - change,
        change_minor=change,
        disputed_minor=sum(minor for _, minor, disputed in given_notes if disputed),
        fee_version="1",
        formed_at=datetime(2026, 5, 1, tzinfo=UTC),
        receipt_number=1,
        notes=tuple(
            NoteItem(cycle=f"c{cycle}", minor=minor, currency="RUB", disputed=disputed)
            for cycle, minor, disputed in given_notes
        ),
    )


batches = st.lists(anything(), min_size=1, max_size=6, unique_by=lambda it: it.number)


@settings(max_examples=40, deadline=None)
@given(st.lists(batches, min_size=1, max_size=5))
def test_whatever_comes_the_books_are_the_sum_of_the_accepted(
    sent: list[list[PaymentItem]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "wallet.db"
        database.write_bytes(blank_wallet())
        uids = iter(range(10_000))
        it = Store(open_for_writing(database), lambda: datetime.now(UTC), lambda: f"u{next(uids)}")
        accepted: dict[int, PaymentItem] = {}
        for batch in sent:
            batch.sort(key=lambda item: item.number)
            for item, answer in zip(batch, it.take(T, batch), strict=True):
                if answer.verdict is Verdict.ACCEPTED:
                    assert item.number not in accepted
                    accepted[item.number] = item
        books = balances(database)
        it.close()
    wanted: Counter[str] = Counter()
    for item in accepted.values():
        wanted["cash_in_transit"] += item.inserted_minor
        wanted[f"provider_payable:{item.provider_code}"] -= item.credited_minor
        wanted["fee_income"] -= item.fee_minor
        wanted["change_owed"] -= item.change_minor
        wanted["cash_disputed"] += item.disputed_minor
        wanted["suspense"] -= item.disputed_minor
    assert books == {account: minor for account, minor in wanted.items() if minor}
    assert sum(books.values()) == 0
    cycles = [note.cycle for item in accepted.values() for note in item.notes]
    assert len(set(cycles)) == len(cycles)
