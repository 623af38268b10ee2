"""The view model of the whole window: takes snapshots in, sends touches out.

It lives in the Qt thread. Touches leave with the screen that was shown when the finger was lifted,
so that the terminal can drop those that belong to a screen already gone.
"""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Property, QObject, Signal, Slot

from kiosk.terminal.snapshot import Language, Screen, Snapshot
from kiosk.terminal.touch import Action, Touch
from ui.brand import BUILT_IN, Brand
from ui.terminal_info import TerminalInfo
from ui.viewmodels.about import AboutSection
from ui.viewmodels.banners import BannerShown, banner_shown
from ui.viewmodels.brand import BrandSection
from ui.viewmodels.check import CheckSection
from ui.viewmodels.clock import ClockSection
from ui.viewmodels.confirm import ConfirmSection
from ui.viewmodels.enquiry import EnquirySection
from ui.viewmodels.entry import EntrySection
from ui.viewmodels.home import HomeSection
from ui.viewmodels.listing import ListSection
from ui.viewmodels.manner import MannerSection
from ui.viewmodels.money import MoneySection
from ui.viewmodels.out_of_service import OutOfServiceSection
from ui.viewmodels.qml_decorators import QmlElement, QmlUncreatable
from ui.viewmodels.result import ResultSection
from ui.viewmodels.roster import RosterSection
from ui.viewmodels.search import SearchSection
from ui.viewmodels.sections import Sections
from ui.viewmodels.starting import StartingSection
from ui.viewmodels.words import countdown_text

