"""A page of categories or of providers as QML sees it."""

from dataclasses import dataclass

from PySide6.QtCore import Property, QCoreApplication, QObject, Signal

from kiosk.terminal.snapshot import ListView
from ui.viewmodels.catalogue_text import translated
from ui.viewmodels.plates import CategoryPlate, ProviderPlate, category_plate, provider_plate
from ui.viewmodels.qml_decorators import QmlElement, QmlUncreatable

QML_IMPORT_NAME = "ui.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ListShown:
    """What a list screen draws."""

    title: str
    categories: tuple[CategoryPlate, ...]
    providers: tuple[ProviderPlate, ...]
    page_text: str
    has_pages: bool
    has_next: bool
    has_previous: bool


EMPTY = ListShown(
    title="",
    categories=(),
    providers=(),
    page_text="",
    has_pages=False,
    has_next=False,
    has_previous=False,
)


def present_list(view: ListView) -> ListShown:
    """Return the page with its tiles and its way to the neighbours."""
    return ListShown(
        title=translated(view.title),
        categories=tuple(category_plate(item) for item in view.categories),
        providers=tuple(provider_plate(item) for item in view.providers),
        page_text=page_text(view.page, view.pages),
        has_pages=view.pages > 1,
        has_next=view.page < view.pages,
        has_previous=view.page > 1,
    )


def page_text(page: int, pages: int) -> str:
    """Where one is among the pages, both counted from 1."""
    text = QCoreApplication.translate("List", "%1 of %2")
    return text.replace("%1", str(page)).replace("%2", str(pages))


@QmlElement
@QmlUncreatable("made by the terminal's view model")
class ListSection(QObject):
    """A list screen."""

    changed = Signal()
    tilesChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown = EMPTY

    def show(self, view: ListView | None) -> None:
        """Show `view`; tell QML only about the parts that differ."""
        before, self._shown = self._shown, present_list(view) if view else EMPTY
        if (before.categories, before.providers) != (self._shown.categories, self._shown.providers):
            self.tilesChanged.emit()
        if before != self._shown:
            self.changed.emit()

    @Property(str, notify=changed)
    def title(self) -> str:
        return self._shown.title

    @Property(list, notify=tilesChanged)
    def categories(self) -> list[CategoryPlate]:
        return list(self._shown.categories)

    @Property(list, notify=tilesChanged)
    def providers(self) -> list[ProviderPlate]:
        return list(self._shown.providers)

    @Property(str, notify=changed)
    def pageText(self) -> str:
        return self._shown.page_text

    @Property(bool, notify=changed)
    def hasPages(self) -> bool:
        return self._shown.has_pages

    @Property(bool, notify=changed)
    def hasNext(self) -> bool:
        return self._shown.has_next

    @Property(bool, notify=changed)
    def hasPrevious(self) -> bool:
        return self._shown.has_previous
