"""Feels whether the window lives: a beat comes from the Qt thread and only after a frame was drawn.

A timer in a thread of its own would go on beating over a frozen screen, so there is none.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtQuick import QQuickWindow


class Heart(QObject):
    """Asks `window` for a frame every `period_s` seconds and calls `beat` when it was presented.

    While no part of the window can be seen (a panel that is switched off) there are no frames; then
    the Qt thread alone makes the beat.
    """

    def __init__(self, window: QQuickWindow, beat: Callable[[], None], period_s: float) -> None:
        super().__init__()
        self._window = window
        self._beat = beat
        self._asked = False
        window.frameSwapped.connect(self._presented)
        self._timer = QTimer(self, interval=max(1, round(period_s * 1000)))
        self._timer.timeout.connect(self._ask)
        self._timer.start()

    def stop(self) -> None:
        """No beat from now on."""
        self._timer.stop()
        self._asked = False

    def _ask(self) -> None:
        if not self._window.isExposed():
            self._beat()
            return
        self._asked = True
        self._window.update()

    def _presented(self) -> None:
        if self._asked:
            self._asked = False
            self._beat()
