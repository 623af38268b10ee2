"""When the supervisor hears that the process may live: the window draws, and the terminal goes on."""

import pytest

from kiosk.bootstrap import _beat


class Heard:
    """A terminal's thread, an opening and a supervisor in one: it writes down what is told."""

    def __init__(self, *, answers, opens):
        self.answers = lambda within_s: answers
        self.is_under_way = lambda within_s: opens
        self.alive = lambda doing="": self.told.append("alive")
        self.silent = lambda why: self.told.append("silent")
        self.told = []


@pytest.mark.parametrize(
    ("answers", "opens", "told"),
    [
        (True, False, "alive"),
        (False, True, "alive"),
        (False, False, "silent"),
    ],
)
def test_a_terminal_that_opens_its_journal_lives_and_one_that_hangs_does_not(answers, opens, told):
    heard = Heard(answers=answers, opens=opens)
    _beat(heard, heard, heard)
    assert heard.told == [told]
