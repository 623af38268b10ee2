"""Turning a session with money inside into a payment.

Works from the journal alone, so that it does the same after a power cut as on a touch of "pay". The
fee is computed by the table that was in force when the customer confirmed. It changes nothing; what
no payment can hold it tells the log.
"""

from datetime import datetime

import structlog

from kiosk.catalogue.fees import fee_for
from kiosk.terminal.evidence import wire_evidence
from offline_queue.journal.queries import NoteRow
from offline_queue.journal.records import SessionOpened
from terminal_api.payments import MAX_MINOR, NoteItem, PaymentItem

_log = structlog.get_logger(__name__)


def payment_of(
    opened: SessionOpened,
    notes: tuple[NoteRow, ...],
    *,
    number: int,
    receipt_number: int,
    at: datetime,
) -> PaymentItem | None:
    """The payment of a session, or None when nothing of it is, or may be, inside.

    A note that no payment of this session can hold is left out, with an alarm: its customer must not
    lose the others for it, and the terminal must not stand still.
    """
    belonging = tuple(note for note in notes if _fits(note, opened.currency))
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


def _fits(note: NoteRow, currency: str) -> bool:
    """Whether this note is, or may be, inside and can stand in a payment of this currency."""
    if note.state not in ("stacked", "disputed"):
        return False
    least = 0 if note.state == "disputed" else 1
    fits = (note.currency or currency) == currency and least <= (note.minor or 0) <= MAX_MINOR
    if not fits:
        _log.error(
            "note_left_out",
            alarm="note in no payment",
            cycle=note.cycle,
            minor=note.minor,
            currency=note.currency,
        )
    return fits
