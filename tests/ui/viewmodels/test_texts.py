"""What the screen says for the terminal's codes and sums, in Russian."""

from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from kiosk.terminal.snapshot import (
    Banner,
    Delivery,
    FeeBandView,
    NoteLine,
    NoteProblem,
    NoteState,
    OutOfServiceView,
    Screen,
    ServiceReason,
)
from ui.gallery import entries, results, samples
from ui.viewmodels.check import present_check
from ui.viewmodels.entry import present_entry
from ui.viewmodels.fee_text import fee_label, terms_text
from ui.viewmodels.home import present_home
from ui.viewmodels.money import present_money
from ui.viewmodels.money_text import brief, deducted, exact, face, percent
from ui.viewmodels.out_of_service import present_out_of_service
from ui.viewmodels.plates import KNOWN, PALETTE, provider_plate
from ui.viewmodels.result import present_result
from ui.viewmodels.words import banner_brief, banner_text, countdown_text, note_problem, reason_text

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.usefixtures("russian")

SPACES = str.maketrans({"\u202f": " ", "\u00a0": " ", "\u2212": "-", "\u20bd": "R"})


def plain(text: str) -> str:
    """The text with ordinary spaces and letters, easy to compare."""
    return text.translate(SPACES)


@pytest.mark.parametrize(
    ("write", "minor", "text"),
    [
        (exact, 0, "0,00 R"),
        (exact, 5, "0,05 R"),
        (exact, 61_750, "617,50 R"),
        (exact, 123_456_789, "1 234 567,89 R"),
        (exact, -150, "-1,50 R"),
        (brief, 1_500_000, "15 000 R"),
        (brief, 50, "0,50 R"),
        (deducted, 3_250, "- 32,50 R"),
        (deducted, 0, "0,00 R"),
        (face, 500_000, "5000"),
        (percent, 500, "5 %"),
        (percent, 160, "1,6 %"),
        (percent, 5, "0,05 %"),
    ],
)
def test_sums_are_written_as_people_write_them(
    write: "Callable[[int], str]", minor: int, text: str
) -> None:
    assert plain(write(minor)) == text


def test_a_sum_never_breaks_between_its_digits_and_its_sign() -> None:
    assert " " not in exact(1_234_567)


@pytest.mark.parametrize(
    ("remaining", "text"),
    [
        (1, "Осталась 1 цифра"),
        (2, "Осталось 2 цифры"),
        (5, "Осталось 5 цифр"),
        (10, "Осталось 10 цифр"),
        (11, "Осталось 11 цифр"),
        (21, "Осталась 21 цифра"),
        (22, "Осталось 22 цифры"),
    ],
)
def test_missing_digits_are_counted_in_good_russian(remaining: int, text: str) -> None:
    shown = present_entry(replace(samples.PHONE, remaining=remaining))
    assert shown.missing == text


def test_a_typed_sign_cannot_become_markup() -> None:
    segments = samples.segments(("<b>&", samples.SegmentRole.TYPED))
    shown = present_entry(replace(samples.LOGIN, segments=segments))
    assert "&lt;b&gt;&amp;" in shown.value_markup
    assert shown.value_text == "<b>&"


def band(percent_bp: int, fixed: int, least: int, most: int | None) -> FeeBandView:
    return FeeBandView(
        from_minor=0,
        to_minor=None,
        percent_bp=percent_bp,
        fixed_minor=fixed,
        min_minor=least,
        max_minor=most,
        current=True,
    )


@pytest.mark.parametrize(
    ("one", "heading", "label"),
    [
        (band(500, 0, 300, None), "Комиссия 5 %, не меньше 3 R", "Комиссия 5 %"),
        (band(0, 0, 0, None), "Без комиссии", "Без комиссии"),
        (
            band(160, 1_000, 0, 50_000),
            "Комиссия 1,6 % + 10 R, не больше 500 R",
            "Комиссия 1,6 % + 10 R",
        ),
        (band(0, 5_000, 0, None), "Комиссия 50 R", "Комиссия 50 R"),
    ],
)
def test_the_fee_is_told_with_all_its_parts(one: FeeBandView, heading: str, label: str) -> None:
    terms = terms_text(replace(samples.TERMS, bands=(one,)))
    assert plain(terms.heading) == heading
    assert terms.bands == ()
    assert plain(fee_label((one,))) == label


