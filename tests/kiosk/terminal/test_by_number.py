"""A phone number finds its operator; the screen says so, and the customer alone says who is paid."""

from kiosk.terminal.snapshot import Screen
from kiosk.terminal.touch import Action


def type_in(bench, number):
    for digit in number:
        bench.touch(Action.KEY, digit)


def test_the_operator_and_its_terms_are_shown_as_soon_as_the_range_is_known(bench):
    assert bench.shown.home.by_number
    bench.touch(Action.OPEN_NUMBER)
    type_in(bench, "92")
    unknown = bench.shown.entry
    assert (unknown.provider.code, unknown.terms, unknown.by_hand) == ("", None, "cellular")
    type_in(bench, "5")
    known = bench.shown.entry
    assert known.provider.code == "megafon"
    assert known.terms.legal_name == "ПАО «МегаФон»"


def test_the_check_before_money_names_the_operator_that_was_found(bench):
    bench.touch(Action.OPEN_NUMBER)
    type_in(bench, "9251234567")
    bench.touch(Action.FORWARD)
    bench.wait(bench.settings.session.answer_s)
    assert bench.shown.screen is Screen.CONFIRM
    assert bench.shown.confirm.provider.code == "megafon"


def test_an_unknown_number_goes_to_the_operator_that_is_chosen_by_hand(bench):
    bench.touch(Action.OPEN_NUMBER)
    type_in(bench, "9071234567")
    bench.touch(Action.FORWARD)
    assert bench.shown.screen is Screen.PROVIDERS
    bench.touch(Action.OPEN_PROVIDER, "motiv")
    entry = bench.shown.entry
    assert (entry.provider.code, entry.complete, entry.other) == ("motiv", True, None)


def test_another_operator_is_offered_and_taken_by_a_touch_alone(bench):
    bench.touch(Action.OPEN_PROVIDER, "mts")
    type_in(bench, "9251234567")
    offered = bench.shown.entry
    assert (offered.provider.code, offered.other.code, offered.complete) == ("mts", "megafon", True)
    bench.touch(Action.CHANGE_OVER, "megafon")
    changed = bench.shown.entry
    assert (changed.provider.code, changed.other, changed.complete) == ("megafon", None, True)
    assert changed.segments == offered.segments


def test_nothing_of_the_number_is_left_for_the_next_customer(bench):
    bench.touch(Action.OPEN_NUMBER)
    type_in(bench, "9251234567")
    bench.wait(bench.settings.session.idle_s)
    bench.touch(Action.OPEN_NUMBER)
    assert bench.shown.entry.remaining == 10
