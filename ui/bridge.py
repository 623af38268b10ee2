"""Carries snapshots from the terminal's thread into the Qt thread; only the newest matters.

The terminal calls `publish` and goes on at once: it never waits for the screen, and a slow screen
skips snapshots instead of queueing them.
"""

from collections.abc import Callable
from threading import Lock

from PySide6.QtCore import QCoreApplication, QEvent, QObject

from kiosk.terminal.snapshot import Snapshot


class SnapshotBridge(QObject):
    """Lives in the Qt thread; `publish` may be called from any thread."""

    def __init__(self, show: Callable[[Snapshot], None]) -> None:
        super().__init__()
        self._show = show
        self._lock = Lock()
        self._newest: Snapshot | None = None

    def publish(self, snapshot: Snapshot) -> None:
        """Keep `snapshot` as the newest and wake the Qt thread. Never blocks, from any thread."""
        with self._lock:
            waiting, self._newest = self._newest is not None, snapshot
        if not waiting:
            # An event and no queued signal: the names of Qt that one needs are loaded before the
            # first frame.
            QCoreApplication.postEvent(self, QEvent(QEvent.Type.User))

    def customEvent(self, event: QEvent) -> None:  # noqa: N802, ARG002
        """Something has arrived; Qt calls this in its own thread."""
        with self._lock:
            snapshot, self._newest = self._newest, None
        if snapshot is not None:
            self._show(snapshot)
