"""Looking a payment up as QML sees it: the account, the day in words, and what was found."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape
from typing import TypedDict, assert_never
from zoneinfo import ZoneInfo

from PySide6.QtCore import Property, QCoreApplication, QDate, QLocale, QObject, Signal

from kiosk.terminal.snapshot import CheckView, Delivery, FoundPayment
from ui.viewmodels.money_text import brief
from ui.viewmodels.plates import ProviderPlate, provider_plate
from ui.viewmodels.plurals import Plurals
from ui.viewmodels.qml_decorators import QmlElement, QmlUncreatable

QML_IMPORT_NAME = "ui.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1


class FoundRow(TypedDict):
    """A payment that was found as QML sees it; `tone` is how its state is coloured, `copy` how an
    ordered copy goes (empty: none was ordered).
    """

    number: str
    provider: ProviderPlate
    account: str
    formed: str
    inserted: str
    state: str
    tone: str
    copy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckShown:
    """What the two screens draw."""

    account: str
    markup: str
    alphabet: str
    day: str
    complete: bool
    missing: str
    has_earlier: bool
    has_later: bool
    rows: tuple[FoundRow, ...]


EMPTY = CheckShown(
    account="",
    markup="",
    alphabet="digits",
    day="",
    complete=False,
    missing="",
    has_earlier=False,
    has_later=False,
    rows=(),
)


def present_check(view: CheckView, now: datetime, zone: ZoneInfo, hotline: str) -> CheckShown:
    """Return what was typed and found; days and times are the terminal's own."""
    day = now.astimezone(zone).date() - timedelta(days=view.days_ago)
    words = QLocale().toString(QDate(day.year, day.month, day.day), "d MMMM")
    return CheckShown(
        account=view.account,
        markup=escape(view.account),
        alphabet=_alphabet(view.account),
        day=_today(words) if view.days_ago == 0 else words,
        complete=view.complete,
        missing="" if view.complete else _missing(view),
        has_earlier=not view.earliest,
        has_later=view.days_ago > 0,
        rows=tuple(
            _row(one, view.copy.value if one.number == view.copied else "", zone, hotline)
            for one in view.payments or ()
        ),
    )


def _alphabet(account: str) -> str:
    """The keys on which this was typed, as far as it tells."""
    letters = [one for one in account if one.isalpha()]
    if not letters:
        return "digits"
    return "latin" if letters[-1].isascii() else "ru"


def _missing(view: CheckView) -> str:
    digits = all(one.isdigit() for one in view.account)
    left = Plurals().digits_left if digits else Plurals().characters_left
    return left(max(1, view.remaining))


def _today(words: str) -> str:
    return QCoreApplication.translate("Check", "Today, %1").replace("%1", words)


def _row(found: FoundPayment, copy: str, zone: ZoneInfo, hotline: str) -> FoundRow:
    state, tone = _state(found.delivery, hotline)
    return FoundRow(
        number=str(found.number),
        provider=provider_plate(found.provider),
        account=found.account,
        formed=f"{found.formed_at.astimezone(zone):%d.%m.%Y %H:%M}",
        inserted=brief(found.inserted_minor),
        state=state,
        tone=tone,
        copy=copy,
    )


def _state(delivery: Delivery, hotline: str) -> tuple[str, str]:
    match delivery:
        case Delivery.CREDITED:
            return QCoreApplication.translate("Check", "Credited"), "done"
        case Delivery.ACCEPTED:
            return QCoreApplication.translate("Check", "On its way"), "waits"
        case Delivery.QUEUED:
            return QCoreApplication.translate("Check", "Waits to be sent"), "waits"
        case Delivery.REFUSED:
            return QCoreApplication.translate("Check", "Not credited, call us"), "refused"
        case Delivery.DISPUTED:
            words = QCoreApplication.translate("Check", "Being looked into")
            return f"{words}\n{hotline}", "disputed"
        case _:
            assert_never(delivery)


@QmlElement
@QmlUncreatable("made by the terminal's view model")
class CheckSection(QObject):
    """The two screens of a look-up. `now` is the present time, aware of its zone; `hotline` helps
    with what is being looked into.
    """

    changed = Signal()
    rowsChanged = Signal()

    def __init__(
        self, now: Callable[[], datetime], zone: str, hotline: str, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._now = now
        self._zone = ZoneInfo(zone)
        self._hotline = hotline
        self._shown = EMPTY

    def show(self, view: CheckView | None) -> None:
        """Show `view`; tell QML only about the parts that differ."""
        before = self._shown
        self._shown = present_check(view, self._now(), self._zone, self._hotline) if view else EMPTY
        if before.rows != self._shown.rows:
            self.rowsChanged.emit()
        if before != self._shown:
            self.changed.emit()

    @Property(str, notify=changed)
    def account(self) -> str:
        return self._shown.account

    @Property(str, notify=changed)
    def markup(self) -> str:
        return self._shown.markup

    @Property(str, notify=changed)
    def alphabet(self) -> str:
        return self._shown.alphabet

    @Property(str, notify=changed)
    def day(self) -> str:
        return self._shown.day

    @Property(bool, notify=changed)
    def complete(self) -> bool:
        return self._shown.complete

    @Property(str, notify=changed)
    def missing(self) -> str:
        return self._shown.missing

    @Property(bool, notify=changed)
    def hasEarlier(self) -> bool:
        return self._shown.has_earlier

    @Property(bool, notify=changed)
    def hasLater(self) -> bool:
        return self._shown.has_later

    @Property(list, notify=rowsChanged)
    def rows(self) -> list[FoundRow]:
        return list(self._shown.rows)
