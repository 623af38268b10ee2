"""What is really drawn is measured: every text of every screen against the ground it lies on."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage
from PySide6.QtQuick import QQuickItem

from kiosk.terminal.snapshot import Manner
from ui.brand.contrast import ratio
from ui.finger import scene
from ui.gallery.samples import SAMPLES

if TYPE_CHECKING:
    from tests.ui.conftest import Stage

BRAND = Path(__file__).parents[2] / "docs" / "brand" / "brand.toml"
TEXT = 7.0
INITIAL = 4.5
"""A letter on a plate stands beside the whole name; tests/ui/brand holds its colours to this."""


def texts(stage: "Stage") -> Iterator[QQuickItem]:
    for item in scene.visible_items(stage.kiosk.window):
        if item.inherits("QQuickText") and item.property("text"):
            yield item


def ground_of(item: QQuickItem, image: QImage) -> str:
    """The colour that most points of a text's box have."""
    box = scene.scene_rectangle(item).toRect().intersected(QRect(0, 0, *image.size().toTuple()))
    points = Counter(
        image.pixel(x, y)
        for x in range(box.left(), box.right(), 3)
        for y in range(box.top(), box.bottom(), 2)
    )
    return QColor(points.most_common(1)[0][0]).name().upper()


def switched_off(item: QQuickItem) -> bool:
    """What cannot be pressed now need not stand out (WCAG 2.2, 1.4.3), nor what is dimmed with it."""
    above: QQuickItem | None = item
    while above is not None:
        if not above.isEnabled() or above.opacity() < 1:
            return True
        above = above.parentItem()
    return False


def faint_texts(stage: "Stage") -> dict[str, str]:
    found = {}
    for name, snapshot in SAMPLES.items():
        stage.show(snapshot)
        image = stage.kiosk.window.grabWindow()
        for item in texts(stage):
            text = item.property("text")
            rich = "<font" in text  # its colours are those of the theme, see tests/ui/brand
            if rich or switched_off(item):
                continue
            colour = item.property("color").name().upper()
            measured = ratio(colour, ground_of(item, image))
            if measured < (INITIAL if len(text) == 1 and text.isalpha() else TEXT):
                found[f"{name}: {text!r}"] = f"{colour} {measured:.2f}"
    return found


@pytest.mark.parametrize("contrast", [False, True], ids=["usual", "high contrast"])
def test_every_text_reads_on_its_ground(stage: "Stage", contrast: bool) -> None:
    stage.speak(Manner(contrast=contrast))
    assert faint_texts(stage) == {}


@pytest.mark.parametrize("stage", [BRAND], indirect=True)
def test_every_text_reads_with_a_brand(stage: "Stage") -> None:
    assert faint_texts(stage) == {}
