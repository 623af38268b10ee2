"""The parts of the window's view model, one for each kind of screen, and when each is filled.

A screen that slides away keeps its picture until the slide is over; what is hidden is forgotten then,
so that nothing of a customer stays behind a screen that is not shown.
"""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject

from kiosk.terminal.snapshot import Screen, Snapshot
from ui.terminal_info import TerminalInfo
from ui.viewmodels.about import AboutSection
from ui.viewmodels.check import CheckSection
from ui.viewmodels.confirm import ConfirmSection
from ui.viewmodels.enquiry import EnquirySection
from ui.viewmodels.entry import EntrySection
from ui.viewmodels.home import HomeSection
from ui.viewmodels.listing import ListSection
from ui.viewmodels.money import MoneySection
from ui.viewmodels.out_of_service import OutOfServiceSection
from ui.viewmodels.result import ResultSection
from ui.viewmodels.roster import RosterSection
from ui.viewmodels.search import SearchSection
from ui.viewmodels.starting import StartingSection


class Sections:
    """One section for each kind of screen; all live as long as `parent`."""

    def __init__(self, info: TerminalInfo, now: Callable[[], datetime], parent: QObject) -> None:
        self.starting = StartingSection(parent)
        self.home = HomeSection(parent)
        self.categories = ListSection(parent)
        self.providers = ListSection(parent)
        self.search = SearchSection(parent)
        self.entry = EntrySection(parent)
        self.enquiry = EnquirySection(parent)
        self.confirm = ConfirmSection(parent)
        self.money = MoneySection(parent)
        self.result = ResultSection(info, parent)
        self.check = CheckSection(now, info.timezone, info.hotline, parent)
        self.about = AboutSection(info, parent)
        self.roster = RosterSection(parent)
        self.out_of_service = OutOfServiceSection(parent)

    def fill(self, snapshot: Snapshot) -> None:
        """Fill the sections of the screen that comes, and leave the others as they are."""
        if snapshot.starting:
            self.starting.show(snapshot.starting)
        if snapshot.home:
            self.home.show(snapshot.home)
        if snapshot.listing:
            self._list_of(snapshot.screen).show(snapshot.listing)
        if snapshot.search:
            self.search.show(snapshot.search)
        if snapshot.entry:
            self.entry.show(snapshot.entry, contrast=snapshot.manner.contrast)
        if snapshot.enquiry:
            self.enquiry.show(snapshot.enquiry)
        if snapshot.confirm:
            self.confirm.show(snapshot.confirm)
        if snapshot.money:
            self.money.show(snapshot.money)
        if snapshot.result:
            self.result.show(snapshot.result)
        if snapshot.check:
            self.check.show(snapshot.check)
        if snapshot.roster:
            self.roster.show(snapshot.roster)
        if snapshot.out_of_service:
            self.out_of_service.show(snapshot.out_of_service)

    def forget_hidden(self, shown: Snapshot) -> None:
        """Drop what does not belong to the screen that is shown."""
        self.starting.show(shown.starting)
        self.home.show(shown.home)
        self.categories.show(shown.listing if shown.screen is Screen.CATEGORIES else None)
        self.providers.show(shown.listing if shown.screen is Screen.PROVIDERS else None)
        self.search.show(shown.search)
        self.entry.show(shown.entry, contrast=shown.manner.contrast)
        self.enquiry.show(shown.enquiry)
        self.confirm.show(shown.confirm)
        self.money.show(shown.money)
        self.result.show(shown.result)
        self.check.show(shown.check)
        self.roster.show(shown.roster)
        self.out_of_service.show(shown.out_of_service)

    def _list_of(self, screen: Screen) -> ListSection:
        return self.categories if screen is Screen.CATEGORIES else self.providers
