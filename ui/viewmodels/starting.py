"""The self-test of a start as QML sees it: each check in words, done or still going on."""

from typing import TypedDict, assert_never

from PySide6.QtCore import Property, QCoreApplication, QObject, Signal

from kiosk.terminal.snapshot import StartCheck, StartingView
from ui.viewmodels.qml_decorators import QmlElement, QmlUncreatable

QML_IMPORT_NAME = "ui.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1


class CheckLine(TypedDict):
    """One check as QML sees it."""

    text: str
    done: bool


def present_starting(view: StartingView) -> tuple[CheckLine, ...]:
    """Return every check of a start, in the order in which they end as a rule."""
    return tuple(CheckLine(text=_words(one), done=one in view.done) for one in StartCheck)


def _words(check: StartCheck) -> str:
    match check:
        case StartCheck.JOURNAL:
            return QCoreApplication.translate("Starting", "Records of payments")
        case StartCheck.ACCEPTOR:
            return QCoreApplication.translate("Starting", "Note acceptor")
        case StartCheck.PRINTER:
            return QCoreApplication.translate("Starting", "Receipt printer")
        case StartCheck.PAYMENTS:
            return QCoreApplication.translate("Starting", "Unfinished payments")
        case _:
            assert_never(check)


@QmlElement
@QmlUncreatable("made by the terminal's view model")
class StartingSection(QObject):
    """The starting screen."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[CheckLine, ...] = ()

    def show(self, view: StartingView | None) -> None:
        """Show `view`; silent when nothing differs."""
        before, self._lines = self._lines, present_starting(view) if view else ()
        if before != self._lines:
            self.changed.emit()

    @Property(list, notify=changed)
    def checks(self) -> list[CheckLine]:
        return list(self._lines)