QML_IMPORT_NAME = "ui.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("made by the window")
class TerminalViewModel(QObject):
    """Everything the window binds to, and the slots its buttons call.

    Args:
        info: whose terminal this is.
        post: takes each touch; must return at once.
        now: the present time, aware of its zone.
        speak: changes the language of every text; False when it is spoken already.
        brand: how the operator wants it to look.
    """

    screenChanged = Signal()
    bannersChanged = Signal()
    countdownChanged = Signal()

    def __init__(
        self,
        *,
        info: TerminalInfo,
        post: Callable[[Touch], None],
        now: Callable[[], datetime],
        speak: Callable[[Language], bool],
        brand: Brand = BUILT_IN,
    ) -> None:
        super().__init__()
        self._speak = speak
        self._info = info
        self._post = post
        self._now = now
        self._snapshot = Snapshot(serial=0, screen=Screen.STARTING)
        self._countdown = ""
        self._brand = BrandSection(brand, self)
        self._sections = Sections(info, now, self)
        self._manner = MannerSection(self)
        self._clock = ClockSection(now, info.timezone, self)

    def apply(self, snapshot: Snapshot) -> None:
        """Show `snapshot`. Must be called in the Qt thread."""
        before, self._snapshot = self._snapshot, snapshot
        retold = self._speak(snapshot.manner.language)
        if retold:
            self._clock.look()
        self._manner.show(snapshot)
        self._sections.fill(snapshot)
        if retold or before.banners != snapshot.banners:
            self.bannersChanged.emit()
        seconds = None if snapshot.asking else snapshot.seconds_left
        countdown = countdown_text(snapshot.screen, seconds)
        if countdown != self._countdown:
            self._countdown = countdown
            self.countdownChanged.emit()
        if before.screen is not snapshot.screen:
            self.screenChanged.emit()

    @Slot()
    def forgetHidden(self) -> None:
        """Drop the data of screens that are no longer shown; called when the slide is over."""
        self._sections.forget_hidden(self._snapshot)

    @Property(str, notify=screenChanged)
    def screen(self) -> str:
        return self._snapshot.screen.value

    @Property(int, notify=screenChanged)
    def screenOrder(self) -> int:
        return list(Screen).index(self._snapshot.screen)

    @Property(list, notify=bannersChanged)
    def banners(self) -> list[BannerShown]:
        return [banner_shown(banner) for banner in self._snapshot.banners]

    @Property(str, notify=countdownChanged)
    def countdown(self) -> str:
        return self._countdown

    @Property(str, constant=True)
    def terminalId(self) -> str:
        return self._info.terminal_id

    @Property(str, constant=True)
    def terminalName(self) -> str:
        return self._info.terminal_name

    @Property(str, constant=True)
    def hotline(self) -> str:
        return self._info.hotline

    @Property(bool, constant=True)
    def demo(self) -> bool:
        return self._info.demo

    @Property(BrandSection, constant=True)
    def brand(self) -> BrandSection:
        return self._brand

    @Property(ClockSection, constant=True)
    def clock(self) -> ClockSection:
        return self._clock

    @Property(MannerSection, constant=True)
    def manner(self) -> MannerSection:
        return self._manner

    @Property(StartingSection, constant=True)
    def starting(self) -> StartingSection:
        return self._sections.starting

    @Property(HomeSection, constant=True)
    def home(self) -> HomeSection:
        return self._sections.home

    @Property(ListSection, constant=True)
    def categories(self) -> ListSection:
        return self._sections.categories

    @Property(ListSection, constant=True)
    def providers(self) -> ListSection:
        return self._sections.providers

    @Property(SearchSection, constant=True)
    def search(self) -> SearchSection:
        return self._sections.search

    @Property(EntrySection, constant=True)
    def entry(self) -> EntrySection:
        return self._sections.entry

    @Property(EnquirySection, constant=True)
    def enquiry(self) -> EnquirySection:
        return self._sections.enquiry

    @Property(ConfirmSection, constant=True)
    def confirm(self) -> ConfirmSection:
        return self._sections.confirm

    @Property(MoneySection, constant=True)
    def money(self) -> MoneySection:
        return self._sections.money

    @Property(ResultSection, constant=True)
    def result(self) -> ResultSection:
        return self._sections.result

    @Property(CheckSection, constant=True)
    def check(self) -> CheckSection:
        return self._sections.check

    @Property(AboutSection, constant=True)
    def about(self) -> AboutSection:
        return self._sections.about

    @Property(RosterSection, constant=True)
    def roster(self) -> RosterSection:
        return self._sections.roster

    @Property(OutOfServiceSection, constant=True)
    def outOfService(self) -> OutOfServiceSection:
        return self._sections.out_of_service

    @Slot(str)
    def openProvider(self, code: str) -> None:
        self._send(Action.OPEN_PROVIDER, code)

    @Slot(str)
    def openCategory(self, code: str) -> None:
        self._send(Action.OPEN_CATEGORY, code)

    @Slot()
    def openCategories(self) -> None:
        self._send(Action.OPEN_CATEGORIES)

    @Slot()
    def openAbout(self) -> None:
        self._send(Action.OPEN_ABOUT)

    @Slot()
    def openRoster(self) -> None:
        self._send(Action.OPEN_ROSTER)

    @Slot()
    def openSearch(self) -> None:
        self._send(Action.OPEN_SEARCH)

    @Slot()
    def openCheck(self) -> None:
        self._send(Action.OPEN_CHECK)

    @Slot()
    def openNumber(self) -> None:
        self._send(Action.OPEN_NUMBER)

    @Slot(str)
    def changeOver(self, code: str) -> None:
        self._send(Action.CHANGE_OVER, code)

    @Slot(str)
    def copy(self, number: str) -> None:
        self._send(Action.COPY, number)

    @Slot()
    def nextPage(self) -> None:
        self._send(Action.NEXT_PAGE)

    @Slot()
    def previousPage(self) -> None:
        self._send(Action.PREVIOUS_PAGE)

    @Slot(str)
    def key(self, character: str) -> None:
        self._send(Action.KEY, character)

    @Slot()
    def erase(self) -> None:
        self._send(Action.ERASE)

    @Slot()
    def eraseAll(self) -> None:
        self._send(Action.ERASE_ALL)

    @Slot(str)
    def choose(self, option: str) -> None:
        self._send(Action.CHOOSE, option)

    @Slot()
    def goBack(self) -> None:
        self._send(Action.BACK)

    @Slot()
    def goHome(self) -> None:
        self._send(Action.HOME)

    @Slot()
    def goForward(self) -> None:
        self._send(Action.FORWARD)

    @Slot()
    def pay(self) -> None:
        self._send(Action.PAY)

    @Slot()
    def begin(self) -> None:
        self._send(Action.BEGIN)

    @Slot()
    def stay(self) -> None:
        self._send(Action.STAY)

    @Slot(str)
    def chooseLanguage(self, code: str) -> None:
        self._send(Action.LANGUAGE, code)

    @Slot()
    def switchContrast(self) -> None:
        self._send(Action.CONTRAST)

    @Slot()
    def switchLow(self) -> None:
        self._send(Action.LOW)

    @Slot()
    def switchLarge(self) -> None:
        self._send(Action.LARGE)

    @Slot()
    def finish(self) -> None:
        self._send(Action.FINISH)

    @Slot()
    def another(self) -> None:
        self._send(Action.ANOTHER)

    @Slot()
    def again(self) -> None:
        self._send(Action.AGAIN)

    def _send(self, action: Action, value: str = "") -> None:
        self._post(Touch(screen=self._snapshot.screen, action=action, value=value))
