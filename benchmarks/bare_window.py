"""The baseline of the cold start, a process of its own: one QML window, a rectangle and a text.

Prints one line with the monotonic time of its first frame, and ends, or stays (`--stay`).
"""

import os
import sys
import time

os.environ.setdefault("QML_DISABLE_DISK_CACHE", "1")

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow, QSGRendererInterface

QML = b"""
import QtQuick
Window {
    width: 1280; height: 1024; visible: true
    Rectangle {
        anchors.fill: parent
        color: "white"
        Text { anchors.centerIn: parent; text: "Hello"; font.pixelSize: 48 }
    }
}
"""


def main() -> int:
    """Show the window until its first frame."""
    QQuickWindow.setGraphicsApi(QSGRendererInterface.GraphicsApi.Software)
    application = QGuiApplication(["bare"])
    engine = QQmlApplicationEngine()
    engine.loadData(QML)
    (window,) = engine.rootObjects()
    assert isinstance(window, QQuickWindow)
    told: list[bool] = []

    def presented() -> None:
        if not told:
            told.append(True)
            sys.stdout.write(f"frame {time.monotonic():.6f}\n")
            sys.stdout.flush()
            if "--stay" not in sys.argv:
                QTimer.singleShot(0, application.quit)

    window.frameSwapped.connect(presented)
    code = application.exec()
    del engine
    return code


if __name__ == "__main__":
    sys.exit(main())
