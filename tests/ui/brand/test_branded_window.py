"""What a brand changes in the window, and what it does not."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtQuick import QQuickItem

from kiosk.terminal.snapshot import Language, Manner
from ui.finger import scene
from ui.gallery.samples import SAMPLES

if TYPE_CHECKING:
    from tests.ui.conftest import Stage

BRAND = Path(__file__).parents[3] / "docs" / "brand" / "brand.toml"

branded = pytest.mark.parametrize("stage", [BRAND], indirect=True)


def colours_of(stage: "Stage") -> dict[str, int]:
    """How many points of the window have each colour."""
    image = stage.kiosk.window.grabWindow()
    found: dict[str, int] = {}
    for x in range(0, image.width(), 4):
        for y in range(0, image.height(), 4):
            name = image.pixelColor(x, y).name().upper()
            found[name] = found.get(name, 0) + 1
    return found


def attract(stage: "Stage") -> QQuickItem:
    items = scene.visible_items(stage.kiosk.window)
    return next(item for item in items if item.objectName() == "screen:attract")


@branded
def test_name_and_colours_are_the_operator_s(stage: "Stage") -> None:
    stage.show(SAMPLES["home"])

    shown = colours_of(stage)

    assert shown["#5B2A86"] > 1000
    assert "#0B3B5C" not in shown
    assert "Платёжный терминал" not in stage.finger.texts()  # a wide logo says the name itself


@branded
def test_high_contrast_is_stronger_than_a_brand(stage: "Stage") -> None:
    stage.speak(Manner(contrast=True))
    stage.show(SAMPLES["home"])

    shown = colours_of(stage)

    assert shown["#FFE14D"] > 1000
    # A logo keeps its colours, on a white plate.
    assert shown.get("#5B2A86", 0) < 300


@branded
def test_slides_take_turns_with_the_house_s_words_in_the_customer_s_language(
    stage: "Stage",
) -> None:
    stage.speak(Manner(language=Language.KK))
    stage.show(SAMPLES["attract"])
    own = stage.finger.texts()
    attract(stage).setProperty("turn", 1)
    stage.finger.rest()

    assert "Кезексіз төлеңіз" not in own
    assert "Кезексіз төлеңіз" in stage.finger.texts()
    assert colours_of(stage)["#FFD23F"] > 500


def test_without_a_brand_the_house_looks_as_ever(stage: "Stage") -> None:
    stage.show(SAMPLES["home"])

    assert colours_of(stage)["#0B3B5C"] > 1000
    assert "Платёжный терминал" in stage.finger.texts()
