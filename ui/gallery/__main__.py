"""Draws every sample screen into PNG files: `python -m ui.gallery FOLDER [WIDTH HEIGHT]
[NAME...]`.
"""

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from ui.application import make_application
from ui.finger import Finger
from ui.gallery.samples import INFO, NOW, SAMPLES
from ui.look import load_language
from ui.window import KioskWindow

DEFAULT_SIZE = (1280, 1024)


def main(arguments: list[str]) -> int:
    """Draw the samples; return 1 when QML complained of anything."""
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    numbers = [int(word) for word in arguments[1:] if word.isdigit()]
    names = [word for word in arguments[1:] if not word.isdigit()] or list(SAMPLES)
    size = (numbers[0], numbers[1]) if len(numbers) == 2 else DEFAULT_SIZE
    application = make_application()
    translator = load_language("ru")
    kiosk = KioskWindow(
        info=INFO, post=lambda _: None, now=lambda: NOW, size=size, reduce_motion=True
    )
    kiosk.show()
    finger = Finger(kiosk.window)
    for name in names:
        kiosk.publish(SAMPLES[name])
        finger.wait_screen(SAMPLES[name].screen, 5)
        finger.screenshot(folder / f"{name}.png")
    warnings = list(kiosk.warnings)
    kiosk.close()
    application.removeTranslator(translator)
    return 1 if warnings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
