"""Runs the panel's window until it is closed or the process is asked to end."""

from pathlib import Path

import shiboken6
import structlog
from PySide6.QtCore import QEventLoop, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

from ui.application import make_application
from ui.look import load_language
from ui.panel.controller import PanelController
from ui.panel.model import PanelViewModel
from ui.stop_signals import stop_on_signals

PANEL_QML = Path(__file__).parent / "Panel.qml"
IMPORT_ROOT = Path(__file__).parents[2]

log = structlog.get_logger(__name__)


class PanelNotLoadedError(RuntimeError):
    """The QML of the panel did not load."""


class PanelWindow:
    """One open panel; made and closed in the Qt thread."""

    def __init__(self, controller: PanelController) -> None:
        self.warnings: list[str] = []
        self.model = PanelViewModel(controller)
        self._engine = QQmlApplicationEngine()
        self._engine.warnings.connect(
            lambda many: self.warnings.extend(one.toString() for one in many)
        )
        self._engine.addImportPath(str(IMPORT_ROOT))
        self._engine.setInitialProperties({"panel": self.model})
        self._engine.load(QUrl.fromLocalFile(str(PANEL_QML)))
        roots = self._engine.rootObjects()
        if not roots or not isinstance(roots[0], QQuickWindow):
            raise PanelNotLoadedError("; ".join(self.warnings))
        self.window: QQuickWindow = roots[0]

    def show(self) -> None:
        """Put the panel at the right edge of the screen and begin to ask the stand."""
        room = QGuiApplication.primaryScreen().availableGeometry()
        self.window.setHeight(min(self.window.height(), room.height()))
        self.window.setPosition(room.right() + 1 - self.window.width(), room.top())
        self.window.show()
        self.model.start()

    def close(self) -> None:
        """Take the panel down; waits for an order in hand."""
        self.model.stop()
        self.window.close()
        shiboken6.delete(self._engine)


def run_panel(controller: PanelController, *, language: str = "ru") -> int:
    """Show the panel until its window is closed; return the exit code.

    Needs the main thread of a process of its own: the kiosk's window has another event loop.
    """
    application = make_application()
    translator = load_language(language)
    panel = PanelWindow(controller)
    panel.show()
    loop = QEventLoop()
    application.lastWindowClosed.connect(loop.quit)
    with stop_on_signals(loop.quit):
        code = loop.exec()
    panel.close()
    for warning in panel.warnings:
        log.warning("qml", text=warning)
    application.removeTranslator(translator)
    return code
