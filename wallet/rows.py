"""Between values and rows of the tables: pure shapes and the two look-ups of intake.

It must never begin or end a transaction; the store does.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, select

from terminal_api import PaymentItem, PaymentState, PaymentStatus, canonical_bytes
from wallet.intake import Conflict, New, Stored
from wallet.ledger import TxKind, payment_entries
from wallet.schema import payment_notes, payments

_CHUNK: Final = 500
"""Values in one IN list; far below what any database takes."""

_Key = TypeVar("_Key")
Row = dict[str, Any]


def stored_payments(
    connection: Connection, terminal_id: str, numbers: Sequence[int]
) -> dict[int, Stored]:
    """What is stored under these numbers."""
    found: dict[int, Stored] = {}
    for chunk in _chunks(numbers):
        query = select(
            payments.c.number, payments.c.uid, payments.c.status, payments.c.body_hash
        ).where(payments.c.terminal_id == terminal_id, payments.c.number.in_(chunk))
        for row in connection.execute(query):
            found[row.number] = Stored(
                uid=row.uid, status=PaymentStatus(row.status), body_hash=row.body_hash
            )
    return found


def note_owners(connection: Connection, terminal_id: str, cycles: Sequence[str]) -> dict[str, int]:
    """The payment number for each of these cycles that is stored."""
    owners: dict[str, int] = {}
    for chunk in _chunks(cycles):
        query = select(payment_notes.c.cycle, payment_notes.c.number).where(
            payment_notes.c.terminal_id == terminal_id, payment_notes.c.cycle.in_(chunk)
        )
        owners.update((row.cycle, row.number) for row in connection.execute(query))
    return owners


def payment_state(number: int, stored: Stored | None) -> PaymentState:
    """What to answer about a number."""
    if stored is None:
        return PaymentState(number=number, status=PaymentStatus.UNKNOWN, uid=None)
    return PaymentState(
        number=number, status=stored.status, uid=stored.uid, body_hash=stored.body_hash
    )


def payment_row(terminal_id: str, new: New, received_at: datetime) -> Row:
    """A row of `payments`."""
    item = new.payment
    return {
        "terminal_id": terminal_id,
        "number": item.number,
        "uid": new.uid,
        "body_hash": new.body_hash,
        "body": _body(item),
        "status": new.status,
        "provider_code": item.provider_code,
        "currency": item.currency,
        "inserted_minor": item.inserted_minor,
        "fee_minor": item.fee_minor,
        "credited_minor": item.credited_minor,
        "change_minor": item.change_minor,
        "disputed_minor": item.disputed_minor,
        "formed_at": item.formed_at,
        "received_at": received_at,
    }


def note_rows(terminal_id: str, new: New) -> list[Row]:
    """Rows of `payment_notes`, one for each banknote."""
    return [
        {
            "terminal_id": terminal_id,
            "cycle": note.cycle,
            "number": new.payment.number,
            "minor": note.minor,
            "currency": note.currency,
            "disputed": note.disputed,
        }
        for note in new.payment.notes
    ]


def conflict_row(terminal_id: str, conflict: Conflict, seen_at: datetime) -> Row:
    """A row of `conflicts`."""
    return {
        "terminal_id": terminal_id,
        "number": conflict.payment.number,
        "body_hash": conflict.body_hash,
        "body": _body(conflict.payment),
        "reason": conflict.reason,
        "stored_uid": conflict.stored_uid,
        "first_seen_at": seen_at,
    }


def tx_row(terminal_id: str, uid: str, new: New, recorded_at: datetime) -> Row:
    """A row of `ledger_tx`; recorded by our clock, in effect by the terminal's."""
    return {
        "terminal_id": terminal_id,
        "uid": uid,
        "kind": TxKind.PAYMENT_TAKEN,
        "number": new.payment.number,
        "recorded_at": recorded_at,
        "effective_at": new.payment.formed_at,
    }


def entry_rows(terminal_id: str, uid: str, payment: PaymentItem) -> list[Row]:
    """Rows of `ledger_entry`."""
    return [
        {
            "terminal_id": terminal_id,
            "uid": uid,
            "n": n,
            "account": entry.account,
            "currency": entry.currency,
            "delta_minor": entry.delta_minor,
        }
        for n, entry in enumerate(payment_entries(terminal_id, payment), start=1)
    ]


def _body(payment: PaymentItem) -> str:
    return canonical_bytes(payment).decode()


def _chunks(keys: Sequence[_Key]) -> Iterator[Sequence[_Key]]:
    for start in range(0, len(keys), _CHUNK):
        yield keys[start : start + _CHUNK]
