"""Hundreds of writers at once on PostgreSQL: whatever they race for, the books stay whole."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from random import Random

import pytest

from terminal_api import LooseState, NoteReport, PaymentItem, Verdict
from wallet.books.balances import ledger_balances
from wallet.books.verify import verify_books
from wallet.payments.outcomes import EndedOtherwiseError, mark_manual, mark_paid, mark_refused

TERMINALS = ("10000001", "10000002", "10000003")
PAYMENTS = 24
WRITERS = 200
AT = datetime(2026, 5, 1, tzinfo=UTC)


def loose(number: int) -> NoteReport:
    """A note that payment `number` credits too: only one of both may stand."""
    return NoteReport(
        cycle=f"c{number}-0",
        state=LooseState.SUSPENSE,
        minor=10_000,
        currency="RUB",
        at=AT,
        evidence=(),
    )


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_hundreds_do_at_once_each_note_is_in_the_books_once(
    postgres: str, make_store, make_payment, seed: int
) -> None:
    store = make_store(postgres)
    payments = [make_payment(n, 10_000, 5_000, fee=300) for n in range(1, PAYMENTS + 1)]
    other = [make_payment(n, 50_000) for n in range(1, PAYMENTS + 1)]
    gate = threading.Barrier(WRITERS)
    told: Counter[tuple[str, int]] = Counter()
    lock = threading.Lock()

    def take(terminal: str, batch: list[PaymentItem]) -> None:
        answers = store.take(terminal, batch)
        with lock:
            accepted = (it.number for it in answers if it.verdict is Verdict.ACCEPTED)
            told.update((terminal, number) for number in accepted)

    def end(terminal: str, number: int, how) -> None:
        with store.turns.write(terminal) as connection:
            how(connection, terminal, number, AT)

    def write(n: int) -> None:
        rng = Random(seed * 1000 + n)
        terminal = rng.choice(TERMINALS)
        first = rng.randint(0, PAYMENTS - 6)
        some = payments[first : first + rng.randint(1, 6)]
        gate.wait(60)
        match n % 5:
            case 0 | 1:
                take(terminal, some)
            case 2:
                take(terminal, other[first : first + 2])
            case 3:
                store.take_notes(terminal, [loose(some[0].number)])
            case _:
                take(terminal, some)
                for payment in some:
                    if store.states(terminal, [payment.number])[0].uid is not None:
                        try:
                            how = rng.choice([mark_paid, mark_refused, mark_manual])
                            end(terminal, payment.number, how)
                        except EndedOtherwiseError:
                            pass
        if n % 40 == 0:
            store.settle()

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write, range(WRITERS)))
    assert set(told.values()) == {1}
    proof = verify_books(store._engine)
    assert proof.findings == ()
    assert proof.payments == len(told)
    assert sum(it.minor for it in ledger_balances(store._engine)) == 0
