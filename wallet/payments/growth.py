"""Whether one report of a payment is another one grown: more told, nothing taken back. Pure."""

from terminal_api import NoteItem, PaymentItem

_FIXED = (
    "number",
    "session",
    "provider_id",
    "provider_code",
    "account",
    "fields",
    "currency",
    "fee_version",
    "formed_at",
    "receipt_number",
)
_AMOUNTS = ("inserted_minor", "fee_minor", "credited_minor", "change_minor", "disputed_minor")


def added_notes(before: PaymentItem, now: PaymentItem) -> tuple[NoteItem, ...] | None:
    """The notes that `now` has beyond `before`; None when it is no growth of it.

    Every note that was told is told again with the same value and flag, and at least its evidence;
    no amount is smaller; everything else is the same.
    """
    if any(getattr(before, name) != getattr(now, name) for name in _FIXED):
        return None
    if any(getattr(now, name) < getattr(before, name) for name in _AMOUNTS):
        return None
    told = {note.cycle: note for note in now.notes}
    if any(not _still(note, told.get(note.cycle)) for note in before.notes):
        return None
    known = {note.cycle for note in before.notes}
    return tuple(note for note in now.notes if note.cycle not in known)


def _still(before: NoteItem, now: NoteItem | None) -> bool:
    if now is None:
        return False
    same = (before.minor, before.currency, before.disputed)
    kept = now.evidence[: len(before.evidence)] == before.evidence
    return (now.minor, now.currency, now.disputed) == same and kept
