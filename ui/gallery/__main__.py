"""Draws every sample screen into PNG files and an HTML page to look them through.

`python -m ui.gallery FOLDER [WIDTHxHEIGHT] [ru|en|kk] [contrast] [low] [large] [brand=FILE]
[NAME...]`
"""

import os
import sys
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from kiosk.terminal.snapshot import Language, Manner
from ui.application import make_application
from ui.brand import BUILT_IN, Brand
from ui.brand.brand_file import load_brand
from ui.finger import Finger, scene
from ui.gallery.samples import INFO, NOW, SAMPLES
from ui.window import KioskWindow

DEFAULT_SIZE = (1280, 1024)


def main(arguments: list[str]) -> int:
    """Draw the samples; return 1 when QML complained of anything, 2 without a folder."""
    if not arguments or arguments[0].startswith("-"):
        sys.stderr.write(f"{__doc__}\n")
        return 2
    folder, words = Path(arguments[0]), arguments[1:]
    folder.mkdir(parents=True, exist_ok=True)
    size = next((_size(word) for word in words if word[0].isdigit()), DEFAULT_SIZE)
    names = [word for word in words if word in SAMPLES] or list(SAMPLES)
    manner = Manner(
        language=next((one for one in Language if one.value in words), Language.RU),
        contrast="contrast" in words,
        low="low" in words,
        large="large" in words,
    )
    make_application()
    brand = _brand(words)
    kiosk = KioskWindow(
        info=replace(INFO, terminal_name=brand.name or INFO.terminal_name),
        post=lambda _: None,
        now=lambda: NOW,
        size=size,
        reduce_motion=True,
        brand=brand,
    )
    kiosk.show()
    finger = Finger(kiosk.window)
    for name in names:
        kiosk.publish(replace(SAMPLES[name], manner=manner))
        finger.wait_screen(SAMPLES[name].screen, 5)
        finger.screenshot(folder / f"{name}.png")
        if name == "attract" and brand.slides:
            _first_slide(kiosk)
            finger.screenshot(folder / "attract-slide.png")
    (folder / "index.html").write_text(_page(names), encoding="utf-8")
    warnings = list(kiosk.warnings)
    kiosk.close()
    return 1 if warnings else 0


def _first_slide(kiosk: KioskWindow) -> None:
    for item in scene.visible_items(kiosk.window):
        if item.objectName() == "screen:attract":
            item.setProperty("turn", 1)


def _brand(words: list[str]) -> Brand:
    files = [word.removeprefix("brand=") for word in words if word.startswith("brand=")]
    return load_brand(Path(files[0])) if files else BUILT_IN


def _size(word: str) -> tuple[int, int]:
    width, _, height = word.partition("x")
    return int(width), int(height)


def _page(names: list[str]) -> str:
    pictures = "".join(
        f'<figure><img src="{name}.png" loading="lazy"><figcaption>{name}</figcaption></figure>\n'
        for name in names
    )
    style = "body{font-family:sans-serif}figure{display:inline-block;margin:8px}img{width:560px}"
    return f"<!doctype html><meta charset=utf-8><style>{style}</style>\n{pictures}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
