"""How a payment ends: paid to its provider, refused, or given to a person. Each with its postings.

For whoever pays providers: call these in the transaction that changes the payout, so that both are
written or neither. Each is idempotent by the key of its postings: what has ended once does not end
again. It must never begin or end a transaction, nor decide which end it is.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, RowMapping, bindparam, select, update

from wallet.books.accounts import Account, AccountKind
from wallet.books.posting import post
from wallet.books.postings import CLAIMS, FEES, Transaction, TxKind, payable, transfers_of
from wallet.payments.stage import OPEN, PaymentStage
from wallet.payments.tables import payments
from wallet.providers.tables import payouts

_COLUMNS: Final = (
    payments.c.terminal_id,
    payments.c.number,
    payments.c.stage,
    payments.c.provider_code,
    payments.c.currency,
    payments.c.payable_minor,
    payments.c.fee_minor,
)
_ONE: Final = (
    select(*_COLUMNS)
    .where(
        payments.c.terminal_id == bindparam("of"),
        payments.c.number == bindparam("which"),
    )
    .with_for_update()
)
_DUE: Final = (
    select(*_COLUMNS)
    .where(
        payments.c.stage == PaymentStage.ACCEPTED.value,
        # Whoever pays it says how it ends.
        ~select(payouts.c.number)
        .where(
            payouts.c.terminal_id == payments.c.terminal_id, payouts.c.number == payments.c.number
        )
        .exists(),
    )
    .limit(bindparam("at_most"))
    .with_for_update(skip_locked=True)
)
_MOVE: Final = (
    update(payments)
    .where(
        payments.c.terminal_id == bindparam("of"),
        payments.c.number == bindparam("which"),
    )
    .values(stage=bindparam("now_stage"), settled_at=bindparam("now_settled"))
)


class NoSuchPaymentError(Exception):
    """There is no payment of this number."""


class EndedOtherwiseError(Exception):
    """The payment has ended another way before; a person must look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Payment:
    terminal_id: str
    number: int
    stage: PaymentStage
    provider_code: str
    currency: str
    payable_minor: int
    fee_minor: int

    @property
    def owed_in(self) -> Account:
        """Where what is owed to its provider stands now."""
        if self.stage is PaymentStage.MANUAL:
            return Account(AccountKind.PAYABLE_MANUAL, self.provider_code)
        return payable(self.provider_code)


def mark_paid(connection: Connection, terminal_id: str, number: int, at: datetime) -> bool:
    """The provider took the payment: what was owed to it is now to be settled with it.

    Returns:
        False when it was marked so before; nothing is changed then.

    Raises:
        NoSuchPaymentError, EndedOtherwiseError: nothing is changed.
    """
    payment = _payment(connection, terminal_id, number)
    if not _may_become(payment, PaymentStage.CREDITED):
        return False
    _move(connection, (payment,), PaymentStage.CREDITED, at)
    post(connection, terminal_id, [_paid(payment, at)], at)
    return True


def mark_refused(connection: Connection, terminal_id: str, number: int, at: datetime) -> bool:
    """The provider will never take the payment: what it was to get is owed to the customer, and the
    fee with it, for nothing was done for it.

    Returns:
        False when it was marked so before; nothing is changed then.

    Raises:
        NoSuchPaymentError, EndedOtherwiseError: nothing is changed.
    """
    payment = _payment(connection, terminal_id, number)
    if not _may_become(payment, PaymentStage.REFUSED):
        return False
    _move(connection, (payment,), PaymentStage.REFUSED, at)
    lines = ((payment.owed_in, CLAIMS, payment.payable_minor), (FEES, CLAIMS, payment.fee_minor))
    refused = Transaction(
        kind=TxKind.PAYMENT_REFUSED,
        subject=str(number),
        number=number,
        effective_at=at,
        transfers=transfers_of(payment.currency, *lines),
    )
    post(connection, terminal_id, [refused], at)
    return True


def mark_manual(connection: Connection, terminal_id: str, number: int, at: datetime) -> bool:
    """A person decides how the payment ends; then `mark_paid` or `mark_refused`.

    Returns:
        False when it was marked so before; nothing is changed then.

    Raises:
        NoSuchPaymentError, EndedOtherwiseError: nothing is changed.
    """
    payment = _payment(connection, terminal_id, number)
    if not _may_become(payment, PaymentStage.MANUAL):
        return False
    _move(connection, (payment,), PaymentStage.MANUAL, None)
    held = Account(AccountKind.PAYABLE_MANUAL, payment.provider_code)
    manual = Transaction(
        kind=TxKind.PAYMENT_MANUAL,
        subject=str(number),
        number=number,
        effective_at=at,
        transfers=transfers_of(
            payment.currency, (payable(payment.provider_code), held, payment.payable_minor)
        ),
    )
    post(connection, terminal_id, [manual], at)
    return True


def settle_some(connection: Connection, limit: int, at: datetime) -> int:
    """Mark up to `limit` accepted payments of any terminal as paid, skipping what others work on and
    what has a payout; how many were.
    """
    found = [_read(row) for row in connection.execute(_DUE, {"at_most": limit}).mappings()]
    if not found:
        return 0
    _move(connection, tuple(found), PaymentStage.CREDITED, at)
    for terminal_id in dict.fromkeys(payment.terminal_id for payment in found):
        mine = [_paid(payment, at) for payment in found if payment.terminal_id == terminal_id]
        post(connection, terminal_id, mine, at)
    return len(found)


def _paid(payment: _Payment, at: datetime) -> Transaction:
    settlement = Account(AccountKind.PROVIDER_SETTLEMENT, payment.provider_code)
    return Transaction(
        kind=TxKind.PAYMENT_PAID,
        subject=str(payment.number),
        number=payment.number,
        effective_at=at,
        transfers=transfers_of(
            payment.currency, (payment.owed_in, settlement, payment.payable_minor)
        ),
    )


def _may_become(payment: _Payment, wanted: PaymentStage) -> bool:
    if payment.stage is wanted:
        return False
    if payment.stage not in OPEN:
        raise EndedOtherwiseError(
            f"payment {payment.terminal_id} {payment.number} is {payment.stage}, not to be {wanted}"
        )
    return True


def _payment(connection: Connection, terminal_id: str, number: int) -> _Payment:
    asked = {"of": terminal_id, "which": number}
    row = connection.execute(_ONE, asked).mappings().one_or_none()
    if row is None:
        raise NoSuchPaymentError(f"no payment {terminal_id} {number}")
    return _read(row)


def _read(row: RowMapping) -> _Payment:
    return _Payment(**{**row, "stage": PaymentStage(row["stage"])})


def _move(
    connection: Connection,
    moved: tuple[_Payment, ...],
    stage: PaymentStage,
    settled_at: datetime | None,
) -> None:
    connection.execute(
        _MOVE,
        [
            {
                "of": payment.terminal_id,
                "which": payment.number,
                "now_stage": stage.value,
                "now_settled": settled_at,
            }
            for payment in moved
        ],
    )
