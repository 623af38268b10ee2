"""What the customer's finger says to the terminal.

A touch carries the screen on which it was made: the terminal drops a touch that belongs to a screen
that is no longer shown, so that a second tap on one place never presses a button of the next screen.
"""

from dataclasses import dataclass
from enum import StrEnum

from kiosk.terminal.snapshot import Screen


class Action(StrEnum):
    """Everything that can be touched. The comment tells what `Touch.value` holds."""

    OPEN_PROVIDER = "open_provider"  # provider code
    OPEN_CATEGORY = "open_category"  # category code
    OPEN_CATEGORIES = "open_categories"
    OPEN_ABOUT = "open_about"
    OPEN_ROSTER = "open_roster"
    OPEN_SEARCH = "open_search"
    OPEN_CHECK = "open_check"
    OPEN_NUMBER = "open_number"
    CHANGE_OVER = "change_over"  # provider code
    COPY = "copy"  # payment number
    NEXT_PAGE = "next_page"
    PREVIOUS_PAGE = "previous_page"
    KEY = "key"  # one character
    ERASE = "erase"
    ERASE_ALL = "erase_all"
    CHOOSE = "choose"  # the option's text
    BACK = "back"
    HOME = "home"
    FORWARD = "forward"
    PAY = "pay"
    BEGIN = "begin"
    STAY = "stay"
    LANGUAGE = "language"  # code of a language
    CONTRAST = "contrast"
    LOW = "low"
    LARGE = "large"
    FINISH = "finish"
    ANOTHER = "another"
    AGAIN = "again"


@dataclass(frozen=True, slots=True, kw_only=True)
class Touch:
    """One touch on one screen."""

    screen: Screen
    action: Action
    value: str = ""
