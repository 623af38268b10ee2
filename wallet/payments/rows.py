"""Between values and rows of the tables: pure shapes and the two look-ups of intake.

It must never begin or end a transaction; the store does.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final, TypeVar

from pydantic import BaseModel
from sqlalchemy import Connection, bindparam, select

from terminal_api import (
    LooseState,
    NoteReport,
    PaymentItem,
    PaymentState,
    PaymentStatus,
    canonical_bytes,
)
from wallet.books.entries import Entry, TxKind, note_entries, payment_entries
from wallet.payments.intake import Conflict, New, Stored
from wallet.payments.note_intake import Key, NewReport
from wallet.payments.tables import note_reports, payment_notes, payments

_CHUNK: Final = 500
"""Values in one IN list; far below what any database takes."""

_PAYMENTS: Final = select(
    payments.c.number, payments.c.uid, payments.c.status, payments.c.body_hash
).where(
    payments.c.terminal_id == bindparam("terminal_id"),
    payments.c.number.in_(bindparam("numbers", expanding=True)),
)
_OWNERS: Final = select(payment_notes.c.cycle, payment_notes.c.number).where(
    payment_notes.c.terminal_id == bindparam("terminal_id"),
    payment_notes.c.cycle.in_(bindparam("cycles", expanding=True)),
)
_REPORTS: Final = select(
    note_reports.c.cycle, note_reports.c.state, note_reports.c.body_hash
).where(
    note_reports.c.terminal_id == bindparam("terminal_id"),
    note_reports.c.cycle.in_(bindparam("cycles", expanding=True)),
)

_Key = TypeVar("_Key")
Row = dict[str, Any]


def stored_payments(
    connection: Connection, terminal_id: str, numbers: Sequence[int]
) -> dict[int, Stored]:
    """What is stored under these numbers."""
    found: dict[int, Stored] = {}
    for chunk in _chunks(numbers):
        for row in connection.execute(_PAYMENTS, {"terminal_id": terminal_id, "numbers": chunk}):
            found[row.number] = Stored(
                uid=row.uid, status=PaymentStatus(row.status), body_hash=row.body_hash
            )
    return found


def note_owners(connection: Connection, terminal_id: str, cycles: Sequence[str]) -> dict[str, int]:
    """The payment number for each of these cycles that is stored."""
    owners: dict[str, int] = {}
    for chunk in _chunks(cycles):
        found = connection.execute(_OWNERS, {"terminal_id": terminal_id, "cycles": chunk})
        owners.update((row.cycle, row.number) for row in found)
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
    return _entry_rows(terminal_id, uid, payment_entries(terminal_id, payment))


def stored_reports(
    connection: Connection, terminal_id: str, cycles: Sequence[str]
) -> dict[Key, str]:
    """The body hash of each stored report about these notes, by note and state."""
    found: dict[Key, str] = {}
    for chunk in _chunks(cycles):
        for row in connection.execute(_REPORTS, {"terminal_id": terminal_id, "cycles": chunk}):
            found[(row.cycle, LooseState(row.state))] = row.body_hash
    return found


def credited_notes(connection: Connection, terminal_id: str, cycles: Sequence[str]) -> set[str]:
    """Those of these notes that stand undisputed in a payment."""
    found: set[str] = set()
    for chunk in _chunks(cycles):
        query = select(payment_notes.c.cycle).where(
            payment_notes.c.terminal_id == terminal_id,
            payment_notes.c.cycle.in_(chunk),
            payment_notes.c.disputed.is_(False),
        )
        found.update(connection.execute(query).scalars())
    return found


def report_row(terminal_id: str, new: NewReport, received_at: datetime) -> Row:
    """A row of `note_reports`."""
    note = new.note
    return {
        "terminal_id": terminal_id,
        "cycle": note.cycle,
        "state": note.state,
        "body_hash": new.body_hash,
        "body": _body(note),
        "minor": note.minor,
        "currency": note.currency,
        "disputed_minor": note.disputed_minor,
        "told_at": note.at,
        "received_at": received_at,
    }


def note_tx_row(terminal_id: str, uid: str, note: NoteReport, recorded_at: datetime) -> Row:
    """A row of `ledger_tx` about a note in no payment."""
    return {
        "terminal_id": terminal_id,
        "uid": uid,
        "kind": TxKind.NOTE_REPORTED,
        "cycle": note.cycle,
        "state": note.state,
        "recorded_at": recorded_at,
        "effective_at": note.at,
    }


def note_entry_rows(terminal_id: str, uid: str, note: NoteReport) -> list[Row]:
    """Rows of `ledger_entry` about a note in no payment; none when it has no value."""
    return _entry_rows(terminal_id, uid, note_entries(terminal_id, note))


def _entry_rows(terminal_id: str, uid: str, entries: tuple[Entry, ...]) -> list[Row]:
    return [
        {
            "terminal_id": terminal_id,
            "uid": uid,
            "n": n,
            "account": entry.account,
            "currency": entry.currency,
            "delta_minor": entry.delta_minor,
        }
        for n, entry in enumerate(entries, start=1)
    ]


def _body(item: BaseModel) -> str:
    return canonical_bytes(item).decode()


def _chunks(keys: Sequence[_Key]) -> Iterator[Sequence[_Key]]:
    for start in range(0, len(keys), _CHUNK):
        yield keys[start : start + _CHUNK]
