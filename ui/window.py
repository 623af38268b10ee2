"""The kiosk's window as an object: opened, fed with snapshots, closed in the right order.

It must be made and closed in the Qt thread; only `publish` may be called from elsewhere.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import shiboken6
from PySide6.QtCore import QSize, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine, QQmlError
from PySide6.QtQuick import QQuickWindow

from kiosk.terminal.snapshot import Language, Snapshot
from kiosk.terminal.touch import Touch
from ui.brand import BUILT_IN, Brand
from ui.bridge import SnapshotBridge
from ui.languages import Languages
from ui.late_log import LateLog
from ui.lockdown import Lockdown
from ui.terminal_info import TerminalInfo
from ui.viewmodels import TerminalViewModel

UI_FOLDER = Path(__file__).parent
MAIN_QML = UI_FOLDER / "Main.qml"

log = LateLog(__name__)


class WindowNotLoadedError(RuntimeError):
    """The QML of the window did not load; the message holds what the engine said."""


class KioskWindow:
    """One open window.

    Attributes:
        window: the Qt window.
        model: its view model.
        warnings: everything the QML engine complained of, in order; empty on a healthy screen.
    """

    def __init__(
        self,
        *,
        info: TerminalInfo,
        post: Callable[[Touch], None],
        now: Callable[[], datetime],
        size: tuple[int, int],
        fullscreen: bool = False,
        reduce_motion: bool = False,
        language: Language = Language.RU,
        brand: Brand = BUILT_IN,
    ) -> None:
        self.warnings: list[str] = []
        self._languages = Languages()
        self._languages.speak(language)
        self.model = TerminalViewModel(
            info=info, post=post, now=now, speak=self._speak, brand=brand
        )
        self._bridge = SnapshotBridge(self.model.apply)
        self._engine = QQmlApplicationEngine()
        self._engine.warnings.connect(self._note_warnings)
        self._draw_pictures_of(brand)
        self._engine.addImportPath(str(UI_FOLDER.parent))
        self._engine.setInitialProperties(
            {
                # Without a frame by QML: the names of Qt in Python cost a tenth of the time to the
                # first frame.
                "fullscreen": fullscreen,
                "terminal": self.model,
                "reduceMotion": reduce_motion,
            }
        )
        self._engine.load(QUrl.fromLocalFile(str(MAIN_QML)))
        self.window = self._loaded_window()
        self._lockdown = Lockdown(self.window)
        self._lockdown.locked = fullscreen
        self.window.installEventFilter(self._lockdown)
        self._place(size, fullscreen)

    def publish(self, snapshot: Snapshot) -> None:
        """Hand over the newest snapshot, from any thread; never blocks."""
        self._bridge.publish(snapshot)

    def show(self) -> None:
        """Put the window on the screen."""
        self.window.show()

    def close(self) -> None:
        """Take the window down: the engine goes before the view models it reads."""
        self._lockdown.locked = False
        self.window.removeEventFilter(self._lockdown)
        self.window.close()
        shiboken6.delete(self._engine)
        self._languages.fall_silent()

    def _speak(self, language: Language) -> bool:
        if not self._languages.speak(language):
            return False
        self._engine.retranslate()
        return True

    def _draw_pictures_of(self, brand: Brand) -> None:
        if brand is BUILT_IN:
            return
        # Here and not above: without a brand nothing is drawn by it, and it would be loaded before
        # the first frame.
        from ui.brand.pictures_for_qml import NAME, BrandPictures

        if brand is not BUILT_IN:
            self._engine.addImageProvider(NAME, BrandPictures(brand))

    def _loaded_window(self) -> QQuickWindow:
        roots = self._engine.rootObjects()
        if not roots or not isinstance(roots[0], QQuickWindow):
            raise WindowNotLoadedError("; ".join(self.warnings))
        return roots[0]

    def _place(self, size: tuple[int, int], fullscreen: bool) -> None:
        """Size the window by ourselves: without a window manager a full-screen request is not
        honoured.
        """
        if fullscreen:
            self.window.setGeometry(QGuiApplication.primaryScreen().geometry())
            self.window.frameSwapped.connect(self._hide_cursor)
        else:
            self.window.resize(_fitted(QSize(*size)))
            self.window.setPosition(QGuiApplication.primaryScreen().availableGeometry().topLeft())

    def _hide_cursor(self) -> None:
        """Once, after the first frame."""
        # Here and not above: see the constructor.
        from PySide6.QtCore import Qt

        self.window.frameSwapped.disconnect(self._hide_cursor)
        self.window.setCursor(Qt.CursorShape.BlankCursor)

    def _note_warnings(self, warnings: list[QQmlError]) -> None:
        for warning in warnings:
            self.warnings.append(warning.toString())
            log.warning("qml", text=warning.toString())


def _fitted(size: QSize) -> QSize:
    """The wanted size, or the largest of its shape that the desktop has room for."""
    room = QGuiApplication.primaryScreen().availableSize()
    if QGuiApplication.platformName() == "offscreen":
        return size
    # Here and not above: see `KioskWindow`.
    from PySide6.QtCore import Qt

    fits = size.width() <= room.width() and size.height() <= room.height()
    return size if fits else size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
