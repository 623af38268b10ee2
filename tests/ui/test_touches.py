"""What a finger on the glass sends to the terminal: the right action, value and screen."""

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kiosk.terminal.snapshot import Language, Manner, Screen
from kiosk.terminal.touch import Action, Touch
from ui.finger import FingerError
from ui.gallery.samples import SAMPLES

if TYPE_CHECKING:
    from tests.ui.conftest import Stage

TOUCHES = [
    ("attract", "begin", Action.BEGIN, ""),
    ("entry-asking", "stay", Action.STAY, ""),
    ("money-asking", "stay", Action.STAY, ""),
    ("home", "provider:wallet", Action.OPEN_PROVIDER, "wallet"),
    ("home", "provider:beeline", Action.OPEN_PROVIDER, "beeline"),
    ("home", "category:utilities", Action.OPEN_CATEGORY, "utilities"),
    ("home", "all-categories", Action.OPEN_CATEGORIES, ""),
    ("home", "search", Action.OPEN_SEARCH, ""),
    ("home", "by-number", Action.OPEN_NUMBER, ""),
    ("number", "key:9", Action.KEY, "9"),
    ("number", "by-hand", Action.OPEN_CATEGORY, "cellular"),
    ("number-known", "forward", Action.FORWARD, ""),
    ("number-unknown", "forward", Action.FORWARD, ""),
    ("entry-of-another", "change-over", Action.CHANGE_OVER, "megafon"),
    ("check-letters", "key:@", Action.KEY, "@"),
    ("check-letters", "erase", Action.ERASE, ""),
    ("search", "key:ж", Action.KEY, "ж"),
    ("search-found", "provider:mgts", Action.OPEN_PROVIDER, "mgts"),
    ("search-found", "erase", Action.ERASE, ""),
    ("search-found", "erase-all", Action.ERASE_ALL, ""),
    ("search-found", "back", Action.BACK, ""),
    ("home", "check", Action.OPEN_CHECK, ""),
    ("check", "key:9", Action.KEY, "9"),
    ("check", "earlier", Action.NEXT_PAGE, ""),
    ("check-ready", "later", Action.PREVIOUS_PAGE, ""),
    ("check-ready", "forward", Action.FORWARD, ""),
    ("found", "copy:417", Action.COPY, "417"),
    ("found-no-copy", "copy:416", Action.COPY, "416"),
    ("found", "back", Action.BACK, ""),
    ("home", "about", Action.OPEN_ABOUT, ""),
    ("categories", "category:games", Action.OPEN_CATEGORY, "games"),
    ("categories", "next-page", Action.NEXT_PAGE, ""),
    ("categories", "back", Action.BACK, ""),
    ("providers", "provider:mgts", Action.OPEN_PROVIDER, "mgts"),
    ("providers", "home", Action.HOME, ""),
    ("providers-many", "previous-page", Action.PREVIOUS_PAGE, ""),
    ("entry", "key:5", Action.KEY, "5"),
    ("entry", "erase", Action.ERASE, ""),
    ("entry", "erase-all", Action.ERASE_ALL, ""),
    ("entry-ready", "forward", Action.FORWARD, ""),
    ("entry-choice", "option:НДС 10 %", Action.CHOOSE, "НДС 10 %"),
    ("entry-surname", "key: ", Action.KEY, " "),
    ("confirm", "forward", Action.FORWARD, ""),
    ("confirm", "back", Action.BACK, ""),
    ("no-receipt", "forward", Action.FORWARD, ""),
    ("no-receipt", "back", Action.BACK, ""),
    ("no-receipt", "home", Action.HOME, ""),
    ("money-empty", "back", Action.BACK, ""),
    ("money", "pay", Action.PAY, ""),
    ("thanks", "finish", Action.FINISH, ""),
    ("thanks", "another", Action.ANOTHER, ""),
    ("thanks", "again", Action.AGAIN, ""),
    ("about", "back", Action.BACK, ""),
    ("about", "roster", Action.OPEN_ROSTER, ""),
    ("roster", "next-page", Action.NEXT_PAGE, ""),
    ("roster", "previous-page", Action.PREVIOUS_PAGE, ""),
    ("roster", "back", Action.BACK, ""),
    ("roster", "home", Action.HOME, ""),
]


@pytest.mark.parametrize(("sample", "target", "action", "value"), TOUCHES)
def test_a_touch_is_posted_with_the_screen_it_was_made_on(
    stage: "Stage", sample: str, target: str, action: Action, value: str
) -> None:
    stage.show(SAMPLES[sample])
    stage.finger.touch(target)
    expected = Touch(screen=SAMPLES[sample].screen, action=action, value=value)
    assert stage.touches == [expected]


@pytest.mark.parametrize(
    ("sample", "target"),
    [
        ("entry", "forward"),
        ("check", "forward"),
        ("check", "later"),
        ("found", "copy:416"),
        ("found-copied", "copy:416"),
        ("money-empty", "pay"),
        ("money-checking", "pay"),
        ("providers", "previous-page"),
    ],
)
def test_what_is_switched_off_cannot_be_pressed(stage: "Stage", sample: str, target: str) -> None:
    stage.show(SAMPLES[sample])
    with pytest.raises(FingerError, match="switched off"):
        stage.finger.touch(target)
    assert stage.touches == []


