"""`kiosk run`, watched from inside its process: when its first frame and its home screen came.

Prints `frame TIME` and `home TIME` (monotonic) and runs on. It calls the very entry point of the
command; only a look at the window is added, after its first frame.
"""

import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtQuick import QQuickWindow

import ui.application
from kiosk.__main__ import main as kiosk_main

LOOK_MS = 5


def main() -> None:
    """Run the terminal with the arguments of the command line."""
    original = ui.application._after_first_frame

    def watched(window: QQuickWindow, call: Callable[[], None]) -> None:
        def shown() -> None:
            _tell("frame")
            call()
            _watch_for_home(window)

        original(window, shown)

    ui.application._after_first_frame = watched
    kiosk_main()


def _watch_for_home(window: QQuickWindow) -> None:
    """Tell of the first frame on which the home screen stands still and takes a touch."""
    # Here and not above: it must not stand before the first frame, which it does not belong to.
    from ui.finger import Finger

    finger = Finger(window)
    timer = QTimer(window)

    def presented() -> None:
        window.frameSwapped.disconnect(presented)
        _tell("home")

    def look() -> None:
        if finger.current_screen() == "home" and finger.settled():
            timer.stop()
            window.frameSwapped.connect(presented)
            window.update()

    timer.timeout.connect(look)
    timer.start(LOOK_MS)


def _tell(what: str) -> None:
    sys.stdout.write(f"{what} {time.monotonic():.6f}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
