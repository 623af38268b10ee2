"""Typing into a field: what a key does, what is shown, what is missing, what is sent."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.catalogue import Field, load_catalogue
from kiosk.catalogue.entry import FieldEntry
from kiosk.terminal.snapshot import EntryProblem, SegmentRole

CATALOGUE = load_catalogue()
FIELDS = [
    pytest.param(field, {f.name: f.examples_ok[0] for f in provider.fields[:number]}, id=name)
    for provider in CATALOGUE.providers
    for number, field in enumerate(provider.fields)
    if (name := f"{provider.code}.{field.name}")
]


def entry(provider: str, name: str = "account", **others: str) -> FieldEntry:
    fields = {field.name: field for field in CATALOGUE.provider(provider).fields}
    return FieldEntry(field=fields[name], others=others)


def shown(state: FieldEntry) -> list[tuple[str, str]]:
    return [(segment.text, segment.role.value) for segment in state.segments()]


@pytest.mark.parametrize(("field", "others"), FIELDS)
def test_every_good_example_of_the_catalogue_can_be_typed_and_sent(
    field: Field, others: dict[str, str]
) -> None:
    for example in field.examples_ok:
        resumed = FieldEntry.resumed(field, example, others)
        typed = FieldEntry(field=field, others=others)
        if field.keyboard == "buttons":
            typed = typed.choose(field.options[field.values.index(example)])
        else:
            typed = typed.press_all(resumed.typed)
        assert typed == resumed
        assert (typed.value(), typed.problem(), typed.remaining()) == (example, None, 0)


@pytest.mark.parametrize(("field", "others"), FIELDS)
def test_a_bad_example_ends_either_in_a_problem_or_in_another_value(
    field: Field, others: dict[str, str]
) -> None:
    for example in field.examples_bad:
        state = FieldEntry(field=field, others=others).press_all(example)
        assert state.problem() is not None or state.value() != example


@pytest.mark.parametrize(("field", "others"), FIELDS)
@settings(max_examples=30, deadline=None)
@given(
    keys=st.lists(st.text(min_size=1, max_size=1) | st.sampled_from("0123456789Ая@9"), max_size=40)
)
def test_no_keys_whatever_lead_to_a_value_that_would_be_refused(
    field: Field, others: dict[str, str], keys: list[str]
) -> None:
    state = FieldEntry(field=field, others=others)
    for key in keys:
        state = state.press(key)
    assert "".join(segment.text for segment in state.segments()).isprintable()
    assert (state.problem() is None) == field.accepts(state.value(), others)
    assert (state.problem() is EntryProblem.INCOMPLETE) == (
        state.remaining() > 0 or (field.keyboard == "buttons" and not state.typed)
    )
    assert len(state.typed) <= state.field.parsed_mask.longest


def test_a_phone_is_shown_as_people_write_it() -> None:
    state = entry("mts")
    assert shown(state) == [("+7 ", "fixed"), ("___ ___-__-__", "blank")]
    state = state.press_all("91612345")
    assert shown(state) == [("+7 ", "fixed"), ("916 123-45-", "typed"), ("__", "blank")]
    state = state.press_all("67")
    assert shown(state) == [("+7 ", "fixed"), ("916 123-45-67", "typed")]
    assert state.value() == "9161234567"


def test_remaining_counts_down_to_the_open_way() -> None:
    state, seen = entry("mts"), []
    for digit in "9161234567":
        seen.append((state.remaining(), state.problem()))
        state = state.press(digit)
    assert seen == [(left, EntryProblem.INCOMPLETE) for left in range(10, 0, -1)]
    assert (state.remaining(), state.problem()) == (0, None)


def test_remaining_leads_to_the_next_length_that_can_be_right() -> None:
    assert entry("rus_standart").press_all("1234567890").problem() is None
    assert entry("rus_standart").press_all("12345678901").remaining() == 5
    assert entry("podorozhnik").press_all("9643" + "1" * 16).remaining() == 6


@pytest.mark.parametrize(
    "keys", ["89161234567", "79161234567", "+7 (916) 123-45-67", "8 916 1234567"]
)
@pytest.mark.parametrize(("provider", "value"), [("mts", "9161234567"), ("wallet", "79161234567")])
def test_a_number_with_8_or_7_before_it_is_understood(keys: str, provider: str, value: str) -> None:
    state = entry(provider).press_all(keys)
    assert (state.value(), state.problem()) == (value, None)


@pytest.mark.parametrize("digit", "87")
def test_an_8_is_answered_kindly_until_the_number_begins(digit: str) -> None:
    state = entry("mts").press(digit)
    assert state.problem() is EntryProblem.STARTS_WITH_8
    assert state.press("9").typed == "9"
    assert state.press("8").problem() is EntryProblem.STARTS_WITH_8
    assert entry("mts").press("5").problem() is EntryProblem.WRONG_FORM


def test_an_8_that_no_number_follows_is_left_for_the_customer_to_erase() -> None:
    state = entry("mts").press_all("85")
    assert (state.typed, state.problem()) == ("85", EntryProblem.STARTS_WITH_8)
    assert state.erase().erase().press("9").problem() is EntryProblem.INCOMPLETE


def test_an_8_stays_where_numbers_may_begin_with_it() -> None:
    field = CATALOGUE.provider("mts").fields[0].model_copy(update={"regex": r"^[89]\d{9}$"})
    assert FieldEntry(field=field).press_all("8916").typed == "8916"


def test_an_8_inside_a_number_stays() -> None:
    assert entry("mts").press_all("9889898989").value() == "9889898989"


def test_a_city_number_loses_its_8_too() -> None:
    assert entry("mgts").press_all("84951234567").value() == "4951234567"


def test_an_8_stays_where_the_field_is_no_phone() -> None:
    assert entry("rostelecom").press_all("891234567").value() == "891234567"


@pytest.mark.parametrize("key", ["a", "Я", " ", "-", "", "12", "٣", "\n", "🙂"])
def test_keys_that_do_not_belong_are_ignored(key: str) -> None:
    state = entry("mts").press("9")
    assert state.press(key) is state


def test_a_full_field_takes_no_more() -> None:
    state = entry("mts").press_all("9161234567")
    assert state.press("8") is state


def test_erasing_goes_back_one_by_one_and_at_once() -> None:
    state = entry("mts").press_all("916")
    assert state.erase().typed == "91"
    assert state.erase_all().typed == ""
    assert state.erase_all().erase().typed == ""


def test_a_state_never_changes() -> None:
    state = entry("mts").press("9")
    state.press("1")
    state.erase()
    assert state.typed == "9"


def test_long_rows_of_digits_stand_in_blocks() -> None:
    card = entry("sberbank").press_all("411111")
    assert shown(card) == [("4111 11", "typed"), ("__ ____ ____", "blank")]
    account = entry("vtb", mfo="044525187").press_all("40817810")
    assert shown(account) == [("4081 7810 ", "typed"), ("____ ____ ____", "blank")]
    assert shown(entry("vtb", "mfo")) == [("___ ___ ___", "blank")]


def test_a_row_of_unknown_length_shows_blanks_up_to_the_least() -> None:
    assert shown(entry("rostelecom").press_all("12")) == [("12", "typed"), ("__ ____ _", "blank")]
    assert shown(entry("rostelecom").press_all("1234567890")) == [("1234 5678 90", "typed")]


def test_punctuation_of_the_mask_stays() -> None:
    assert shown(entry("epd_moscow", "period").press_all("11")) == [
        ("11/", "typed"),
        ("____", "blank"),
    ]


def test_a_wrong_check_digit_is_told_at_the_end() -> None:
    state = entry("sberbank").press_all("411111111111111")
    assert state.problem() is EntryProblem.INCOMPLETE
    assert state.press("2").problem() is EntryProblem.WRONG_CHECKSUM
    assert state.press("1").problem() is None


def test_an_account_is_checked_against_the_bank_before_it() -> None:
    account = "40817810399910004312"
    assert entry("vtb", mfo="044525187").press_all(account).problem() is None
    wrong_bank = entry("vtb", mfo="044525225").press_all(account)
    assert wrong_bank.problem() is EntryProblem.WRONG_CHECKSUM


def test_names_get_capital_letters_by_themselves() -> None:
    assert entry("vtb", "lname").press_all("мамин-сибиряк").value() == "Мамин-Сибиряк"
    assert entry("vtb", "lname").press_all("ИВАНОВ").value() == "Иванов"
    assert entry("vtb", "lname").press_all("иванов-").problem() is EntryProblem.INCOMPLETE
    assert entry("vtb", "lname").press_all("ё").value() == "Ё"


def test_texts_stay_as_typed() -> None:
    assert entry("freepay", "to_name").press_all("ООО «Дельта»").value() == "ООО «Дельта»"


def test_letters_of_numbers_become_capital() -> None:
    assert entry("webmoney_p").press_all("p123456789012").value() == "P123456789012"
    assert entry("fssp").press_all("12345/24/77001-ип").problem() is None


def test_a_letter_that_the_group_refuses_is_ignored() -> None:
    assert entry("webmoney_p").press_all("zp1").typed == "P1"


def test_a_latin_field_takes_no_russian_letters() -> None:
    assert entry("steam").press_all("имяgabe").typed == "gabe"


def test_an_optional_field_may_stay_empty_but_not_half_full() -> None:
    state = entry("podari_zhizn")
    assert (state.value(), state.problem(), state.remaining()) == ("", None, 0)
    assert state.press("9").problem() is EntryProblem.INCOMPLETE
    assert shown(state)[0] == ("+7 ", "fixed")


def test_buttons_are_chosen_by_their_text() -> None:
    state = entry("freepay", "urgent")
    assert (state.problem(), state.segments()) == (EntryProblem.INCOMPLETE, ())
    assert state.remaining() == 0
    chosen = state.choose("Обычный, без доплаты")
    assert (chosen.value(), chosen.problem()) == ("0", None)
    assert chosen.press("1") is chosen
    assert chosen.choose("Нет такой") is chosen
    assert chosen.erase().typed == ""


def test_the_prefix_is_sent_and_not_typed() -> None:
    state = entry("wallet")
    assert (state.value(), state.remaining()) == ("", 10)
    assert shown(state.press_all("916")) == [
        ("+7 ", "fixed"),
        ("916 ", "typed"),
        ("___-__-__", "blank"),
    ]


def test_literals_are_sent_where_the_mask_is_not_stripped() -> None:
    field = Field(
        name="account",
        title="Договор",
        regex=r"^\d{3}/\d{2}-A$",
        mask=r"<!\d+{3}>/<!\d+{2}>-A",
        strip_mask=False,
        keyboard="digits",
        examples_ok=("123/45-A",),
        examples_bad=("12345",),
    )
    state = FieldEntry(field=field).press_all("1234")
    assert (state.value(), state.problem()) == ("123/4", EntryProblem.INCOMPLETE)
    state = state.press("5")
    assert (state.value(), state.problem()) == ("123/45-A", None)
    assert FieldEntry.resumed(field, "123/45-A", {}) == state
    assert state.segments()[-1].role is SegmentRole.TYPED
