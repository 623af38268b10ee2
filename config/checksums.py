"""Check digits of account numbers: bank cards, INN, bank account keys, UIN.

Pure arithmetic over digit strings; an answer False means "this number cannot exist", True only that
its check digit is right. A text of wrong length or with anything but ASCII digits is never valid.
"""

from collections.abc import Iterable

_INN_10 = (2, 4, 10, 3, 5, 9, 4, 6, 8)
_INN_11TH = (7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
_INN_12TH = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
_KEY_WEIGHTS = (7, 1, 3)
_CASH_CENTRE_ENDINGS = frozenset({"000", "001", "002"})
_UIN_LENGTHS = frozenset({20, 25})


def valid_luhn(number: str) -> bool:
    """Luhn's mod 10 of bank cards: from the right every second digit doubled, digits summed."""
    if not _is_digits(number) or len(number) < 2:
        return False
    total = 0
    for place, digit in enumerate(_digits(number[::-1])):
        doubled = digit * 2 if place % 2 else digit
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


def valid_inn(number: str) -> bool:
    """Taxpayer number: 10 digits (organisation, the last checks) or 12 (person, two check)."""
    if not _is_digits(number):
        return False
    if len(number) == 10:
        return _inn_digit(number, _INN_10) == int(number[9])
    if len(number) == 12:
        return _inn_digit(number, _INN_11TH) == int(number[10]) and (
            _inn_digit(number, _INN_12TH) == int(number[11])
        )
    return False


def valid_bank_account(account: str, bik: str) -> bool:
    """Key of a 20-digit bank account at the bank with this 9-digit BIK.

    Three digits of the bank stand before the account: the BIK's last three; for a cash settlement
    centre (BIK ending in 000, 001, 002) zero and the BIK's fifth and sixth digit. Weights 7, 1, 3
    repeat over the 23 digits and the sum of products ends in zero.
    """
    if not (_is_digits(account) and _is_digits(bik) and (len(account), len(bik)) == (20, 9)):
        return False
    bank = "0" + bik[4:6] if bik[6:] in _CASH_CENTRE_ENDINGS else bik[6:]
    weighted = (
        digit * _KEY_WEIGHTS[place % 3] for place, digit in enumerate(_digits(bank + account))
    )
    return sum(weighted) % 10 == 0


def valid_uin(number: str) -> bool:
    """Accrual identifier of state payments: 20 or 25 digits, the last one checks.

    Weights 1..10 repeat, the sum mod 11 is the digit; where that is 10, the weights start at 3 once
    more, and where it is 10 again the digit is 0.
    """
    if not _is_digits(number) or len(number) not in _UIN_LENGTHS:
        return False
    body, check = number[:-1], int(number[-1])
    for shift in (0, 2):
        weighted = (d * ((place + shift) % 10 + 1) for place, d in enumerate(_digits(body)))
        remainder = sum(weighted) % 11
        if remainder != 10:
            return remainder == check
    return check == 0


def _inn_digit(number: str, weights: tuple[int, ...]) -> int:
    return sum(w * d for w, d in zip(weights, _digits(number), strict=False)) % 11 % 10


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _digits(text: str) -> Iterable[int]:
    return (int(char) for char in text)
