"""Which records of the journal are told as events, and what of them. Pure.

Only what the people who look after terminals need, by fields that are named here one by one: no
account, no phone, no free text of a device. Payments and notes have ways of their own. The journal's
place is the event's sequence, so an event that is told twice is the same event.
"""

from datetime import datetime
from typing import Final

from offline_queue.journal.cash_records import CashCollected, CassetteOpened, ClockJumped
from offline_queue.journal.records import (
    DeviceNoted,
    JournalPruned,
    JournalRecord,
    NoteDisputed,
    PaymentParked,
    TerminalStarted,
)
from terminal_api.fleet import TerminalEvent

KINDS: Final = (
    "terminal_started",
    "note_disputed",
    "payment_parked",
    "device_noted",
    "journal_pruned",
    "cassette_opened",
    "clock_jumped",
    "cash_collected",
)
"""The kinds of records that `event_of` tells."""


def event_of(place: int, at: str, record: JournalRecord) -> TerminalEvent | None:
    """The event; None for a record that is not told.

    Args:
        place: of the record in the journal.
        at: its wall clock, as it stands in the journal.
        record: as it was read.

    Raises:
        ValueError: what stands in the record fits into no event.
    """
    details = _details(record)
    if details is None:
        return None
    return TerminalEvent(
        sequence=place, kind=record.kind, at=datetime.fromisoformat(at), details=details
    )


def _details(record: JournalRecord) -> dict[str, str] | None:
    match record:
        case TerminalStarted():
            return {"boot": record.boot, "version": record.version}
        case NoteDisputed():
            worth = "" if record.minor is None else str(record.minor)
            return {"cycle": record.cycle, "minor": worth, "currency": record.currency}
        case PaymentParked():
            return {"number": str(record.number)}
        case DeviceNoted():
            return {"device": record.device, "event": record.event}
        case JournalPruned():
            return {"up_to": str(record.up_to)}
        case CassetteOpened():
            return {"expected": "true" if record.expected else "false"}
        case ClockJumped():
            return {"seen": record.seen.value, "difference_ms": str(record.difference_ms)}
        case CashCollected():
            return {"number": str(record.number), "how": record.how.value}
        case _:
            return None
