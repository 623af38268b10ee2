"""The operator of a number: the table, and ported numbers before it."""

import pytest

from config.catalogue import load_catalogue
from kiosk.catalogue.entry import FieldEntry
from kiosk.catalogue.operators import (
    carried,
    mobile_category,
    number_field,
    operator_for,
    other_operator,
)

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


def typed(code: str, number: str) -> FieldEntry:
    return FieldEntry(field=CATALOGUE.provider(code).fields[0]).press_all(number)


@pytest.mark.parametrize(
    ("under", "number", "other"),
    [
        ("mts", "9251234567", "megafon"),
        ("mts", "925", "megafon"),
        ("mts", "8925", "megafon"),
        ("motiv", "9161234567", "mts"),
        ("mts", "92", None),
        ("mts", "9161234567", None),
        ("mts", "9071234567", None),
        ("wallet", "9161234567", None),
        ("rostelecom", "9161234567", None),
    ],
)
def test_a_number_of_another_operator_is_noticed_as_it_is_typed(
    under: str, number: str, other: str | None
) -> None:
    found = other_operator(CATALOGUE.provider(under), typed(under, number), CATALOGUE)
    assert (found.code if found else None) == other


def test_what_was_typed_is_carried_whole_or_not_at_all() -> None:
    entry = typed("mts", "9251234567")
    kept = carried(entry, CATALOGUE.provider("megafon"))
    assert kept is not None
    assert kept.value() == entry.value()
    assert carried(entry, CATALOGUE.provider("steam")) is None
    assert carried(entry, CATALOGUE.provider("vk_votes")) is None


def test_a_number_is_asked_for_where_operators_are_known_by_it() -> None:
    category = mobile_category(CATALOGUE)
    assert category is not None
    assert category.code == "cellular"
    assert number_field("cellular", CATALOGUE) == CATALOGUE.provider("mts").fields[0]
    assert number_field("games", CATALOGUE) is None
    assert mobile_category(CATALOGUE.model_copy(update={"def_codes": {}})) is None
