"""Several payments in one visit: the same service again, or another one; nothing typed is kept."""

import pytest

from config.catalogue import load_catalogue
from drivers.acceptors.contract import Enabled
from kiosk.session.navigation import Shop, again
from kiosk.session.state import Home
from kiosk.terminal.snapshot import Language, Screen
from kiosk.terminal.touch import Action


@pytest.fixture
def thanked(bench):
    """A customer who reads Kazakh has paid 100 roubles to a phone."""
    bench.touch(Action.LANGUAGE, "kk")
    bench.go_to_money()
    bench.feed(100)
    bench.pay()
    bench.printed()
    bench.credited(1)
    bench.wait(1)
    assert bench.shown.screen is Screen.THANKS
    return bench


def test_the_same_service_begins_with_an_empty_field(thanked):
    thanked.touch(Action.AGAIN)
    shown = thanked.shown
    assert (shown.screen, shown.entry.provider.code) == (Screen.ENTRY, "mts")
    assert shown.entry.remaining == 10, "the number is another one, or typed again"
    assert shown.manner.language is Language.KK
    assert shown.result is None


def test_two_payments_of_one_visit_are_two_sessions(thanked):
    thanked.touch(Action.AGAIN)
    for char in "9260000000":
        thanked.touch(Action.KEY, char)
    thanked.touch(Action.FORWARD)
    thanked.touch(Action.FORWARD)
    thanked.tell(Enabled())
    thanked.feed(500)
    thanked.pay()
    first, second = (row.item for row in thanked.payments)
    assert (first.account, second.account) == ("9161234567", "9260000000")
    assert (first.inserted_minor, second.inserted_minor) == (10_000, 50_000)
    assert first.session != second.session


def test_back_from_the_same_service_is_the_start_screen(thanked):
    thanked.touch(Action.AGAIN)
    thanked.touch(Action.BACK)
    assert thanked.shown.screen is Screen.HOME


def test_what_is_not_sold_any_more_is_not_begun_again():
    assert again("no such provider", Shop(load_catalogue())) == Home()