def test_no_fee_is_promised_where_there_is_none() -> None:
    assert terms_text(samples.TERMS).no_change == "Сдачи нет: зачислим всё, кроме комиссии."
    assert terms_text(samples.FREE_TERMS).no_change == "Сдачи нет: зачислим всю сумму."


def test_a_rate_is_named_once_it_is_known() -> None:
    several = replace(samples.MONEY_EMPTY, bands=samples.MOBILE_BANDS)
    assert present_money(several).fee_label == "Комиссия"
    assert plain(present_money(samples.MONEY_EMPTY).fee_label) == "Комиссия 5 %"


def test_a_fee_by_bands_is_told_line_by_line() -> None:
    terms = terms_text(samples.MOBILE_TERMS)
    assert terms.heading == "Комиссия зависит от суммы"
    assert [(plain(line["reach"]), plain(line["fee"])) for line in terms.bands] == [
        ("до 100 R", "10 %, мин. 3 R"),
        ("от 100 до 500 R", "7 %"),
        ("от 500 R", "5 %"),
    ]
    assert plain(terms.limits) == "Платёж от 10 до 15 000 R."


def test_a_note_over_the_maximum_comes_back_with_the_reason() -> None:
    shown = present_money(samples.MONEY_OVER)
    assert plain(shown.notes[-1]["remark"]) == "Возвращена: больше максимума 15 000 R"
    assert plain(shown.room) == "Сдачи нет. Можно внести ещё 100 R."


def test_an_older_returned_note_leaves_the_list_to_the_money_inside() -> None:
    returned = NoteLine(minor=None, state=NoteState.RETURNED, problem=NoteProblem.UNRECOGNISED)
    notes = (returned, *samples.accepted(10_000))
    shown = present_money(replace(samples.MONEY, notes=notes))
    assert [note["state"] for note in shown.notes] == ["accepted"]


@pytest.mark.parametrize(
    ("view", "headline", "missing", "pay"),
    [
        (samples.MONEY_EMPTY, "Вставляйте купюры по одной", "Внесите от 10 R", "Оплатить"),
        (
            samples.MONEY_MISSING,
            "Вставляйте купюры по одной",
            "Внесите ещё 40 R",
            "Оплатить 7,00 R",
        ),
        (
            samples.MONEY_CHECKING,
            "Купюра проверяется",
            "Подождите: купюра проверяется",
            "Оплатить",
        ),
        (
            samples.MONEY_LEAVING,
            "Минуту: последняя купюра",
            "Подождите: купюра проверяется",
            "Оплатить",
        ),
        (samples.MONEY_FULL, "Больше внести нельзя", "", "Оплатить 14 700,00 R"),
        (samples.MONEY, "Вставляйте купюры по одной", "", "Оплатить 617,50 R"),
    ],
)
def test_the_money_screen_says_what_goes_on_and_what_is_missing(
    view: samples.MoneyView, headline: str, missing: str, pay: str
) -> None:
    shown = present_money(view)
    assert (shown.headline, plain(shown.missing), plain(shown.pay_label)) == (
        headline,
        missing,
        pay,
    )


def test_money_inside_is_spoken_of_when_the_terminal_breaks_down() -> None:
    view = OutOfServiceView(reasons=(ServiceReason.ACCEPTOR,), fault_number=17, inside_minor=65_000)
    shown = present_out_of_service(view)
    assert plain(shown.inside) == "Внутри 650 R: поступят на подтверждённый вами счёт"
    assert shown.fault == "Код 17"
    assert not shown.calm


def test_every_code_has_its_own_words() -> None:
    assert len({reason_text(reason).heading for reason in ServiceReason}) == len(ServiceReason)
    assert len({note_problem(problem, 1_500_000) for problem in NoteProblem}) == len(NoteProblem)
    assert len({banner_text(banner) + banner_brief(banner) for banner in Banner}) == len(Banner)
    assert {
        present_result(replace(samples.RESULT, delivery=one), samples.INFO).headline
        for one in Delivery
    } == {
        "Оплачено",
        "Платёж принят",
        "Платёж не прошёл",
        "Сумма выясняется",
    }


