"""The operator of a number: the table, and ported numbers before it."""

import pytest

from config.catalogue import load_catalogue
from kiosk.catalogue.operators import operator_for

CATALOGUE = load_catalogue()


@pytest.mark.parametrize(
    ("number", "code"),
    [("9161234567", "mts"), ("903", "beeline"), ("92512", "megafon"), ("9991234567", "yota")],
)
def test_the_first_three_digits_lead_to_the_operator(number: str, code: str) -> None:
    provider = operator_for(number, CATALOGUE)
    assert provider is not None
    assert provider.code == code


@pytest.mark.parametrize("number", ["", "9", "91", "9071234567", "4951234567"])
def test_too_few_digits_or_an_unknown_range_lead_nowhere(number: str) -> None:
    assert operator_for(number, CATALOGUE) is None


def test_what_is_known_of_a_ported_number_wins() -> None:
    provider = operator_for("9161112233", CATALOGUE, {"9161112233": "tele2"})
    assert provider is not None
    assert provider.code == "tele2"
