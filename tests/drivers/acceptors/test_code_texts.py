"""The vendors' codes in words for a technician."""

import pytest

from drivers.acceptors.ccnet.codes import Failure, Reject, State
from drivers.acceptors.code_texts import code_text, code_texts

LANGUAGES = {"en", "ru", "kk"}


@pytest.mark.parametrize("protocol", ["ccnet", "id003", "ssp"])
def test_every_text_is_there_in_three_languages(protocol: str) -> None:
    for raw, texts in code_texts(protocol).items():
        assert set(texts) == LANGUAGES, raw
        assert all(text.endswith(".") for text in texts.values()), raw


def test_every_ccnet_code_of_the_facts_sheet_has_a_text() -> None:
    codes = [(State.REJECTING, code) for code in Reject] + [(State.FAILURE, c) for c in Failure]
    assert set(code_texts("ccnet")) == {f"{state:02X} {code:02X}" for state, code in codes}


def test_a_code_that_nobody_knows_has_no_text() -> None:
    assert code_text("ccnet", "1C 60", "ru")
    assert code_text("ccnet", "1C EE", "ru") is None
    assert code_text("none", "1C 60", "ru") is None
