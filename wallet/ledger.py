"""How a payment stands in the books: double entry, integers of minor units, sum zero.

Debits are positive, credits negative. Pure rules: this file writes nothing. It must never produce
entries that do not sum to zero, whatever payment it is given.
"""

from dataclasses import dataclass
from enum import StrEnum

from terminal_api import PaymentItem


class TxKind(StrEnum):
    """What a ledger transaction records."""

    PAYMENT_TAKEN = "payment_taken"


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
    entries = tuple(
        Entry(account=account, currency=payment.currency, delta_minor=delta)
        for account, delta in lines
        if delta != 0
    )
    if sum(entry.delta_minor for entry in entries) != 0:
        raise ArithmeticError("a payment's entries do not sum to zero")
    return entries
