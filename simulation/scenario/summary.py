"""What came out of a scenario: payments as terminal and backend hold them, side by side.

Reads the journal and the backend's database; computes nothing but text from kopecks.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from offline_queue.journal import queries
from offline_queue.journal.engine import reading_engine
from wallet.payments.reports import PaymentRow as BackendPayment


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentSummary:
    """One payment; sums in kopecks. `backend_*` is None while the backend does not hold it."""

    number: int
    provider: str
    account: str
    inserted_minor: int
    fee_minor: int
    credited_minor: int
    disputed_minor: int
    state: str
    receipt_number: int
    receipt: str
    backend_state: str | None
    backend_inserted_minor: int | None
    backend_fee_minor: int | None
    backend_credited_minor: int | None
    backend_disputed_minor: int | None

    @property
    def agrees(self) -> bool:
        """True when the backend holds the same sums, or does not hold the payment yet."""
        return self.backend_state is None or (
            self.backend_inserted_minor,
            self.backend_fee_minor,
            self.backend_credited_minor,
            self.backend_disputed_minor,
        ) == (self.inserted_minor, self.fee_minor, self.credited_minor, self.disputed_minor)


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalView:
    """What the journal says now."""

    payments: tuple[queries.PaymentRow, ...]
    slips: Mapping[int, queries.SlipRow]
    cash: Mapping[int, int]
    suspense_minor: int
    open_session_minor: int
    """Kopecks of stacked notes of the session that has not become a payment yet."""

    @property
    def cash_minor(self) -> int:
        """Kopecks inside by the journal."""
        return sum(minor * count for minor, count in self.cash.items())


def journal_view(path: Path) -> JournalView:
    """Read a journal beside a running terminal."""
    engine = reading_engine(path)
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("BEGIN")
            return JournalView(
                payments=queries.payments(connection),
                slips={slip.receipt_number: slip for slip in queries.slips(connection)},
                cash=queries.cash(connection),
                suspense_minor=sum(note.minor or 0 for note in queries.suspense(connection)),
                open_session_minor=_open_session_minor(connection),
            )
    finally:
        engine.dispose()


def side_by_side(
    view: JournalView, backend: Iterable[BackendPayment]
) -> tuple[PaymentSummary, ...]:
    """Join both sides by the payment's number."""
    theirs = {payment.number: payment for payment in backend}
    return tuple(_joined(row, view.slips, theirs.get(row.number)) for row in view.payments)


def as_json(payments: Iterable[PaymentSummary]) -> list[dict[str, Any]]:
    """The payments for `summary.json`: kopecks, and the same as roubles for people."""
    return [
        {
            **asdict(payment),
            "inserted": _roubles(payment.inserted_minor),
            "fee": _roubles(payment.fee_minor),
            "credited": _roubles(payment.credited_minor),
        }
        for payment in payments
    ]


def _open_session_minor(connection: Connection) -> int:
    session = queries.open_session(connection)
    if session is None:
        return 0
    notes = queries.session_notes(connection, session.session)
    return sum(note.minor or 0 for note in notes if note.state == "stacked")


def _joined(
    row: queries.PaymentRow,
    slips: Mapping[int, queries.SlipRow],
    theirs: BackendPayment | None,
) -> PaymentSummary:
    item = row.item
    return PaymentSummary(
        number=row.number,
        provider=item.provider_code,
        account=item.account,
        inserted_minor=item.inserted_minor,
        fee_minor=item.fee_minor,
        credited_minor=item.credited_minor,
        disputed_minor=item.disputed_minor,
        state=row.state,
        receipt_number=item.receipt_number,
        receipt=slips[item.receipt_number].state,
        backend_state=None if theirs is None else str(theirs.status),
        backend_inserted_minor=None if theirs is None else theirs.inserted_minor,
        backend_fee_minor=None if theirs is None else theirs.fee_minor,
        backend_credited_minor=None if theirs is None else theirs.credited_minor,
        backend_disputed_minor=None if theirs is None else theirs.disputed_minor,
    )


def _roubles(minor: int) -> str:
    return f"{minor // 100}.{minor % 100:02d}"
