"""The time of day as the header shows it, in the terminal's own zone."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import Property, QDate, QLocale, QObject, QTimer, Signal

from ui.viewmodels.qml_decorators import QmlElement, QmlUncreatable

QML_IMPORT_NAME = "ui.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1

PERIOD_MS = 1000


@QmlElement
@QmlUncreatable("made by the terminal's view model")
class ClockSection(QObject):
    """Hours and minutes, day and month. `now` is the present time, aware of its zone."""

    changed = Signal()

    def __init__(self, now: Callable[[], datetime], zone: str, parent: QObject) -> None:
        super().__init__(parent)
        self._now = now
        self._zone = ZoneInfo(zone)
        self._time = ""
        self._date = ""
        self.look()
        timer = QTimer(self, interval=PERIOD_MS)
        timer.timeout.connect(self.look)
        timer.start()

    def look(self) -> None:
        """Show the present time, in the language that is spoken now."""
        local = self._now().astimezone(self._zone)
        time = f"{local:%H:%M}"
        date = QLocale().toString(QDate(local.year, local.month, local.day), "d MMMM")
        if (time, date) != (self._time, self._date):
            self._time, self._date = time, date
            self.changed.emit()

    @Property(str, notify=changed)
    def time(self) -> str:
        return self._time

    @Property(str, notify=changed)
    def date(self) -> str:
        return self._date
