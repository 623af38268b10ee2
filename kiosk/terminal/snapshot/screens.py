"""Which screen is shown, and how its customer is spoken to."""

from dataclasses import dataclass
from enum import StrEnum


class Screen(StrEnum):
    """Which screen is shown."""

    STARTING = "starting"
    ATTRACT = "attract"
    HOME = "home"
    CATEGORIES = "categories"
    PROVIDERS = "providers"
    SEARCH = "search"
    ENTRY = "entry"
    ENQUIRY = "enquiry"
    CONFIRM = "confirm"
    NO_RECEIPT = "no_receipt"
    MONEY = "money"
    PROCESSING = "processing"
    THANKS = "thanks"
    CHECK = "check"
    FOUND = "found"
    ABOUT = "about"
    ROSTER = "roster"
    OUT_OF_SERVICE = "out_of_service"


class Language(StrEnum):
    """The languages a customer can choose, by the code of their translation files."""

    RU = "ru"
    EN = "en"
    KK = "kk"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How the terminal speaks to the present customer; it ends with the visit.

    Attributes:
        language: of every text of the house.
        contrast: light on black instead of ink on paper.
        low: controls within the reach of somebody who sits.
        large: letters for somebody who sees little.
    """

    language: Language = Language.RU
    contrast: bool = False
    low: bool = False
    large: bool = False


class Banner(StrEnum):
    """A limitation the customer should know of before paying."""

    NO_LINK = "no_link"
    NO_RECEIPT = "no_receipt"