def test_digits_are_typed_one_by_one_even_the_same_twice(stage: "Stage") -> None:
    stage.show(SAMPLES["entry"])
    stage.finger.type_text("9161111167")
    assert "".join(touch.value for touch in stage.touches) == "9161111167"


def test_letters_are_typed_in_big_and_small(stage: "Stage") -> None:
    stage.show(SAMPLES["entry-surname"])
    stage.finger.type_text("Иванов-Ё «Ю»")
    assert "".join(touch.value for touch in stage.touches) == "Иванов-Ё «Ю»"
    stage.touches.clear()
    stage.show(SAMPLES["entry-login"])
    stage.finger.type_text("Gabe_N@x.ru")
    assert "".join(touch.value for touch in stage.touches) == "Gabe_N@x.ru"


def test_a_key_does_not_build_the_keypad_anew(stage: "Stage") -> None:
    stage.show(SAMPLES["entry"])
    before = stage.finger.identity_of("key:5")
    stage.show(SAMPLES["entry-ready"])
    assert stage.finger.identity_of("key:5") == before


def test_the_way_back_closes_with_the_first_note(stage: "Stage") -> None:
    stage.show(SAMPLES["money-empty"])
    assert stage.finger.exists("back")
    stage.show(SAMPLES["money"])
    assert not stage.finger.exists("back")


def test_the_slip_opens_over_the_screen_and_closes_again(stage: "Stage") -> None:
    stage.show(SAMPLES["thanks-no-slip"])
    stage.finger.touch("show-receipt")
    with pytest.raises(FingerError, match="covered"):
        stage.finger.touch("finish")
    stage.finger.touch("close-receipt")
    stage.finger.touch("finish")
    assert [touch.action for touch in stage.touches] == [Action.FINISH]


@pytest.mark.parametrize(
    ("sample", "section", "name", "empty"),
    [
        ("money", "money", "account", ""),
        ("search-found", "search", "text", ""),
        ("check-ready", "check", "account", ""),
        ("found", "check", "rows", []),
        ("entry-ready", "entry", "valueText", ""),
        ("thanks", "result", "slipText", ""),
    ],
)
def test_a_screen_that_left_keeps_nothing_of_the_customer(
    stage: "Stage", sample: str, section: str, name: str, empty: object
) -> None:
    stage.show(SAMPLES[sample])
    shown = getattr(stage.kiosk.model, section)
    assert shown.property(name) != empty
    stage.show(SAMPLES["home"])
    assert shown.property(name) == empty
    assert stage.finger.current_screen() == Screen.HOME


def test_the_language_is_chosen_over_any_screen_and_the_screen_is_there_again(
    stage: "Stage",
) -> None:
    stage.show(SAMPLES["entry"])
    stage.finger.touch("languages")
    stage.finger.touch("language:kk")
    assert stage.touches == [Touch(screen=Screen.ENTRY, action=Action.LANGUAGE, value="kk")]
    stage.show(replace(SAMPLES["entry"], manner=Manner(language=Language.KK)))
    assert "Телефон нөмірі" in stage.finger.texts()
    assert stage.finger.exists("key:5")
    stage.show(SAMPLES["entry"])
    assert "Номер телефона" in stage.finger.texts()


def test_the_choice_of_a_language_goes_with_its_screen(stage: "Stage") -> None:
    stage.show(SAMPLES["entry"])
    stage.finger.touch("languages")
    stage.show(SAMPLES["home"])
    assert not stage.finger.exists("language:kk")


def test_a_language_on_the_attract_screen_begins_in_it(stage: "Stage") -> None:
    stage.show(SAMPLES["attract"])
    stage.finger.touch("attract-language:en")
    assert [touch.action for touch in stage.touches] == [Action.LANGUAGE, Action.BEGIN]


def test_nothing_under_the_question_can_be_pressed(stage: "Stage") -> None:
    stage.show(SAMPLES["money-asking"])
    with pytest.raises(FingerError):
        stage.finger.touch("pay")


def test_contrast_and_low_controls_are_switched_beside_the_languages(stage: "Stage") -> None:
    stage.resize(1080, 1920)
    stage.show(SAMPLES["home"])
    stage.finger.touch("languages")
    stage.finger.touch("contrast")
    stage.finger.touch("low")
    stage.finger.touch("large")
    assert [touch.action for touch in stage.touches] == [
        Action.CONTRAST,
        Action.LOW,
        Action.LARGE,
    ]


def test_the_search_has_the_letters_of_every_language(stage: "Stage") -> None:
    stage.show(SAMPLES["search"])
    stage.finger.touch("key:ы")
    stage.finger.touch("layout")
    stage.finger.touch("key:q")
    stage.finger.touch("layout")
    stage.finger.touch("key:ә")
    stage.finger.touch("key: ")
    assert [touch.value for touch in stage.touches] == ["ы", "q", "ә", " "]


def test_an_account_with_letters_is_typed_on_keys_of_its_own(stage: "Stage") -> None:
    stage.show(SAMPLES["check"])
    for key in ("1", None, "ж", None, "q", None, "2"):
        if key is None:
            stage.finger.touch("layout")
        else:
            stage.finger.touch(f"key:{key if key != 'ж' else 'Ж'}")
    assert [touch.value for touch in stage.touches] == ["1", "Ж", "q", "2"]
