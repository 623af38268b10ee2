"""Every screen looks as it did when somebody last looked at it; `scripts/goldens` writes them anew.

What is compared is coarse (`ui.gallery.coarse`), so that another font rasteriser is no difference.
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage

from kiosk.terminal.snapshot import Language, Manner
from ui.gallery.coarse import ALLOWED, coarse, difference, read_strip, write_strip
from ui.gallery.samples import SAMPLES

if TYPE_CHECKING:
    from tests.ui.conftest import Stage

GOLDENS = Path(__file__).parent / "goldens"
LANDSCAPE, PORTRAIT = (1280, 1024), (1080, 1920)
FEW = ("attract", "home", "entry", "confirm-two", "money", "thanks", "out-of-service")

STRIPS = {
    **{one.value: (LANDSCAPE, Manner(language=one), tuple(SAMPLES)) for one in Language},
    "contrast": (LANDSCAPE, Manner(contrast=True), FEW),
    "large": (LANDSCAPE, Manner(large=True), FEW),
    "portrait-kk": (PORTRAIT, Manner(language=Language.KK), FEW),
    "portrait-low": (PORTRAIT, Manner(low=True), FEW),
}


def changed(drawn: dict[str, QImage], kept: dict[str, QImage]) -> dict[str, str]:
    """The screens that look another way, come or gone, with the share of cells that differ."""
    shares = {
        name: difference(drawn[name], kept[name]) if name in drawn and name in kept else 1.0
        for name in (*drawn, *kept)
    }
    return {name: f"{share:.1%}" for name, share in shares.items() if share > ALLOWED}


@pytest.mark.parametrize("strip", STRIPS)
def test_every_screen_looks_as_it_did(stage: "Stage", strip: str) -> None:
    size, manner, names = STRIPS[strip]
    stage.resize(*size)
    stage.speak(manner)
    drawn = {}
    for name in names:
        stage.show(SAMPLES[name])
        drawn[name] = coarse(stage.kiosk.window.grabWindow())
    path = GOLDENS / f"{strip}.png"
    if os.environ.get("KIOSK_WRITE_GOLDENS") and changed(drawn, read_strip(path)):
        write_strip(path, drawn)
    kept = read_strip(path)
    assert list(kept) == list(drawn), "screens were added or removed: scripts/goldens"
    other = changed(drawn, kept)
    assert other == {}, "look at them (scripts/gallery), then scripts/goldens"


def test_a_moved_button_another_colour_and_a_lost_word_are_seen(stage: "Stage") -> None:
    stage.show(SAMPLES["home"])
    before = coarse(stage.kiosk.window.grabWindow())
    stage.show(SAMPLES["home-offline"])  # one notice differs
    assert difference(before, coarse(stage.kiosk.window.grabWindow())) > ALLOWED
    stage.show(SAMPLES["home"])
    assert difference(before, coarse(stage.kiosk.window.grabWindow())) == 0


def test_softer_letters_are_no_difference(stage: "Stage") -> None:
    stage.show(SAMPLES["confirm-ten"])
    sharp = stage.kiosk.window.grabWindow()
    half = sharp.scaledToWidth(sharp.width() // 2, Qt.TransformationMode.SmoothTransformation)
    soft = half.scaled(sharp.size(), mode=Qt.TransformationMode.SmoothTransformation)
    assert difference(coarse(sharp), coarse(soft)) <= ALLOWED / 2


def test_a_strip_keeps_names_and_pictures(tmp_path: Path) -> None:
    pictures = {}
    for name, colour in (("one", "#FF0000"), ("two", "#00FF00")):
        pictures[name] = QImage(8, 4, QImage.Format.Format_RGB32)
        pictures[name].fill(QColor(colour))
    write_strip(tmp_path / "strip.png", pictures)
    kept = read_strip(tmp_path / "strip.png")
    assert {name: difference(kept[name], pictures[name]) for name in kept} == {"one": 0, "two": 0}
    assert read_strip(tmp_path / "none.png") == {}
