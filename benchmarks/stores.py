"""Large journals, made fast: real records, a right chain, real projections, one transaction.

Nothing of this is measured; only what is done with such a journal afterwards.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path

from config.catalogue_models import FeeBand
from offline_queue.journal import ChainKey, Journal
from offline_queue.journal import records as r
from offline_queue.journal.snapshot import take_snapshot
from terminal_api.payments import NoteItem, PaymentItem, PaymentStatus, Verdict

KEY = ChainKey(bytes(32))
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
FEE = (
    FeeBand(
        from_minor=0, to_minor=None, percent_bp=500, fixed_minor=0, min_minor=0, max_minor=None
    ),
)
_AT_A_TIME = 20_000


def settled(payments: int, first: int = 1) -> Iterator[r.JournalRecord]:
    """Whole lives of payments, each from its session to its final answer: nine records a payment."""
    for number in range(first, first + payments):
        session, cycle = f"session-{number}", f"boot-1-{number}"
        yield r.SessionOpened(
            session=session,
            provider_id=7,
            provider_code="mobile",
            provider_name="Мобильная связь",
            account="9161234567",
            fields=(),
            currency="RUB",
            fee_version="2026-05",
            fee=FEE,
        )
        yield r.NoteEscrowed(
            session=session, cycle=cycle, minor=50_000, currency="RUB", decision=r.Decision.STACK
        )
        yield r.NoteStacked(
            session=session, cycle=cycle, minor=50_000, currency="RUB", how="normal"
        )
        yield formed(number)
        yield r.SlipStarted(receipt_number=number)
        yield r.SlipSettled(receipt_number=number, outcome=r.SlipOutcome.PRINTED)
        yield r.PaymentsSent(numbers=(number,))
        for verdict, status in (
            (Verdict.ACCEPTED, PaymentStatus.ACCEPTED),
            (None, PaymentStatus.CREDITED),
        ):
            yield r.PaymentAnswered(number=number, verdict=verdict, status=status, uid=f"u{number}")


def formed(number: int) -> r.PaymentFormed:
    """A payment of one note."""
    item = PaymentItem(
        number=number,
        session=f"session-{number}",
        provider_id=7,
        provider_code="mobile",
        account="9161234567",
        fields={},
        currency="RUB",
        inserted_minor=50_000,
        fee_minor=2_500,
        credited_minor=47_500,
        fee_version="2026-05",
        formed_at=BEGIN,
        receipt_number=number,
        notes=(NoteItem(cycle=f"boot-1-{number}", minor=50_000, currency="RUB"),),
    )
    return r.PaymentFormed(
        item=item,
        trigger=r.PaymentTrigger.CUSTOMER,
        slip_text=f"ЧЕК № {number}\nПринято: 500,00\nИтого: 475,00\n",
        template="payment/1",
        online=True,
    )


def make(path: Path, records: Iterator[r.JournalRecord]) -> int:
    """Write a journal at `path` with a snapshot at its end; how many records it has."""
    add(path, records)
    with closing(Journal(path, KEY)) as journal:
        if journal.end.seq:
            take_snapshot(journal)
        return journal.end.seq


def add(path: Path, records: Iterator[r.JournalRecord]) -> None:
    """Write more records, many in one transaction, and without waiting for the disk."""
    with closing(Journal(path, KEY)) as journal:
        for pragma in ("synchronous=OFF", "cache_size=-1000000", "wal_autocheckpoint=100000"):
            journal.at_rest(partial(_execute, f"PRAGMA {pragma}"))
        second = journal.end.seq
        while batch := tuple(islice(records, _AT_A_TIME)):
            journal.append(*batch, at=BEGIN + timedelta(seconds=second))
            second += len(batch)


def _execute(statement: str, driver: sqlite3.Connection) -> None:
    driver.execute(statement).fetchall()
