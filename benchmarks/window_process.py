"""A process with a window, measured from inside: `keys`, `bare` or `sessions COUNT`.

`keys` and `bare` print the seconds from each lift of a finger to the frame that shows what it did: on
the entry screen of the kiosk, fed with the snapshot that the terminal would publish, and on a bare
QML window. `sessions` prints the resident kilobytes after a tenth of the sessions and after all.
"""

import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QML_DISABLE_DISK_CACHE", "1")

from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow
from PySide6.QtTest import QTest

from ui.late_log import hold_events

KEYS, WARM_UP = 200, 20
BOUNCE_MS = 75
VISIT = ("home", "entry", "entry-ready", "confirm", "money-empty", "money", "thanks", "attract")
BARE = b"""
import QtQuick
Window {
    width: 1280; height: 1024; visible: true
    Text { id: text; property int count: 0; text: count; font.pixelSize: 48 }
    Item { width: 200; height: 200; TapHandler { onTapped: text.count += 1 } }
}
"""


def main() -> None:
    """Measure what the command line says."""
    what = sys.argv[1]
    hold_events()  # Standard output is for the numbers.
    if what == "bare":
        _bare()
    elif what == "keys":
        _keys()
    else:
        _sessions(int(sys.argv[2]))


def _bare() -> None:
    application = QGuiApplication(["bare"])
    engine = QQmlApplicationEngine()
    engine.loadData(BARE)
    (window,) = engine.rootObjects()
    assert isinstance(window, QQuickWindow)
    _measure(window, QPoint(100, 100))
    del engine, application


def _keys() -> None:
    from kiosk.terminal.snapshot import Segment, SegmentRole
    from ui.application import make_application
    from ui.finger import Finger, scene
    from ui.gallery.samples import INFO, NOW, SAMPLES
    from ui.window import KioskWindow

    make_application()
    sample = SAMPLES["entry"]
    typed = [0]

    def post(_touch: object) -> None:
        typed[0] += 1
        assert sample.entry is not None
        digits = Segment(text=f"{typed[0]:05}", role=SegmentRole.TYPED)
        kiosk.publish(replace(sample, entry=replace(sample.entry, segments=(digits,))))

    kiosk = KioskWindow(info=INFO, post=post, now=lambda: NOW, size=(1280, 1024))
    kiosk.show()
    kiosk.publish(sample)
    finger = Finger(kiosk.window)
    finger.wait_screen("entry", 10)
    _measure(kiosk.window, scene.scene_centre(finger._find("key:5")).toPoint())
    kiosk.close()


def _measure(window: QQuickWindow, at: QPoint) -> None:
    device = QTest.createTouchDevice()
    shown: list[float] = []
    window.frameSwapped.connect(lambda: shown.append(time.perf_counter()))
    for number in range(WARM_UP + KEYS):
        QTest.touchEvent(window, device).press(0, at, window).commit()
        QTest.qWait(BOUNCE_MS)  # The picture of the pressed key stands.
        shown.clear()
        lifted = time.perf_counter()
        QTest.touchEvent(window, device).release(0, at, window).commit()
        _turn_until(lambda: bool(shown))
        if number >= WARM_UP:
            sys.stdout.write(f"{shown[0] - lifted:.6f}\n")
        QTest.qWait(5)


def _turn_until(done: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not done():
        QGuiApplication.processEvents()
        if time.monotonic() > end:
            raise SystemExit("no frame came")


def _sessions(count: int) -> None:
    from ui.application import make_application
    from ui.gallery.samples import INFO, NOW, SAMPLES
    from ui.window import KioskWindow

    make_application()
    kiosk = KioskWindow(
        info=INFO, post=lambda _: None, now=lambda: NOW, size=(1280, 1024), reduce_motion=True
    )
    kiosk.show()
    frames = [0]
    kiosk.window.frameSwapped.connect(lambda: frames.__setitem__(0, 1))
    for number in range(1, count + 1):
        for name in VISIT:
            kiosk.publish(SAMPLES[name])
            QGuiApplication.processEvents()
            frames[0] = 0
            kiosk.window.update()
            _turn_until(lambda: frames[0] > 0)
        if number in (count // 10, count):
            sys.stdout.write(f"{resident_kb(os.getpid())}\n")
    kiosk.close()


def resident_kb(process: int) -> int:
    """Resident memory of a process, in kilobytes."""
    for line in Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    raise ProcessLookupError(process)


if __name__ == "__main__":
    main()
