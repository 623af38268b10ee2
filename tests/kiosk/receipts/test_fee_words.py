"""The terms of a fee in words."""

import pytest

from config.catalogue import FeeBand
from kiosk.receipts.fee_words import fee_words
from kiosk.receipts.wording import load_wording


def band(percent=0, fixed=0, least=0, most=None):
    return FeeBand(
        from_minor=0,
        to_minor=None,
        percent_bp=percent,
        fixed_minor=fixed,
        min_minor=least,
        max_minor=most,
    )


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        (band(), "без комиссии"),
        (band(percent=500), "5 %"),
        (band(percent=250, least=1000), "2,5 %, не менее 10,00 руб."),
        (band(percent=125, fixed=500, most=10000), "1,25 %, плюс 5,00 руб., не более 100,00 руб."),
        (band(fixed=3000), "30,00 руб."),
        (band(least=1000), "не менее 10,00 руб."),
    ],
)
def test_terms_are_said_as_people_say_them(terms, said):
    assert fee_words(terms, load_wording()) == said
