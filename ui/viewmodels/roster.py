"""The list of payees as QML sees it: name, legal name and tax number, a page at a time."""

from dataclasses import dataclass
from typing import TypedDict

from PySide6.QtCore import Property, QObject, Signal

from kiosk.terminal.snapshot import RosterView
from ui.viewmodels.listing import page_text
from ui.viewmodels.qml_decorators import QmlElement, QmlUncreatable

QML_IMPORT_NAME = "ui.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1


class PayeeShown(TypedDict):
    """A payee as QML sees it."""

    name: str
    legalName: str
    inn: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterShown:
    """What the screen draws."""

    payees: tuple[PayeeShown, ...]
    page_text: str
    has_next: bool
    has_previous: bool


EMPTY = RosterShown(payees=(), page_text="", has_next=False, has_previous=False)


def present_roster(view: RosterView) -> RosterShown:
    """Return the page with its way to the neighbours."""
    return RosterShown(
        payees=tuple(
            PayeeShown(name=one.name, legalName=one.legal_name, inn=one.inn) for one in view.payees
        ),
        page_text=page_text(view.page, view.pages),
        has_next=view.page < view.pages,
        has_previous=view.page > 1,
    )


@QmlElement
@QmlUncreatable("made by the terminal's view model")
class RosterSection(QObject):
    """The screen with the list of payees."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown = EMPTY

    def show(self, view: RosterView | None) -> None:
        """Show `view`; silent when nothing differs."""
        before, self._shown = self._shown, present_roster(view) if view else EMPTY
        if before != self._shown:
            self.changed.emit()

    @Property(list, notify=changed)
    def payees(self) -> list[PayeeShown]:
        return list(self._shown.payees)

    @Property(str, notify=changed)
    def pageText(self) -> str:
        return self._shown.page_text

    @Property(bool, notify=changed)
    def hasNext(self) -> bool:
        return self._shown.has_next

    @Property(bool, notify=changed)
    def hasPrevious(self) -> bool:
        return self._shown.has_previous
