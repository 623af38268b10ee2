"""What the terminal publishes for the screen: one immutable snapshot after each event.

A snapshot holds values, never texts for people (except texts of the catalogue): the screen translates
codes and formats money. It must never hold more of the customer's data than the present screen needs.
Amounts are integers of minor units (kopecks).
"""

from kiosk.terminal.snapshot.browsing import (
    CategoryItem,
    HomeView,
    ListView,
    Payee,
    ProviderItem,
    RosterView,
    SearchView,
)
from kiosk.terminal.snapshot.entry import (
    AccountCheck,
    AccountRefusal,
    AnswerLine,
    ConfirmField,
    ConfirmView,
    EnquiryView,
    EntryProblem,
    EntryView,
    FeeBandView,
    Keyboard,
    Segment,
    SegmentRole,
    TermsView,
)
from kiosk.terminal.snapshot.money import MoneyView, NoteLine, NoteProblem, NoteState
from kiosk.terminal.snapshot.result import CheckView, Delivery, FoundPayment, ResultView, SlipState
from kiosk.terminal.snapshot.screens import Banner, Language, Manner, Screen
from kiosk.terminal.snapshot.service import (
    DeliveryProgress,
    OutOfServiceView,
    ServiceReason,
    StartCheck,
    StartingView,
)
from kiosk.terminal.snapshot.whole import Snapshot

__all__ = [
    "AccountCheck",
    "AccountRefusal",
    "AnswerLine",
    "Banner",
    "CategoryItem",
    "CheckView",
    "ConfirmField",
    "ConfirmView",
    "Delivery",
    "DeliveryProgress",
    "EnquiryView",
    "EntryProblem",
    "EntryView",
    "FeeBandView",
    "FoundPayment",
    "HomeView",
    "Keyboard",
    "Language",
    "ListView",
    "Manner",
    "MoneyView",
    "NoteLine",
    "NoteProblem",
    "NoteState",
    "OutOfServiceView",
    "Payee",
    "ProviderItem",
    "RosterView",
    "ResultView",
    "Screen",
    "SearchView",
    "Segment",
    "SegmentRole",
    "ServiceReason",
    "SlipState",
    "Snapshot",
    "StartCheck",
    "StartingView",
    "TermsView",
]
