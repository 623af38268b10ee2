"""The vendors' codes in words for a technician."""

import pytest

import drivers.acceptors.ccnet.codes as ccnet
import drivers.acceptors.id003.codes as id003
import drivers.acceptors.ssp.codes as ssp
from drivers.acceptors.code_texts import code_text, code_texts
from drivers.acceptors.open_acceptor import AcceptorProtocol

LANGUAGES = {"en", "ru", "kk"}


@pytest.mark.parametrize("protocol", AcceptorProtocol)
def test_every_text_is_there_in_three_languages(protocol: str) -> None:
    for raw, texts in code_texts(protocol).items():
        assert set(texts) == LANGUAGES, raw
        assert all(text.endswith(".") for text in texts.values()), raw


KNOWN = {
    "ccnet": [
        *[(ccnet.State.REJECTING, code) for code in ccnet.Reject],
        *[(ccnet.State.FAILURE, code) for code in ccnet.Failure],
    ],
    "id003": [
        *[(id003.Status.REJECTING, code) for code in id003.Reject],
        *[(id003.Status.FAILURE, code) for code in id003.Failure],
    ],
    "ssp": [
        *[
            (ssp.Event.REJECTED, code)
            for code in ssp.LastReject
            if code is not ssp.LastReject.ACCEPTED
        ],
        *[
            (ssp.Command.SETUP_REQUEST, kind)
            for kind in ssp.UnitType
            if kind is not ssp.UnitType.VALIDATOR
        ],
    ],
}


@pytest.mark.parametrize("protocol", AcceptorProtocol)
def test_every_code_of_the_facts_sheets_has_a_text(protocol: str) -> None:
    assert set(code_texts(protocol)) == {f"{said:02X} {code:02X}" for said, code in KNOWN[protocol]}


def test_a_code_that_nobody_knows_has_no_text() -> None:
    assert code_text("ccnet", "1C 60", "ru")
    assert code_text("ccnet", "1C EE", "ru") is None
    assert code_text("none", "1C 60", "ru") is None
