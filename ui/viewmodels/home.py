"""The start screen as QML sees it: wallet, popular providers, categories."""

from dataclasses import dataclass

from PySide6.QtCore import Property, QCoreApplication, QObject, Signal

from kiosk.terminal.snapshot import HomeView
from ui.viewmodels.money_text import brief, span_start
from ui.viewmodels.plates import (
    NO_PROVIDER,
    CategoryPlate,
    ProviderPlate,
    category_plate,
    provider_plate,
)
from ui.viewmodels.qml_decorators import QmlElement, QmlUncreatable

QML_IMPORT_NAME = "ui.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1

CATEGORY_PLACES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeShown:
    """What the start screen draws."""

    wallet: ProviderPlate
    has_wallet: bool
    popular: tuple[ProviderPlate, ...]
    categories: tuple[CategoryPlate, ...]
    more: bool
    notes: str
    by_number: bool = False


EMPTY = HomeShown(
    wallet=NO_PROVIDER, has_wallet=False, popular=(), categories=(), more=False, notes=""
)


def present_home(view: HomeView) -> HomeShown:
    """Return the start screen; the last of eight places is "all services" when there are more."""
    more = view.more or len(view.categories) > CATEGORY_PLACES
    shown = view.categories[: CATEGORY_PLACES - 1] if more else view.categories
    return HomeShown(
        wallet=provider_plate(view.wallet) if view.wallet else NO_PROVIDER,
        has_wallet=view.wallet is not None,
        popular=tuple(provider_plate(item) for item in view.popular),
        categories=tuple(category_plate(item) for item in shown),
        more=more,
        notes=_notes(view.denominations),
        by_number=view.by_number,
    )


def _notes(denominations: tuple[int, ...]) -> str:
    if not denominations:
        return QCoreApplication.translate("Home", "Notes only, no change")
    text = QCoreApplication.translate("Home", "Notes from %1 to %2, no change")
    return text.replace("%1", span_start(denominations[0])).replace("%2", brief(denominations[-1]))


@QmlElement
@QmlUncreatable("made by the terminal's view model")
class HomeSection(QObject):
    """The start screen."""

    changed = Signal()
    popularChanged = Signal()
    categoriesChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown = EMPTY

    def show(self, view: HomeView | None) -> None:
        """Show `view`; tell QML only about the parts that differ."""
        before, self._shown = self._shown, present_home(view) if view else EMPTY
        if before.popular != self._shown.popular:
            self.popularChanged.emit()
        if before.categories != self._shown.categories:
            self.categoriesChanged.emit()
        if before != self._shown:
            self.changed.emit()

    @Property(dict, notify=changed)
    def wallet(self) -> ProviderPlate:
        return self._shown.wallet

    @Property(bool, notify=changed)
    def hasWallet(self) -> bool:
        return self._shown.has_wallet

    @Property(list, notify=popularChanged)
    def popular(self) -> list[ProviderPlate]:
        return list(self._shown.popular)

    @Property(list, notify=categoriesChanged)
    def categories(self) -> list[CategoryPlate]:
        return list(self._shown.categories)

    @Property(bool, notify=changed)
    def more(self) -> bool:
        return self._shown.more

    @Property(bool, notify=changed)
    def byNumber(self) -> bool:
        return self._shown.by_number

    @Property(str, notify=changed)
    def notes(self) -> str:
        return self._shown.notes
