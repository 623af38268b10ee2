"""How the customer is spoken to: one touch changes one thing, and strange touches change nothing."""

import pytest

from kiosk.session.manner import asked_for
from kiosk.terminal.snapshot import Language, Manner
from kiosk.terminal.touch import Action


@pytest.mark.parametrize("language", Language)
def test_every_language_can_be_asked_for(language):
    assert asked_for(Manner(), Action.LANGUAGE, language.value) == Manner(language=language)


def test_an_unknown_language_changes_nothing():
    assert asked_for(Manner(language=Language.KK), Action.LANGUAGE, "xx") == Manner(
        language=Language.KK
    )


@pytest.mark.parametrize(
    ("action", "name"),
    [(Action.CONTRAST, "contrast"), (Action.LOW, "low"), (Action.LARGE, "large")],
)
def test_a_switch_goes_on_and_off_again(action, name):
    on = asked_for(Manner(), action, "")
    assert on == Manner(**{name: True})
    assert asked_for(on, action, "") == Manner()


@pytest.mark.parametrize("action", [Action.KEY, Action.HOME, Action.PAY, Action.STAY])
def test_other_touches_are_about_something_else(action):
    assert asked_for(Manner(), action, "kk") is None
