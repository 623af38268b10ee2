"""Identities: never used again, and fit for a journal key and the wire."""

import re

from kiosk.ids import RandomIds


def test_no_identity_comes_twice():
    ids = RandomIds()
    assert len({ids.new() for _ in range(1000)}) == 1000


def test_an_identity_is_plain_text():
    assert re.fullmatch(r"[0-9a-f]{32}", RandomIds().new())
