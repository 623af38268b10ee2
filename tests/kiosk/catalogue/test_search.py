"""Providers are found by what people type, the right one first, whatever the finger did."""

import pytest

from config.catalogue import load_catalogue
from kiosk.catalogue.search import MOST_RESULTS, Finder

CATALOGUE = load_catalogue()
FINDER = Finder(CATALOGUE)


def codes(text, finder=FINDER):
    return [provider.code for provider in finder.find(text)]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("мтс", "mts"),
        ("МТС", "mts"),
        ("mts", "mts"),
        ("vnc", "mts"),  # МТС in the Latin layout
        ("ьеы", "mts"),  # mts in the Russian layout
        ("билайн", "beeline"),
        (",bkfqy", "beeline"),
        ("мегофон", "megafon"),  # a wrong letter
        ("мегафн", "megafon"),  # a missing one
        ("меегафон", "megafon"),  # a doubled one
        ("мегфаон", "megafon"),  # two swapped
        ("sberbank", "sberbank"),
        ("сбер", "sberbank"),
        ("c,th,fyr", "sberbank"),
        ("свет", "mosenergosbyt"),
        ("вымпелком", "beeline"),
        ("кошелек", "wallet"),
        ("Кошелёк", "wallet"),
        ("7733812126", "webbankir"),
        ("77338", "webbankir"),
        ("дом ру", "domru"),
        ("домашний мтс", "mts_home"),
        ("стим", "steam"),
        ("SREAM", "steam"),
        ("цифрал", "domofon"),
        ("штраф", "gibdd"),
    ],
)
def test_the_provider_that_was_meant_comes_first(typed, expected):
    assert codes(typed)[0] == expected


@pytest.mark.parametrize("typed", ["", "   ", "!!", "щщщщщщщ", "999999999999"])
def test_nothing_is_found_where_nothing_fits(typed):
    assert codes(typed) == []


def test_the_first_letter_already_finds_the_popular_ones_first_and_not_too_many():
    found = codes("м")
    assert found[0] == "mts"
    assert len(found) == MOST_RESULTS


def test_every_word_must_fit():
    assert set(codes("мтс")) > {"mts_home"}
    assert codes("мтс домашний") == ["mts_home"]
    assert codes("мтс вода") == []


def test_every_visible_provider_is_found_by_its_name_and_by_its_tax_number():
    for provider in CATALOGUE.providers:
        if provider.visible:
            assert provider.code in codes(provider.name)
            assert codes(provider.inn) == [provider.code]


def test_a_hidden_provider_is_not_found():
    hidden = CATALOGUE.provider("steam").model_copy(update={"tags": ()})
    others = tuple(one for one in CATALOGUE.providers if one.code != "steam")
    finder = Finder(CATALOGUE.model_copy(update={"providers": (*others, hidden)}))
    assert codes("steam", finder) == []


def test_a_good_word_is_not_drowned_in_near_ones():
    assert codes("банк")[0] != "motiv"
    assert all("займ" in "".join(CATALOGUE.provider(one).keywords) for one in codes("займ"))


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("school meals", "School meals"),
        ("scool meals", "School meals"),
        ("мектеп", "Мектеп тамағы"),
        ("mektep tamag", "Мектеп тамағы"),
    ],
)
def test_a_provider_is_found_by_its_name_in_another_language(typed, other):
    name = "Школьное питание"
    provider = next(one for one in CATALOGUE.providers if one.name == name)
    finder = Finder(CATALOGUE, lambda asked: (other,) if asked == name else ())
    assert provider.code not in codes(typed)
    assert codes(typed, finder)[0] == provider.code
