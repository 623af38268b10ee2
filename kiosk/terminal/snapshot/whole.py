"""Everything the screen shows at one moment."""

from dataclasses import dataclass

from kiosk.terminal.snapshot.browsing import HomeView, ListView, RosterView, SearchView
from kiosk.terminal.snapshot.entry import ConfirmView, EnquiryView, EntryView
from kiosk.terminal.snapshot.money import MoneyView
from kiosk.terminal.snapshot.result import CheckView, ResultView
from kiosk.terminal.snapshot.screens import Banner, Manner, Screen
from kiosk.terminal.snapshot.service import DeliveryProgress, OutOfServiceView, StartingView


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Everything the screen shows. Exactly the view of `screen` is filled, the others are None."""

    serial: int
    screen: Screen
    banners: tuple[Banner, ...] = ()
    starting: StartingView | None = None
    home: HomeView | None = None
    listing: ListView | None = None
    search: SearchView | None = None
    entry: EntryView | None = None
    enquiry: EnquiryView | None = None
    confirm: ConfirmView | None = None
    money: MoneyView | None = None
    result: ResultView | None = None
    check: CheckView | None = None
    roster: RosterView | None = None
    out_of_service: OutOfServiceView | None = None
    manner: Manner = Manner()
    seconds_left: int | None = None
    """Seconds until the screen changes by itself, where that is near enough to show."""
    asking: bool = False
    """True while the customer is asked whether anybody is still there."""
    delivery: DeliveryProgress = DeliveryProgress()
