"""How everything that happens to money stands in the books. Pure rules: this file writes nothing.

A transaction is a set of transfers; each debits one account and credits another by the same amount,
so that debits equal credits whatever it is given. It must never move an amount that is not positive.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from terminal_api import LooseState, NoteReport, PaymentItem
from wallet.books.accounts import Account, AccountKind

CASH = Account(AccountKind.CASH_IN_TRANSIT)
DISPUTED = Account(AccountKind.CASH_DISPUTED)
SUSPENSE = Account(AccountKind.SUSPENSE)
FEES = Account(AccountKind.FEE_INCOME)
CHANGE = Account(AccountKind.CHANGE_OWED)
CLAIMS = Account(AccountKind.CLAIMS_OWED)
DIFFERENCE = Account(AccountKind.COLLECTION_DIFFERENCE)


class TxKind(StrEnum):
    """What a transaction records."""

    PAYMENT_TAKEN = "payment_taken"
    PAYMENT_GREW = "payment_grew"
    PAYMENT_PAID = "payment_paid"
    PAYMENT_REFUSED = "payment_refused"
    PAYMENT_MANUAL = "payment_manual"
    NOTE_REPORTED = "note_reported"
    BOX_COLLECTED = "box_collected"
    VAULT_COUNTED = "vault_counted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """An amount from one account to another; never zero, never negative."""

    debit: Account
    credit: Account
    currency: str
    minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Transaction:
    """What is posted together, once. `subject` says of what, uniquely within terminal and kind;
    `number` is that of its payment or period; `effective_at` when it happened by the clock of whoever
    tells it.
    """

    kind: TxKind
    subject: str
    number: int | None = None
    effective_at: datetime
    transfers: tuple[Transfer, ...]


def payment_taken(payment: PaymentItem) -> Transaction:
    """A payment came in.

    Cash known to be in the box is owed to the provider, earned as fee, or owed as change. A disputed
    note may or may not be in the box: it stands against suspense until the cassette is counted.
    """
    lines = (
        (CASH, payable(payment.provider_code), payment.credited_minor),
        (CASH, FEES, payment.fee_minor),
        (CASH, CHANGE, payment.change_minor),
        (DISPUTED, SUSPENSE, payment.disputed_minor),
    )
    return Transaction(
        kind=TxKind.PAYMENT_TAKEN,
        subject=str(payment.number),
        number=payment.number,
        effective_at=payment.formed_at,
        transfers=tuple(_transfers(payment.currency, lines)),
    )


def payment_grew(
    before: PaymentItem, now: PaymentItem, revision: int, *, done: bool = True
) -> Transaction:
    """More of a payment was told after it had come in.

    What would be credited beyond the first report is owed to the customer, not to the provider: it
    may have been paid already, and is never ordered twice on a guess. Where nothing is, or will be,
    `done` for it (refused, or in doubt whole) no fee is earned either.
    """
    lines = (
        (CASH, CLAIMS, now.credited_minor - before.credited_minor),
        (CASH, FEES if done else CLAIMS, now.fee_minor - before.fee_minor),
        (CASH, CHANGE, now.change_minor - before.change_minor),
        (DISPUTED, SUSPENSE, now.disputed_minor - before.disputed_minor),
    )
    return Transaction(
        kind=TxKind.PAYMENT_GREW,
        subject=f"{now.number}/{revision}",
        number=now.number,
        effective_at=now.formed_at,
        transfers=tuple(_transfers(now.currency, lines)),
    )


def note_reported(note: NoteReport) -> Transaction:
    """A note that stands in no payment.

    In suspense it is cash in the box that is owed to nobody known. What was booked of this very
    note as disputed before is taken back, so that nothing is left of the doubt but its suspense. A
    disputed one stands as in a payment; without a value it cannot be booked: no transfers.
    """
    if note.minor is None or note.currency is None:
        lines: tuple[tuple[Account, Account, int], ...] = ()
    elif note.state is LooseState.DISPUTED:
        lines = ((DISPUTED, SUSPENSE, note.minor),)
    else:
        lines = ((CASH, SUSPENSE, note.minor), (SUSPENSE, DISPUTED, note.disputed_minor))
    return Transaction(
        kind=TxKind.NOTE_REPORTED,
        subject=f"{note.state}/{note.cycle}",
        effective_at=note.at,
        transfers=tuple(_transfers(note.currency or "", lines)),
    )


def payable(provider_code: str) -> Account:
    """What is owed to a provider."""
    return Account(AccountKind.PROVIDER_PAYABLE, provider_code)


def _transfers(currency: str, lines: Iterable[tuple[Account, Account, int]]) -> Iterator[Transfer]:
    for debit, credit, minor in lines:
        if minor < 0:
            raise ArithmeticError("a transfer of less than nothing")
        if minor > 0:
            yield Transfer(debit=debit, credit=credit, currency=currency, minor=minor)


def transfers_of(currency: str, *lines: tuple[Account, Account, int]) -> tuple[Transfer, ...]:
    """Transfers of one currency, without those of nothing.

    Raises:
        ArithmeticError: an amount is negative.
    """
    return tuple(_transfers(currency, lines))
