"""What a slip says of the cash box: a closed period.

Everything comes from the record. It must never count anything itself.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from kiosk.receipts.collection_slip import CollectionSlipData, SlipCount, SlipNote
from kiosk.receipts.issuer import SlipHead
from offline_queue.journal.cash_records import CashCollected, CashCount, NoteInQuestion


def collection_slip(record: CashCollected, head: SlipHead, zone: ZoneInfo) -> CollectionSlipData:
    """The slip of a collection, its moments in `zone`."""
    return CollectionSlipData(
        head=head,
        number=record.number,
        operator=record.operator,
        since=moment_of(record.since, zone),
        counts=slip_counts(record.counts),
        payments=record.payments,
        disputed=tuple(slip_note(one, zone) for one in record.disputed),
        suspense=tuple(slip_note(one, zone) for one in record.suspense),
        openings=record.openings,
    )


def slip_counts(counts: tuple[CashCount, ...]) -> tuple[SlipCount, ...]:
    """Notes by denomination, as a slip shows them."""
    return tuple(
        SlipCount(minor=one.minor, count=one.count, currency=one.currency) for one in counts
    )


def slip_note(note: NoteInQuestion, zone: ZoneInfo) -> SlipNote:
    """A note in question, as a slip shows it."""
    return SlipNote(
        cycle=note.cycle,
        minor=note.minor,
        currency=note.currency,
        at=moment_of(note.at, zone),
        evidence=note.evidence,
    )


def moment_of(text: str, zone: ZoneInfo) -> datetime | None:
    """A moment of the journal in `zone`; None where there is none."""
    return datetime.fromisoformat(text).astimezone(zone) if text else None
