"""What people read of payments. Reads only; give it an engine of `open_for_reading`.

It must never show a customer's account.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, select

from wallet.books.postings import TxKind
from wallet.books.tables import ledger_transfer
from wallet.payments.stage import PaymentStage
from wallet.payments.tables import conflicts, payment_notes, payments


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRow:
    """A stored payment as people look at it; no account, no field of the customer."""

    terminal_id: str
    number: int
    uid: str
    revision: int
    status: PaymentStage
    provider_code: str
    currency: str
    inserted_minor: int
    fee_minor: int
    credited_minor: int
    change_minor: int
    disputed_minor: int
    payable_minor: int
    formed_at: datetime
    received_at: datetime
    settled_at: datetime | None


_KINDS = [kind.value for kind in TxKind if kind.startswith("payment_")]
_COLUMNS = [
    payments.c.stage.label("status") if name == "status" else payments.c[name]
    for name in PaymentRow.__dataclass_fields__
]


def list_payments(engine: Engine, limit: int, terminal_id: str | None) -> list[PaymentRow]:
    """The latest payments received, newest first."""
    query = select(*_COLUMNS).order_by(payments.c.received_at.desc(), payments.c.number.desc())
    if terminal_id is not None:
        query = query.where(payments.c.terminal_id == terminal_id)
    with engine.connect() as connection:
        rows = connection.execute(query.limit(limit)).mappings().all()
    return [PaymentRow(**{**row, "status": PaymentStage(row["status"])}) for row in rows]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRow:
    """A banknote of a payment."""

    cycle: str
    minor: int
    currency: str
    disputed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferRow:
    """A transfer about a payment."""

    kind: str
    subject: str
    debit: str
    credit: str
    currency: str
    minor: int
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictRow:
    """What contradicted a payment, without its content."""

    body_hash: str
    reason: str
    first_seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentShown:
    """Everything about one payment but the customer."""

    payment: PaymentRow
    notes: tuple[NoteRow, ...]
    transfers: tuple[TransferRow, ...]
    conflicts: tuple[ConflictRow, ...]


def show_payment(engine: Engine, terminal_id: str, number: int) -> PaymentShown | None:
    """One payment; None when there is none."""
    note, transfer, conflict = payment_notes.c, ledger_transfer.c, conflicts.c
    with engine.connect() as connection:
        mine = (payments.c.terminal_id == terminal_id, payments.c.number == number)
        row = connection.execute(select(*_COLUMNS).where(*mine)).mappings().one_or_none()
        if row is None:
            return None
        notes = select(*(note[name] for name in NoteRow.__dataclass_fields__)).where(
            note.terminal_id == terminal_id, note.number == number
        )
        transfers = select(*(transfer[name] for name in TransferRow.__dataclass_fields__)).where(
            transfer.terminal_id == terminal_id,
            transfer.kind.in_(_KINDS),
            transfer.number == number,
        )
        against = select(*(conflict[name] for name in ConflictRow.__dataclass_fields__)).where(
            conflict.terminal_id == terminal_id,
            conflict.what == "payment",
            conflict.subject == str(number),
        )
        found = [
            connection.execute(query).mappings().all()
            for query in (notes, transfers.order_by(transfer.recorded_at, transfer.n), against)
        ]
    return PaymentShown(
        payment=PaymentRow(**{**row, "status": PaymentStage(row["status"])}),
        notes=tuple(NoteRow(**it) for it in found[0]),
        transfers=tuple(TransferRow(**it) for it in found[1]),
        conflicts=tuple(ConflictRow(**it) for it in found[2]),
    )
