"""Snapshots as a terminal would publish them, one for each screen and state worth looking at."""

from dataclasses import replace

from kiosk.terminal.snapshot import (
    Banner,
    Delivery,
    ListView,
    MoneyView,
    OutOfServiceView,
    Screen,
    SearchView,
    SegmentRole,
    ServiceReason,
    SlipState,
    Snapshot,
    StartCheck,
    StartingView,
)
from ui.gallery.catalogue import (
    CATEGORIES,
    FOUND_BY_NAME,
    FREE_TERMS,
    HOME,
    INFO,
    INTERNET,
    MANY_PROVIDERS,
    MOBILE_BANDS,
    MOBILE_TERMS,
    NOW,
    POPULAR,
    ROSTER,
    TERMS,
    provider,
)
from ui.gallery.entries import (
    AMOUNTS,
    AMOUNTS_CHOSEN,
    CONFIRM,
    CONFIRM_AMOUNT,
    CONFIRM_ANSWERED,
    CONFIRM_TEN,
    CONFIRM_TEN_UNCHECKED,
    CONFIRM_TWO,
    CONFIRM_UNCHECKED,
    ENQUIRY,
    ENQUIRY_LONG,
    LOGIN,
    LONG_NUMBER,
    NUMBER,
    NUMBER_KNOWN,
    NUMBER_UNKNOWN,
    PHONE,
    PHONE_OF_ANOTHER,
    PHONE_READY,
    PHONE_REFUSED,
    PHONE_WRONG,
    PURPOSE,
    SURNAME,
    SURNAME_REFUSED,
    TAX,
    segments,
)
from ui.gallery.money import (
    MONEY,
    MONEY_CHECKING,
    MONEY_DEBT,
    MONEY_EMPTY,
    MONEY_FULL,
    MONEY_LEAVING,
    MONEY_MISSING,
    MONEY_OVER,
    accepted,
)
from ui.gallery.results import CHECK, CHECK_EMPTY, CHECK_LETTERS, FOUND, RESULT

__all__ = [
    "CATEGORIES",
    "FREE_TERMS",
    "HOME",
    "INFO",
    "LOGIN",
    "MOBILE_BANDS",
    "MOBILE_TERMS",
    "MONEY",
    "MONEY_CHECKING",
    "MONEY_EMPTY",
    "MONEY_FULL",
    "MONEY_LEAVING",
    "MONEY_MISSING",
    "MONEY_OVER",
    "MoneyView",
    "NOW",
    "PHONE",
    "RESULT",
    "SAMPLES",
    "SegmentRole",
    "TERMS",
    "accepted",
    "provider",
    "segments",
    "shown",
]


def shown(screen: Screen, **views: object) -> Snapshot:
    """Return a snapshot of `screen`."""
    return replace(Snapshot(serial=1, screen=screen), **views)  # type: ignore[arg-type]


NO_LINK = (Banner.NO_LINK,)
BOTH = (Banner.NO_LINK, Banner.NO_RECEIPT)

