"""When everything has come to rest: where the paper is, against what the books say.

The acceptor's own count by denomination, the journal's cash and payments, and the backend's ledger.
It reads only, and must never mend anything. Sums are kopecks, counts are notes.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from offline_queue.journal import queries, schema
from offline_queue.journal.engine import reading_engine
from simulation.demo.stand import StandPaths
from terminal_api import canonical_bytes
from wallet.books.tables import ledger_line
from wallet.books.verify import verify_books
from wallet.payments.tables import conflicts
from wallet.payments.tables import payments as backend_payments
from wallet.storage.database import open_for_reading

_KOPECKS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """What the journal holds."""

    payments: tuple[queries.PaymentRow, ...]
    slips: tuple[queries.SlipRow, ...]
    notes: tuple[tuple[str, str, int | None, int | None], ...]
    """Cycle, state, kopecks, number of its payment."""
    cash: Mapping[int, int]
    suspense: int
    waiting: int
    """Payments that the backend has not finished with, and an open session."""

    def ended(self, state: str) -> Counter[int]:
        """Notes in this state by kopecks; those of unknown value under 0."""
        return Counter(minor or 0 for _, found, minor, _ in self.notes if found == state)


def read_books(paths: StandPaths) -> Books:
    """Read the journal, beside a running terminal or after it."""
    engine = reading_engine(paths.journal)
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("BEGIN")
            return _read(connection)
    finally:
        engine.dispose()


def read_open_notes(paths: StandPaths) -> tuple[queries.NoteRow, ...]:
    """Notes of which the journal knows no end, while no terminal runs; none before it was begun."""
    if not paths.journal.exists() or not paths.journal.stat().st_size:
        return ()
    engine = reading_engine(paths.journal)
    try:
        with engine.connect() as connection:
            return queries.open_notes(connection)
    finally:
        engine.dispose()


def _read(connection: Connection) -> Books:
    note = schema.note
    columns = select(note.c.cycle, note.c.state, note.c.minor, note.c.payment_number)
    payments = queries.payments(connection)
    unfinished = sum(payment.state != "credited" for payment in payments)
    return Books(
        payments=payments,
        slips=queries.slips(connection),
        notes=tuple((row[0], row[1], row[2], row[3]) for row in connection.execute(columns)),
        cash=queries.cash(connection),
        suspense=len(queries.suspense(connection)),
        waiting=unfinished + (queries.open_session(connection) is not None),
    )


def contradictions(
    paths: StandPaths,
    status: Mapping[str, Any],
    fed: Mapping[int, int],
    doubted: frozenset[str] = frozenset(),
) -> tuple[str, ...]:
    """Everything that does not hold, in words.

    Args:
        paths: where the journal and the backend's database lie.
        status: what the acceptor says of itself.
        fed: the notes that its bezel took, by whole roubles.
        doubted: cycles of the notes that rightly nobody can know of.
    """
    books = read_books(paths)
    return (*_paper(books, status, fed, doubted), *_payments(books), *_backend(paths, books))


def _paper(
    books: Books, status: Mapping[str, Any], fed: Mapping[int, int], doubted: frozenset[str]
) -> Iterator[str]:
    inside = Counter({int(value): count for value, count in status["cassette"].items()})
    elsewhere = Counter(status["returned"]) + Counter(status["removed"])
    if inside + elsewhere != fed:
        yield f"fed {dict(fed)}, but in the cassette {dict(inside)}, given back {dict(elsewhere)}"
    cassette = Counter({value * _KOPECKS: count for value, count in inside.items()})
    if Counter(books.cash) != cassette:
        yield f"cash by the journal {dict(books.cash)}, in the cassette {dict(cassette)}"
    if books.ended("stacked") != cassette:
        yield f"stacked by the journal {dict(books.ended('stacked'))}, in it {dict(cassette)}"
    disputed = {cycle: minor for cycle, state, minor, _ in books.notes if state == "disputed"}
    if groundless := {cycle: disputed[cycle] for cycle in disputed.keys() - doubted}:
        yield f"disputed though there was a way to know: {groundless}"
    if books.suspense:
        yield f"{books.suspense} notes belong to nobody"
    if books.ended("escrowed"):
        yield f"still in escrow by the journal: {dict(books.ended('escrowed'))}"


def _payments(books: Books) -> Iterator[str]:
    numbers = [payment.number for payment in books.payments]
    if numbers != list(range(1, len(numbers) + 1)):
        yield f"payment numbers with gaps: {numbers}"
    receipts = [slip.receipt_number for slip in books.slips]
    if receipts != list(range(1, len(receipts) + 1)):
        yield f"receipt numbers with gaps: {receipts}"
    paid = Counter(note.cycle for payment in books.payments for note in payment.item.notes)
    stacked = Counter(cycle for cycle, state, _, _ in books.notes if state == "stacked")
    if paid != stacked:
        differ = sorted((paid - stacked) | (stacked - paid))
        yield f"notes in payments and stacked notes differ: {differ}"
    for slip in books.slips:
        if slip.state not in ("printed", "failed"):
            yield f"slip {slip.receipt_number} is {slip.state}"
    for payment in books.payments:
        if payment.state != "credited":
            yield f"payment {payment.number} is {payment.state}"


def _backend(paths: StandPaths, books: Books) -> Iterator[str]:
    engine = open_for_reading(paths.backend)
    try:
        with engine.connect() as connection:
            columns = select(backend_payments.c.number, backend_payments.c.body)
            theirs = {row.number: row.body for row in connection.execute(columns)}
            strange = connection.execute(select(conflicts.c.reason)).scalars().all()
            cash_lines = select(ledger_line.c.delta_minor).where(
                ledger_line.c.account == "cash_in_transit"
            )
            booked = sum(connection.execute(cash_lines).scalars())
        wrong = verify_books(engine).findings
    finally:
        engine.dispose()
    mine = {one.number: canonical_bytes(one.item).decode() for one in books.payments}
    if theirs != mine:
        other = sorted(n for n in mine.keys() | theirs.keys() if mine.get(n) != theirs.get(n))
        yield f"the backend has other payments than the journal: {other}"
    if strange:
        yield f"the backend saw contradictions: {list(strange)}"
    if wrong:
        yield f"the backend's books do not verify: {wrong}"
    cash = sum(minor * count for minor, count in books.cash.items())
    if booked != cash:
        yield f"the ledger took in {booked}, the journal {cash} kopecks"
