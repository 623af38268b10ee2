"""What is sent to a provider: the parameters of each command, as text. Pure.

The same payout always gives the same parameters, so that a repeat is recognised as one. Nothing here
may depend on the present time.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, assert_never

from wallet.providers.profile import CurrencyForm, Profile, SumForm

_NUMERIC: Final = {"RUB": "643", "KZT": "398", "USD": "840", "EUR": "978"}
"""ISO 4217 numbers of the currencies that terminals take."""

_NUMBER_DIGITS: Final = 10
MAX_PAYABLE_NUMBER: Final = 10**_NUMBER_DIGITS - 1
_PARAMETER: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}")
_TAKEN: Final = {"command", "txn_id", "txn_date", "sum", "ccy"}

Parameters = tuple[tuple[str, str], ...]


class RequestImpossibleError(ValueError):
    """This provider cannot be asked this; the message says why. Nothing was sent."""


class Command(StrEnum):
    """Commands of the protocol (facts sheet wallet_network §1.2)."""

    GET_INFO = "getInfo"
    CHECK = "check"
    PAY = "pay"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be paid, fixed for ever when the payout is made.

    `txn_id` is the key at the provider, `txn_at` the accounting date, `sum_minor` in minor units (a
    question about an account may have none: 0).
    """

    txn_id: int
    txn_at: datetime
    account: str
    fields: Mapping[str, str]
    sum_minor: int
    currency: str


def txn_id_of(terminal_id: str, number: int) -> int:
    """The provider's key of a payment: terminal and number in at most 18 digits.

    Nobody has to count or to remember: the same payment has the same key after any crash. Eighteen
    digits fit a signed 64-bit integer, in which many providers keep it (facts allow twenty).

    Raises:
        RequestImpossibleError: the number is too large for its ten digits.
    """
    if not 1 <= number <= MAX_PAYABLE_NUMBER:
        raise RequestImpossibleError(f"payment number {number} has more than ten digits")
    return int(terminal_id) * 10**_NUMBER_DIGITS + number


def parameters(profile: Profile, command: Command, order: Order) -> Parameters:
    """The parameters of a command, in a fixed order.

    Raises:
        RequestImpossibleError: the order does not fit the provider.
    """
    if not profile.accepts_account(order.account):
        raise RequestImpossibleError("the account does not fit the provider's pattern")
    told: list[tuple[str, str]] = [("command", command)]
    if command is not Command.GET_INFO:
        told.append(("txn_id", str(order.txn_id)))
    if command is Command.PAY:
        local = order.txn_at.astimezone(profile.zone)
        told.append(("txn_date", local.strftime(profile.date_form)))
    told.append((profile.account_name, order.account))
    if command is not Command.GET_INFO or order.sum_minor:
        told.append(("sum", written_sum(profile, order.sum_minor)))
    if profile.currency_form is not CurrencyForm.NONE:
        told.append(("ccy", _currency(profile.currency_form, order.currency)))
    if profile.prv_id is not None:
        told.append((profile.prv_id_name, str(profile.prv_id)))
    told += sorted(profile.constants.items())
    taken = _TAKEN | {name for name, _ in told}
    for name, value in sorted(order.fields.items()):
        theirs = profile.fields.get(name, name)
        if theirs in taken or not _PARAMETER.fullmatch(theirs):
            # The account stands among the catalogue's fields, too; it was told already.
            continue
        taken.add(theirs)
        told.append((theirs, value))
    return tuple(told)


def written_sum(profile: Profile, minor: int) -> str:
    """A sum as the provider writes it; two decimals unless in minor units."""
    whole, rest = divmod(minor, 100)
    match profile.sum_form:
        case SumForm.DOT:
            return f"{whole}.{rest:02}"
        case SumForm.COMMA:
            return f"{whole},{rest:02}"
        case SumForm.MINOR_UNITS:
            return str(minor)
        case _:
            assert_never(profile.sum_form)


def _currency(form: CurrencyForm, letters: str) -> str:
    if form is CurrencyForm.LETTERS:
        return letters
    try:
        return _NUMERIC[letters]
    except KeyError:
        raise RequestImpossibleError(f"no ISO number is known for {letters}") from None