def test_the_result_quotes_number_and_local_time() -> None:
    shown = present_result(samples.RESULT, samples.INFO)
    assert shown.payment_number == "10238898-000417"
    assert shown.formed_at == "22.11.2026 12:42:07"


def test_a_countdown_says_what_will_happen() -> None:
    assert countdown_text(Screen.ENTRY, 15) == "В меню через 15 с"
    assert countdown_text(Screen.MONEY, 45) == "Завершение через 45 с"
    assert countdown_text(Screen.MONEY, None) == ""


def test_the_eighth_tile_leads_to_all_services_when_there_are_more() -> None:
    shown = present_home(replace(samples.HOME, more=False))
    assert shown.more
    assert len(shown.categories) == 7
    exactly = present_home(replace(samples.HOME, categories=samples.CATEGORIES[:8], more=False))
    assert not exactly.more
    assert len(exactly.categories) == 8


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("ground", "ink"), [*PALETTE, *KNOWN.values()])
def test_an_initial_reads_on_its_plate(ground: str, ink: str) -> None:
    light, dark = sorted((luminance(ground), luminance(ink)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_a_plate_takes_the_initial_of_the_quoted_name() -> None:
    plate = provider_plate(samples.provider("x", "Фонд «Подари жизнь»"))
    assert plate["initial"] == "П"
    assert provider_plate(samples.provider("x", "Фонд «Подари жизнь»")) == plate


def test_the_pay_button_carries_no_sum_while_a_note_moves() -> None:
    assert plain(present_money(samples.MONEY).pay_label) == "Оплатить 617,50 R"
    for moving in (samples.MONEY_CHECKING, samples.MONEY_LEAVING):
        assert present_money(moving).pay_label == "Оплатить"


def test_every_known_note_is_shown_and_those_refused_now_are_marked() -> None:
    shown = present_money(samples.MONEY_OVER).denominations
    assert [one["face"] for one in shown if one["taken"]] == ["10", "50", "100"]
    assert [one["face"] for one in shown if not one["taken"]] == [
        "200",
        "500",
        "1000",
        "2000",
        "5000",
    ]


def test_the_band_in_force_is_the_only_one_lit() -> None:
    lit = [band["reach"] for band in present_money(samples.MONEY).bands if band["current"]]
    assert [plain(one) for one in lit] == ["от 500 R"]


def test_an_entry_offers_the_operator_that_the_number_looks_like() -> None:
    shown = present_entry(entries.PHONE_OF_ANOTHER)
    assert (shown.hint, shown.noticed) == ("Похоже на номер другого оператора", True)
    assert (shown.provider["name"], shown.other["name"]) == ("МТС", "МегаФон")
    assert present_entry(samples.PHONE).other["code"] == ""


def test_an_operator_that_nobody_knows_is_to_be_chosen() -> None:
    typing = present_entry(entries.NUMBER)
    whole = present_entry(entries.NUMBER_UNKNOWN)
    assert not typing.noticed
    assert (whole.hint, whole.provider["code"]) == ("Выберите оператора сами", "")


def test_a_sum_in_dispute_is_told_with_whom_to_call() -> None:
    found = replace(results.CHECK, payments=results.FOUND)
    shown = present_check(found, samples.NOW, ZoneInfo("Europe/Moscow"), "8-800-000-00-00")
    states = {row["tone"]: row["state"] for row in shown.rows}
    assert states["disputed"] == "Сумма выясняется\n8-800-000-00-00"
    assert states["refused"] == "Не зачислен, позвоните"


def test_signs_of_an_account_are_shown_as_they_are() -> None:
    view = replace(results.CHECK_LETTERS, account="<b>&")
    shown = present_check(view, samples.NOW, ZoneInfo("Europe/Moscow"), "")
    assert (shown.account, shown.markup) == ("<b>&", "&lt;b&gt;&amp;")