SAMPLES: dict[str, Snapshot] = {
    "starting": shown(
        Screen.STARTING,
        starting=StartingView(done=frozenset({StartCheck.JOURNAL, StartCheck.ACCEPTOR})),
    ),
    "attract": shown(Screen.ATTRACT, home=HOME),
    "attract-limited": shown(Screen.ATTRACT, home=HOME, banners=BOTH),
    "home": shown(Screen.HOME, home=HOME),
    "home-offline": shown(Screen.HOME, home=HOME, banners=NO_LINK),
    "home-plain": shown(
        Screen.HOME,
        home=replace(HOME, wallet=None, categories=CATEGORIES[:5], more=False),
        banners=BOTH,
    ),
    "categories": shown(
        Screen.CATEGORIES, listing=ListView(title="", categories=CATEGORIES[:9], page=1, pages=2)
    ),
    "categories-all": shown(Screen.CATEGORIES, listing=ListView(title="", categories=CATEGORIES)),
    "providers": shown(
        Screen.PROVIDERS,
        listing=ListView(
            title="Интернет, ТВ, телефония", providers=(*INTERNET, POPULAR[5]), page=1, pages=3
        ),
    ),
    "providers-many": shown(
        Screen.PROVIDERS,
        listing=ListView(
            title="Организации и домашние услуги", providers=MANY_PROVIDERS, page=2, pages=2
        ),
    ),
    "search": shown(Screen.SEARCH, search=SearchView(text="", results=())),
    "search-found": shown(Screen.SEARCH, search=SearchView(text="мтс", results=FOUND_BY_NAME)),
    "search-one": shown(Screen.SEARCH, search=SearchView(text="мегофон", results=POPULAR[2:3])),
    "search-nothing": shown(
        Screen.SEARCH, search=SearchView(text="водопроводная компания", results=())
    ),
    "entry": shown(Screen.ENTRY, entry=PHONE),
    "entry-ready": shown(Screen.ENTRY, entry=PHONE_READY, banners=NO_LINK),
    "entry-wrong": shown(Screen.ENTRY, entry=PHONE_WRONG, seconds_left=15),
    "entry-of-another": shown(Screen.ENTRY, entry=PHONE_OF_ANOTHER),
    "number": shown(Screen.ENTRY, entry=NUMBER),
    "number-known": shown(Screen.ENTRY, entry=NUMBER_KNOWN),
    "number-unknown": shown(Screen.ENTRY, entry=NUMBER_UNKNOWN),
    "entry-asking": shown(Screen.ENTRY, entry=PHONE, seconds_left=20, asking=True),
    "entry-long": shown(Screen.ENTRY, entry=LONG_NUMBER),
    "entry-surname": shown(Screen.ENTRY, entry=SURNAME),
    "entry-login": shown(Screen.ENTRY, entry=LOGIN),
    "entry-purpose": shown(Screen.ENTRY, entry=PURPOSE),
    "entry-choice": shown(Screen.ENTRY, entry=TAX),
    "entry-refused": shown(Screen.ENTRY, entry=PHONE_REFUSED),
    "entry-refused-surname": shown(Screen.ENTRY, entry=SURNAME_REFUSED),
    "entry-amounts": shown(Screen.ENTRY, entry=AMOUNTS),
    "entry-amount-chosen": shown(Screen.ENTRY, entry=AMOUNTS_CHOSEN),
    "enquiry": shown(Screen.ENQUIRY, enquiry=ENQUIRY),
    "enquiry-given-up": shown(
        Screen.ENQUIRY, enquiry=ENQUIRY_LONG, banners=NO_LINK, seconds_left=14
    ),
    "confirm": shown(Screen.CONFIRM, confirm=CONFIRM),
    "confirm-two": shown(Screen.CONFIRM, confirm=CONFIRM_TWO, banners=BOTH),
    "confirm-ten": shown(Screen.CONFIRM, confirm=CONFIRM_TEN),
    "confirm-answered": shown(Screen.CONFIRM, confirm=CONFIRM_ANSWERED),
    "confirm-amount": shown(Screen.CONFIRM, confirm=CONFIRM_AMOUNT),
    "confirm-unchecked": shown(Screen.CONFIRM, confirm=CONFIRM_UNCHECKED, banners=BOTH),
    "confirm-ten-unchecked": shown(Screen.CONFIRM, confirm=CONFIRM_TEN_UNCHECKED),
    "no-receipt": shown(Screen.NO_RECEIPT, banners=NO_LINK),
    "money": shown(Screen.MONEY, money=MONEY),
    "money-debt": shown(Screen.MONEY, money=MONEY_DEBT),
    "money-empty": shown(Screen.MONEY, money=MONEY_EMPTY),
    "money-checking": shown(Screen.MONEY, money=MONEY_CHECKING),
    "money-missing": shown(Screen.MONEY, money=MONEY_MISSING, banners=NO_LINK),
    "money-over": shown(Screen.MONEY, money=MONEY_OVER, seconds_left=45),
    "money-asking": shown(Screen.MONEY, money=MONEY, seconds_left=60, asking=True),
    "money-full": shown(Screen.MONEY, money=MONEY_FULL),
    "money-leaving": shown(Screen.MONEY, money=MONEY_LEAVING),
    "processing": shown(Screen.PROCESSING),
    "thanks": shown(Screen.THANKS, result=RESULT, seconds_left=14),
    "thanks-queued": shown(
        Screen.THANKS,
        result=replace(RESULT, delivery=Delivery.QUEUED, slip=SlipState.PRINTING),
        banners=NO_LINK,
    ),
    "thanks-credited": shown(Screen.THANKS, result=replace(RESULT, delivery=Delivery.CREDITED)),
    "thanks-refused": shown(
        Screen.THANKS, result=replace(RESULT, delivery=Delivery.REFUSED, disputed_minor=50_000)
    ),
    "thanks-disputed": shown(Screen.THANKS, result=replace(RESULT, delivery=Delivery.DISPUTED)),
    "thanks-no-slip": shown(Screen.THANKS, result=replace(RESULT, slip=SlipState.FAILED)),
    "check": shown(Screen.CHECK, check=CHECK_EMPTY),
    "check-ready": shown(Screen.CHECK, check=CHECK),
    "check-letters": shown(Screen.CHECK, check=CHECK_LETTERS),
    "found": shown(Screen.FOUND, check=replace(CHECK, payments=FOUND, copied=416)),
    "found-no-copy": shown(
        Screen.FOUND, check=replace(CHECK, payments=FOUND, copied=416, copy=SlipState.FAILED)
    ),
    "found-copied": shown(
        Screen.FOUND, check=replace(CHECK, payments=FOUND, copied=416, copy=SlipState.PRINTED)
    ),
    "found-nothing": shown(Screen.FOUND, check=replace(CHECK, payments=())),
    "about": shown(Screen.ABOUT),
    "roster": shown(Screen.ROSTER, roster=ROSTER),
    "out-of-service": shown(
        Screen.OUT_OF_SERVICE,
        out_of_service=OutOfServiceView(reasons=(ServiceReason.ACCEPTOR,), fault_number=17),
    ),
    "out-of-service-paper": shown(
        Screen.OUT_OF_SERVICE,
        out_of_service=OutOfServiceView(reasons=(ServiceReason.PAPER, ServiceReason.CASSETTE_FULL)),
    ),
    "out-of-service-inside": shown(
        Screen.OUT_OF_SERVICE,
        out_of_service=OutOfServiceView(
            reasons=(ServiceReason.ACCEPTOR,), fault_number=17, inside_minor=65_000
        ),
    ),
    "out-of-service-calm": shown(
        Screen.OUT_OF_SERVICE,
        out_of_service=OutOfServiceView(reasons=(ServiceReason.CASSETTE_OUT,)),
    ),
}
