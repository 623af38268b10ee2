"""Numbers without gaps: which record gives which.

A number that was given is never given again, whatever becomes of the journal: `number_mark` keeps the
last ones in a file of their own, and hears of them here. So every number that a record gives must be
told here, and nowhere else.
"""

from offline_queue.journal import records as r
from offline_queue.journal.cash_records import CashCollected
from offline_queue.journal.new_beginning_records import NumbersSkipped
from offline_queue.journal.slip_records import SlipMade

PAYMENT_NUMBER = "payment_number"
RECEIPT_NUMBER = "receipt_number"
COLLECTION_NUMBER = "collection_number"
NUMBERS = frozenset({PAYMENT_NUMBER, RECEIPT_NUMBER, COLLECTION_NUMBER})
"""The counters that give numbers; the journal counts other things as well."""


def numbers_of(record: r.JournalRecord) -> tuple[tuple[str, int], ...]:
    """The numbers that this record gives, each with the name of its counter."""
    match record:
        case r.PaymentFormed():
            item = record.item
            return ((PAYMENT_NUMBER, item.number), (RECEIPT_NUMBER, item.receipt_number))
        case CashCollected():
            return ((COLLECTION_NUMBER, record.number), (RECEIPT_NUMBER, record.receipt_number))
        case SlipMade():
            return ((RECEIPT_NUMBER, record.receipt_number),)
        case NumbersSkipped():
            return record.numbers
        case _:
            return ()
