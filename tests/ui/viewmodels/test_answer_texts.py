"""What the screen says of a provider's answer and of amounts that it fixes, in Russian."""

from dataclasses import replace

import pytest

from kiosk.terminal.snapshot import AccountCheck, AccountRefusal
from ui.gallery import entries, money
from ui.viewmodels.confirm import present_confirm
from ui.viewmodels.enquiry import present_enquiry
from ui.viewmodels.entry import present_entry
from ui.viewmodels.fee_text import terms_text
from ui.viewmodels.money import present_money
from ui.viewmodels.words import counsel_text, refusal_text

pytestmark = pytest.mark.usefixtures("russian")

SPACES = str.maketrans({"\u202f": " ", "\u00a0": " ", "\u20bd": "R"})


def test_each_refusal_and_each_check_has_words_of_its_own() -> None:
    assert len({refusal_text(one) for one in AccountRefusal}) == len(AccountRefusal)
    assert len({counsel_text(one) for one in AccountCheck}) == len(AccountCheck)
    assert refusal_text(None) == ""


def test_what_was_refused_is_marked_wrong_until_it_is_changed() -> None:
    shown = present_entry(entries.PHONE_REFUSED)
    assert (shown.wrong, shown.complete) == (True, False)
    assert shown.missing == "Поставщик такого счёта не знает"
    assert not present_entry(entries.PHONE_READY).wrong


def test_a_refusal_found_at_an_earlier_field_leaves_the_way_to_the_next_one_open() -> None:
    shown = present_entry(entries.SURNAME_REFUSED)
    assert (shown.wrong, shown.complete) == (True, True)


def test_the_answer_stands_below_what_was_typed_and_the_debt_comes_last() -> None:
    shown = present_confirm(entries.CONFIRM_ANSWERED)
    assert [line["told"] for line in shown.fields] == [False, False, True, True, True]
    assert [line["owed"] for line in shown.fields] == [False, False, False, False, True]
    assert shown.fields[-1]["title"] == "К оплате"
    assert shown.fields[-1]["value"].translate(SPACES) == "12 345,67 R"
    assert not shown.unchecked


def test_the_amount_that_will_be_credited_takes_the_place_of_the_debt() -> None:
    both = replace(entries.CONFIRM_ANSWERED, amount_minor=30_000)
    sums = [line["value"].translate(SPACES) for line in present_confirm(both).fields]
    assert sums[-1] == "300,00 R"
    assert "12 345,67 R" not in sums


def test_a_debt_is_shown_beside_the_account_while_notes_are_taken() -> None:
    assert present_money(money.MONEY_DEBT).debt.translate(SPACES) == "12 345,67 R"
    assert present_money(money.MONEY).debt == ""
    assert present_money(replace(money.MONEY, debt_minor=0)).debt == "", "nothing owed is no hint"


def test_sums_to_choose_from_are_told_back_in_kopecks() -> None:
    shown = present_entry(entries.AMOUNTS_CHOSEN)
    assert [one["value"] for one in shown.options][:2] == ["10000", "30000"]
    assert shown.value_text == "1490000"
    assert present_entry(entries.AMOUNTS).missing == "Выберите сумму"


def test_one_price_is_no_range() -> None:
    exactly = terms_text(entries.AMOUNTS_CHOSEN.terms).limits.translate(SPACES)
    assert exactly == "Нужно внести ровно 14 900 R."


def test_who_does_not_answer_can_be_asked_again() -> None:
    assert present_enquiry(entries.ENQUIRY).heading == "Спрашиваем поставщика"
    assert present_enquiry(entries.ENQUIRY_LONG).given_up
