"""Check digits: known numbers, and the errors that each scheme promises to find."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.checksums import valid_bank_account, valid_inn, valid_luhn, valid_uin

BIK = "044525187"
RULES: list[tuple[Callable[[str], bool], str]] = [
    (valid_luhn, "4111111111111111"),
    (valid_luhn, "5555555555554444"),
    (valid_luhn, "378282246310005"),
    (valid_inn, "7707083893"),
    (valid_inn, "500100732259"),
    (valid_uin, "18810177000000000002"),
    (valid_uin, "18201234567890123450"),
    (lambda account: valid_bank_account(account, BIK), "40817810399910004312"),
    (lambda account: valid_bank_account(account, "044525201"), "40711100000012321000"),
]
digits = st.text("0123456789", min_size=1, max_size=30)


@pytest.mark.parametrize(("is_valid", "number"), RULES)
def test_known_numbers_are_valid(is_valid: Callable[[str], bool], number: str) -> None:
    assert is_valid(number)


@pytest.mark.parametrize(("is_valid", "number"), RULES)
@pytest.mark.parametrize("spoil", [lambda n: n[:-1], lambda n: n + "0", lambda n: n[:-1] + "x"])
def test_wrong_length_or_a_letter_is_never_valid_but_for_card_lengths(
    is_valid: Callable[[str], bool], number: str, spoil: Callable[[str], str]
) -> None:
    spoilt = spoil(number)
    if is_valid is not valid_luhn or not spoilt.isdigit():
        assert not is_valid(spoilt)


@pytest.mark.parametrize("text", ["", "0", "٣٣٣٣", "1²"])
def test_other_texts_are_not_valid(text: str) -> None:
    assert not valid_luhn(text)
    assert not valid_inn(text)
    assert not valid_uin(text)
    assert not valid_bank_account(text, BIK)


@given(body=digits, place=st.integers(0, 29), other=st.integers(1, 9))
def test_luhn_finds_each_single_wrong_digit(body: str, place: int, other: int) -> None:
    number = _completed(body, valid_luhn)
    assert not valid_luhn(_changed(number, place % len(number), other))


@given(body=digits, place=st.integers(0, 29))
def test_luhn_finds_swapped_neighbours_except_0_and_9(body: str, place: int) -> None:
    number = _completed(body, valid_luhn)
    at = place % (len(number) - 1)
    left, right = number[at], number[at + 1]
    swapped = number[:at] + right + left + number[at + 2 :]
    if left != right and {left, right} != {"0", "9"}:
        assert not valid_luhn(swapped)


@given(
    body=st.text("0123456789", min_size=19, max_size=19),
    place=st.integers(0, 19),
    other=st.integers(1, 9),
)
def test_the_account_key_finds_each_single_wrong_digit(body: str, place: int, other: int) -> None:
    account = next(
        full for key in "0123456789" if valid_bank_account(full := body[:8] + key + body[8:], BIK)
    )
    assert not valid_bank_account(_changed(account, place, other), BIK)


def test_the_account_key_depends_on_the_bank() -> None:
    assert not valid_bank_account("40817810399910004312", "044525225")


def test_a_cash_centre_counts_by_its_region_digits() -> None:
    body = "4010281{}445370000001"
    keys = [k for k in "0123456789" if valid_bank_account(body.format(k), "044525000")]
    same = [k for k in "0123456789" if valid_bank_account(body.format(k), "049925025")]
    assert keys == same
    assert len(keys) == 1


@given(body=st.text("0123456789", min_size=9, max_size=9), other=st.integers(1, 9))
def test_an_inn_has_one_check_digit(body: str, other: int) -> None:
    number = _completed(body, valid_inn)
    assert not valid_inn(_changed(number, 9, other))


@given(st.sampled_from((19, 24)).flatmap(lambda n: st.text("0123456789", min_size=n, max_size=n)))
def test_each_uin_body_has_exactly_one_check_digit(body: str) -> None:
    assert sum(valid_uin(body + digit) for digit in "0123456789") == 1


def test_a_uin_whose_first_sum_leaves_ten_is_weighed_again() -> None:
    assert valid_uin("0" * 9 + "1" + "0" * 9 + "2")  # its weight is 10 at first, then 2
    assert not valid_uin("0" * 9 + "1" + "0" * 9 + "0")


def _completed(body: str, is_valid: Callable[[str], bool]) -> str:
    return next(body + digit for digit in "0123456789" if is_valid(body + digit))


def _changed(number: str, place: int, other: int) -> str:
    digit = (int(number[place]) + other) % 10
    return number[:place] + str(digit) + number[place + 1 :]
