"""Words come from data, and a missing word is an error."""

import pytest

from kiosk.receipts.errors import WordingError
from kiosk.receipts.wording import Wording, load_wording


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
