"""Turning a session with money inside into a payment.

Works from the journal alone, so that it does the same after a power cut as on a touch of "pay". The
fee is computed by the table that was in force when the customer confirmed. Pure.
"""

from datetime import datetime

from kiosk.catalogue.fees import fee_for
from kiosk.terminal.evidence import wire_evidence
from offline_queue.journal.queries import NoteRow
from offline_queue.journal.records import SessionOpened
from terminal_api.payments import NoteItem, PaymentItem


def payment_of(
    opened: SessionOpened,
    notes: tuple[NoteRow, ...],
    *,
    number: int,
    receipt_number: int,
    at: datetime,
) -> PaymentItem | None:
    """The payment of a session, or None when nothing of it is, or may be, inside."""
    belonging = tuple(note for note in notes if note.state in ("stacked", "disputed"))
    if not belonging:
        return None
    inserted = sum(note.minor or 0 for note in belonging if note.state == "stacked")
    fee = fee_for(inserted, opened.fee)
    return PaymentItem(
        number=number,
        session=opened.session,
        provider_id=opened.provider_id,
        provider_code=opened.provider_code,
        account=opened.account,
        fields=dict(opened.fields),
        currency=opened.currency,
        inserted_minor=inserted,
        fee_minor=fee.fee_minor,
        credited_minor=fee.credited_minor,
        disputed_minor=sum(note.minor or 0 for note in belonging if note.state == "disputed"),
        fee_version=opened.fee_version,
        formed_at=at,
        receipt_number=receipt_number,
        notes=tuple(
            NoteItem(
                cycle=note.cycle,
                minor=note.minor or 0,
                currency=note.currency or opened.currency,
                disputed=note.state == "disputed",
                evidence=wire_evidence(note.evidence),
            )
            for note in belonging
        ),
    )
