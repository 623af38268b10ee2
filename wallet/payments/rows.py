"""From values to rows of the tables of payments and notes: pure shapes."""

from collections.abc import Collection
from datetime import datetime

from terminal_api import NoteItem, canonical_bytes
from wallet.payments.intake import Conflict, Grown, New
from wallet.payments.note_intake import NewReport, NoteConflict
from wallet.payments.stage import PaymentStage
from wallet.storage.bulk import Row


def payment_row(terminal_id: str, new: New, received_at: datetime) -> Row:
    """A row of `payments`."""
    item = new.offer.payment
    return {
        "terminal_id": terminal_id,
        "number": item.number,
        "uid": new.offer.uid,
        "revision": 0,
        "body_hash": new.offer.body_hash,
        "body": new.offer.body,
        "stage": new.stage.value,
        "provider_code": item.provider_code,
        "currency": item.currency,
        "inserted_minor": item.inserted_minor,
        "fee_minor": item.fee_minor,
        "credited_minor": item.credited_minor,
        "change_minor": item.change_minor,
        "disputed_minor": item.disputed_minor,
        "payable_minor": item.credited_minor if new.stage is PaymentStage.ACCEPTED else 0,
        "formed_at": item.formed_at,
        "received_at": received_at,
    }


def grown_values(grown: Grown) -> Row:
    """What changes in a row of `payments`."""
    item = grown.offer.payment
    return {
        "revision": grown.before.revision + 1,
        "body_hash": grown.offer.body_hash,
        "body": grown.offer.body,
        "inserted_minor": item.inserted_minor,
        "fee_minor": item.fee_minor,
        "credited_minor": item.credited_minor,
        "change_minor": item.change_minor,
        "disputed_minor": item.disputed_minor,
    }


def revision_row(terminal_id: str, grown: Grown, replaced_at: datetime) -> Row:
    """A row of `payment_revisions`: what the payment was before it grew."""
    return {
        "terminal_id": terminal_id,
        "number": grown.offer.payment.number,
        "revision": grown.before.revision,
        "body_hash": grown.body_hash_before,
        "body": grown.before.body,
        "replaced_at": replaced_at,
    }


def note_rows(terminal_id: str, number: int, notes: Collection[NoteItem]) -> list[Row]:
    """Rows of `payment_notes`, one for each banknote."""
    return [
        {
            "terminal_id": terminal_id,
            "cycle": note.cycle,
            "number": number,
            "minor": note.minor,
            "currency": note.currency,
            "disputed": note.disputed,
        }
        for note in notes
    ]


def conflict_row(terminal_id: str, conflict: Conflict, seen_at: datetime) -> Row:
    """A row of `conflicts` about a payment."""
    return {
        "terminal_id": terminal_id,
        "what": "payment",
        "subject": str(conflict.offer.payment.number),
        "body_hash": conflict.offer.body_hash,
        "body": conflict.offer.body,
        "reason": conflict.reason,
        "stored_uid": conflict.stored_uid,
        "first_seen_at": seen_at,
    }


def note_conflict_row(terminal_id: str, conflict: NoteConflict, seen_at: datetime) -> Row:
    """A row of `conflicts` about a note in no payment."""
    return {
        "terminal_id": terminal_id,
        "what": "note",
        "subject": f"{conflict.note.state}/{conflict.note.cycle}",
        "body_hash": conflict.body_hash,
        "body": canonical_bytes(conflict.note).decode(),
        "reason": conflict.reason,
        "stored_uid": None,
        "first_seen_at": seen_at,
    }


def report_row(terminal_id: str, new: NewReport, received_at: datetime) -> Row:
    """A row of `note_reports`."""
    note = new.note
    return {
        "terminal_id": terminal_id,
        "cycle": note.cycle,
        "state": note.state.value,
        "body_hash": new.body_hash,
        "body": canonical_bytes(note).decode(),
        "minor": note.minor,
        "currency": note.currency,
        "disputed_minor": note.disputed_minor,
        "told_at": note.at,
        "received_at": received_at,
    }
