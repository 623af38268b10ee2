"""The search as QML sees it: what was typed, what fits, and what to say when nothing does."""

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal

from kiosk.terminal.snapshot import SearchView
from ui.viewmodels.plates import ProviderPlate, provider_plate
from ui.viewmodels.qml_decorators import QmlElement, QmlUncreatable

QML_IMPORT_NAME = "ui.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchShown:
    """What the search screen draws."""

    text: str
    results: tuple[ProviderPlate, ...]
    nothing: bool


EMPTY = SearchShown(text="", results=(), nothing=False)


def present_search(view: SearchView) -> SearchShown:
    """Return the search with its results as plates."""
    return SearchShown(
        text=view.text,
        results=tuple(provider_plate(item) for item in view.results),
        nothing=bool(view.text.strip()) and not view.results,
    )


@QmlElement
@QmlUncreatable("made by the terminal's view model")
class SearchSection(QObject):
    """The search screen."""

    changed = Signal()
    resultsChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown = EMPTY

    def show(self, view: SearchView | None) -> None:
        """Show `view`; tell QML only about the parts that differ."""
        before, self._shown = self._shown, present_search(view) if view else EMPTY
        if before.results != self._shown.results:
            self.resultsChanged.emit()
        if before != self._shown:
            self.changed.emit()

    @Property(str, notify=changed)
    def text(self) -> str:
        return self._shown.text

    @Property(list, notify=resultsChanged)
    def results(self) -> list[ProviderPlate]:
        return list(self._shown.results)

    @Property(bool, notify=changed)
    def nothing(self) -> bool:
        return self._shown.nothing
