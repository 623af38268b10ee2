"""Keeps the window closed to customers: close requests and keys of a keyboard come to nothing.

Only touches get through. The program itself ends the window by leaving the event loop.
"""

from PySide6.QtCore import QEvent, QObject

BLOCKED = frozenset(
    {
        QEvent.Type.Close,
        QEvent.Type.KeyPress,
        QEvent.Type.KeyRelease,
        QEvent.Type.ShortcutOverride,
        QEvent.Type.Shortcut,
    }
)


class Lockdown(QObject):
    """An event filter for the kiosk's window; swallows close and key events while `locked`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.locked = True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802, ARG002
        """Return True for what must not reach the window."""
        if not self.locked or event.type() not in BLOCKED:
            return False
        event.ignore()
        return True
