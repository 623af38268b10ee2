"""How payments and loose notes stand in the books: double entry, integers of minor units, sum zero.

Debits are positive, credits negative. Pure rules: this file writes nothing. It must never produce
entries that do not sum to zero, whatever it is given.
"""

from dataclasses import dataclass
from enum import StrEnum

from terminal_api import LooseState, NoteReport, PaymentItem


class TxKind(StrEnum):
    """What a ledger transaction records."""

    PAYMENT_TAKEN = "payment_taken"
    NOTE_REPORTED = "note_reported"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a transaction."""

    account: str
    currency: str
    delta_minor: int


def payment_entries(terminal_id: str, payment: PaymentItem) -> tuple[Entry, ...]:
    """The entries of a payment that was taken in.

    Accounts with nothing to book are left out. Cash known to be in the box is owed to the
    provider, earned as fee, or owed as change. A disputed note may or may not be in the box: it
    stands against suspense until the cassette is counted.
    """
    lines = (
        (f"cash_in_transit:{terminal_id}", payment.inserted_minor),
        (f"provider_payable:{payment.provider_code}", -payment.credited_minor),
        ("fee_income", -payment.fee_minor),
        (f"change_owed:{terminal_id}", -payment.change_minor),
        (f"cash_disputed:{terminal_id}", payment.disputed_minor),
        (f"suspense:{terminal_id}", -payment.disputed_minor),
    )
    return _entries(payment.currency, lines)


def note_entries(terminal_id: str, note: NoteReport) -> tuple[Entry, ...]:
    """The entries of a note that stands in no payment.

    In suspense it is cash in the box that is owed to nobody known. What was booked of this very
    note as disputed before is taken back, so that nothing is left of the doubt but its suspense. A
    disputed one stands as in a payment; without a value it cannot be booked, and is a report alone.
    """
    if note.minor is None or note.currency is None:
        return ()
    cash, doubt, owed = (
        f"{account}:{terminal_id}" for account in ("cash_in_transit", "cash_disputed", "suspense")
    )
    if note.state is LooseState.DISPUTED:
        return _entries(note.currency, ((doubt, note.minor), (owed, -note.minor)))
    known = note.disputed_minor
    lines = ((cash, note.minor), (doubt, -known), (owed, known - note.minor))
    return _entries(note.currency, lines)


def _entries(currency: str, lines: tuple[tuple[str, int], ...]) -> tuple[Entry, ...]:
    entries = tuple(
        Entry(account=account, currency=currency, delta_minor=delta)
        for account, delta in lines
        if delta != 0
    )
    if sum(entry.delta_minor for entry in entries) != 0:
        raise ArithmeticError("entries do not sum to zero")
    return entries
