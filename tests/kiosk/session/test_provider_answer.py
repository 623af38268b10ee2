"""What a provider's answer means: a verdict decides, texts are made fit, sums are read."""

import pytest

from config.catalogue import AnswerField, load_catalogue
from kiosk.session.provider_answer import (
    LONGEST_TEXT,
    MOST_LINES,
    UNCHECKED,
    fit,
    understood,
)
from kiosk.terminal.snapshot import AccountRefusal, AnswerLine
from terminal_api.accounts import AccountAnswer, AccountVerdict

MTS = (
    load_catalogue()
    .provider("mts")
    .model_copy(
        update={
            "answer": (
                AnswerField(name="disp2", title="Долг", kind="debt"),
                AnswerField(name="owner", title="Абонент"),
            )
        }
    )
)


def told(verdict=AccountVerdict.GOOD, code=0, **fields):
    answer = AccountAnswer(terminal_id="10238898", verdict=verdict, code=code, fields=fields)
    return understood(MTS, answer)


def test_no_answer_and_an_unknown_one_say_nothing():
    assert understood(MTS, None) == UNCHECKED
    assert told(AccountVerdict.UNKNOWN, 300, owner="Иванов") == UNCHECKED
    assert UNCHECKED.refusal is None


@pytest.mark.parametrize(
    ("code", "refusal"),
    [
        (None, AccountRefusal.WRONG_FORM),
        (4, AccountRefusal.WRONG_FORM),
        (5, AccountRefusal.NOT_KNOWN),
        (31, AccountRefusal.WRONG_FIELD),
        (79, AccountRefusal.NOT_ACTIVE),
        (7, AccountRefusal.NOT_TAKEN),
        (9999, AccountRefusal.NOT_TAKEN),
    ],
)
def test_a_bad_account_is_refused_by_the_code_and_shows_nothing_else(code, refusal):
    answer = told(AccountVerdict.BAD, code, owner="Иванов", disp2="10.00")
    assert (answer.refusal, answer.lines, answer.debt_minor) == (refusal, (), None)


def test_what_the_catalogue_names_comes_first_and_what_is_hidden_stays_so():
    answer = told(disp1="Тариф «Ясный»", owner="Иванов И. И.", ev_demo="1", balance="7")
    assert answer.lines == (
        AnswerLine(title="Абонент", value="Иванов И. И."),
        AnswerLine(title="", value="Тариф «Ясный»"),
    )


def test_no_more_lines_than_the_screen_has_room_for():
    answer = told(**{f"disp{n}": f"строка {n}" for n in range(3, 13)})
    assert len(answer.lines) == MOST_LINES


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("1234.56", 123_456),
        ("1 234,5", 123_450),
        ("500", 50_000),
        ("0.00", 0),
        ("-50.00", None),
        ("12.345", None),
        ("1e5", None),
        ("٣٤", None),
        ("99999999", None),
        ("", None),
    ],
)
def test_a_debt_is_a_sum_or_nothing(text, minor):
    assert told(disp2=text).debt_minor == minor


def test_a_text_from_outside_is_one_short_line_without_signs_that_steer():
    assert fit(" а\n\tб\u202eв\x07 ") == "а бв"
    assert len(fit("д" * 500)) == LONGEST_TEXT


def test_an_answer_does_not_show_itself_where_it_is_printed():
    assert "Иванов" not in repr(told(owner="Иванов"))
