"""Words come from data, and a missing word is an error."""

import re

import pytest

from kiosk.receipts.errors import WordingError
from kiosk.receipts.wording import LANGUAGES, Wording, load_wording, wording_for

_PLACE = re.compile(r"{(\w+)}")


def test_a_missing_word_is_an_error(wording: Wording) -> None:
    with pytest.raises(WordingError, match=r"no\.such"):
        wording.say("no.such")


def test_a_word_without_its_value_is_an_error(wording: Wording) -> None:
    with pytest.raises(WordingError):
        wording.say("head.inn")


def test_an_unknown_language_is_an_error() -> None:
    with pytest.raises(WordingError, match="xx"):
        load_wording("xx")


def test_braces_in_a_value_stay_what_they_are(wording: Wording) -> None:
    assert wording.say("head.inn", inn="{terminal}") == "ИНН {terminal}"


def test_every_language_has_the_same_words_with_the_same_places() -> None:
    russian = load_wording("ru").words
    for language in LANGUAGES:
        words = load_wording(language).words
        assert set(words) == set(russian)
        for key, text in words.items():
            assert sorted(_PLACE.findall(text)) == sorted(_PLACE.findall(russian[key])), key


def test_an_unknown_language_of_a_customer_is_the_first_one() -> None:
    assert wording_for("de").language == "ru"
    assert wording_for("kk").language == "kk"
