"""Laws that hold on every screen, in every state, at every size: nothing clipped, nothing
nameless.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QAccessible
from PySide6.QtQuick import QQuickItem

from kiosk.terminal.snapshot import Language, Manner
from ui.finger import scene
from ui.gallery.samples import SAMPLES

if TYPE_CHECKING:
    from tests.ui.conftest import Stage

SIZES = {
    "17 inch": (1280, 1024),
    "15 inch": (1024, 768),
    "wide": (1920, 1080),
    "portrait": (1080, 1920),
}
BRAND = Path(__file__).parents[2] / "docs" / "brand" / "brand.toml"
SMALLEST_TARGET = 76
SMALLEST_LETTER = 68  # a letter key is narrower and stands in a full row
SMALLEST_TEXT = 19.9
LARGER = 1.03  # on the average, also of a screen that is mostly large figures and keys
DESIGN_HEIGHT = 1024


def scale(stage: "Stage") -> float:
    window = stage.kiosk.window
    return min(window.height() / DESIGN_HEIGHT, window.width() / 1280)


def targets(stage: "Stage") -> Iterator[QQuickItem]:
    return (item for item in scene.visible_items(stage.kiosk.window) if scene.is_target(item))


def texts(stage: "Stage") -> Iterator[QQuickItem]:
    for item in scene.visible_items(stage.kiosk.window):
        if item.inherits("QQuickText") and item.property("text"):
            yield item


def overflowing(stage: "Stage") -> list[str]:
    """Texts that are cut or stand out of their own box, or out of the window."""
    bounds = QRectF(0, 0, stage.kiosk.window.width(), stage.kiosk.window.height())
    found = []
    for item in texts(stage):
        too_wide = item.property("contentWidth") > item.width() + 1
        too_high = item.property("contentHeight") > item.height() + 1
        outside = not bounds.contains(scene.scene_rectangle(item))
        if item.property("truncated") or too_wide or too_high or outside:
            found.append(f"{item.property('text')!r} {too_wide=} {too_high=} {outside=}")
    return found


def out_of_their_tiles(stage: "Stage") -> list[str]:
    """Texts inside something to press that stand out of it."""
    found = []
    for target in targets(stage):
        box = scene.scene_rectangle(target).adjusted(-1, -1, 1, 1)
        for item in scene.items(target):
            above = item.property("text") if item.inherits("QQuickText") else ""
            inside = box.contains(scene.scene_rectangle(item))
            if above and item.isVisible() and not inside and item.parentItem() != target:
                found.append(f"{target.objectName()}: {above!r}")
    return found


def out_of_their_cards(stage: "Stage") -> list[str]:
    """Texts that stand out of a card they lie in."""
    found = []
    for item in texts(stage):
        box = scene.scene_rectangle(item)
        card = item.parentItem()
        while card is not None:
            if card.inherits("QQuickRectangle") and card.property("radius") > 0:
                if not scene.scene_rectangle(card).adjusted(-1, -1, 1, 1).contains(box):
                    found.append(f"out of its card: {item.property('text')!r}")
                break
            card = card.parentItem()
    return found


def collisions(stage: "Stage") -> list[str]:
    """Pairs of texts that lie on each other; only those whose box is as large as their letters."""
    boxes = []
    for item in texts(stage):
        box = scene.scene_rectangle(item)
        tight = item.width() <= item.property("contentWidth") + 2
        if tight and item.height() <= item.property("contentHeight") + 2:
            boxes.append((box, item))
    return [
        f"{one.property('text')!r} on {other.property('text')!r}"
        for number, (box, one) in enumerate(boxes)
        for other_box, other in boxes[number + 1 :]
        if box.adjusted(2, 4, -2, -4).intersects(other_box.adjusted(2, 4, -2, -4))
    ]


def unfit_targets(stage: "Stage") -> list[str]:
    """Things to press that a thumb would miss, or that cover each other."""
    found, boxes = [], []
    for target in targets(stage):
        if target.objectName() == "begin":  # the whole screen; what lies on it is pressed instead
            continue
        least = SMALLEST_LETTER if "key:" in target.objectName() else SMALLEST_TARGET
        least *= scale(stage)
        if target.width() < least - 1 or target.height() < least - 1:
            found.append(f"too small: {target.objectName()}")
        box = scene.scene_rectangle(target)
        if any(box.intersects(other) for other in boxes):
            found.append(f"covers another: {target.objectName()}")
        boxes.append(box)
    return found


def covered_by_notices(stage: "Stage") -> list[str]:
    """Texts that a notice lies on."""
    found = []
    for chip in scene.visible_items(stage.kiosk.window):
        if not chip.metaObject().className().startswith("Chip_"):
            continue
        box, own = scene.scene_rectangle(chip), set(scene.items(chip))
        found += [
            f"under a notice: {item.property('text')!r}"
            for item in texts(stage)
            if item not in own and box.intersects(scene.scene_rectangle(item))
        ]
    return found


def out_of_their_room(stage: "Stage") -> list[str]:
    """Coloured boxes, with words or without, that stand out of the card or panel they lie in."""
    found = []
    for item in scene.visible_items(stage.kiosk.window):
        if not (item.inherits("QQuickRectangle") and item.property("radius") > 0):
            continue
        box, around = scene.scene_rectangle(item), item.parentItem()
        while around is not None:
            if around.inherits("QQuickRectangle") and around.property("radius") > 0:
                if not scene.scene_rectangle(around).adjusted(-1, -1, 1, 1).contains(box):
                    found.append(f"a box out of its card: {box}")
                break
            around = around.parentItem()
    return found


def under_the_way_on(stage: "Stage") -> list[str]:
    """Cards that reach under a button of the action bar."""
    items = list(scene.visible_items(stage.kiosk.window))
    buttons = [i for i in items if i.objectName() in {"back", "home", "forward", "pay", "finish"}]
    cards = [i for i in items if i.inherits("QQuickRectangle") and i.property("radius") > 0]
    return [
        f"a card under {button.objectName()}: {scene.scene_rectangle(card)}"
        for button in buttons
        for card in cards
        if card != button
        and not button.isAncestorOf(card)
        and not card.isAncestorOf(button)
        and scene.scene_rectangle(card)
        .adjusted(1, 1, -1, -1)
        .intersects(scene.scene_rectangle(button))
    ]


LAWS = (
    covered_by_notices,
    out_of_their_room,
    under_the_way_on,
    overflowing,
    out_of_their_tiles,
    out_of_their_cards,
    collisions,
    unfit_targets,
)


CASES = {
    # Kazakh has the longest words, so it is tried everywhere.
    **{f"{size} kk": (size, Manner(language=Language.KK)) for size in SIZES},
    "17 inch ru": ("17 inch", Manner()),
    "17 inch en": ("17 inch", Manner(language=Language.EN)),
    "15 inch ru, contrast": ("15 inch", Manner(contrast=True)),
    "portrait ru": ("portrait", Manner()),
    "17 inch kk, large": ("17 inch", Manner(language=Language.KK, large=True)),
    "15 inch ru, large": ("15 inch", Manner(large=True)),
    "15 inch en, large": ("15 inch", Manner(language=Language.EN, large=True)),
    "15 inch kk, large": ("15 inch", Manner(language=Language.KK, large=True)),
    "portrait kk, large": ("portrait", Manner(language=Language.KK, large=True)),
    "portrait kk, low": ("portrait", Manner(language=Language.KK, low=True)),
}


@pytest.mark.parametrize("case", CASES)
def test_every_screen_fits_in_every_language_and_size(stage: "Stage", case: str) -> None:
    size, manner = CASES[case]
    stage.resize(*SIZES[size])
    stage.speak(manner)
    found = {}
    for name, snapshot in SAMPLES.items():
        stage.show(snapshot)
        wrong = [law for check in LAWS for law in check(stage)]
        if wrong:
            found[name] = wrong
    assert found == {}


@pytest.mark.parametrize("stage", [BRAND], indirect=True)
@pytest.mark.parametrize("size", SIZES)
def test_an_operator_s_brand_fits_too(stage: "Stage", size: str) -> None:
    stage.resize(*SIZES[size])
    found = {}
    for language in Language:
        stage.speak(Manner(language=language))
        for name in ("home", "attract", "attract slide"):
            stage.show(SAMPLES[name.split()[0]])
            [screen] = [
                i
                for i in scene.visible_items(stage.kiosk.window)
                if i.objectName() == "screen:" + name.split()[0]
            ]
            if "slide" in name:
                screen.setProperty("turn", 1)
                stage.finger.rest()
            wrong = [law for check in LAWS for law in check(stage)]
            if wrong:
                found[f"{name} {language}"] = wrong
    assert found == {}


def test_no_text_is_smaller_than_people_can_read(stage: "Stage") -> None:
    for name, snapshot in SAMPLES.items():
        stage.show(snapshot)
        for item in texts(stage):
            size = item.property("fontInfo").property("pixelSize").toNumber()
            if item.objectName() != "slip:text":
                assert size >= SMALLEST_TEXT, f"{name}: {item.property('text')!r} {size}"


def test_large_letters_are_larger_on_every_screen(stage: "Stage") -> None:
    for name, snapshot in SAMPLES.items():
        sizes = []
        for large in (False, True):
            stage.speak(Manner(large=large))
            stage.show(snapshot)
            letters = [
                item.property("fontInfo").property("pixelSize").toNumber()
                for item in texts(stage)
                if item.objectName() != "slip:text"
            ]
            sizes.append(sum(letters) / len(letters))
        assert sizes[1] > sizes[0] * LARGER, name


def test_everything_to_press_says_its_name_and_that_it_is_a_button(stage: "Stage") -> None:
    for name, snapshot in SAMPLES.items():
        stage.show(snapshot)
        for target in targets(stage):
            interface = QAccessible.queryAccessibleInterface(target)
            label = f"{name}: {target.objectName()}"
            assert interface.role() == QAccessible.Role.Button, label
            assert interface.text(QAccessible.Text.Name), label
            assert target.objectName(), label


def test_the_hotline_and_the_terminal_number_stand_on_every_screen(stage: "Stage") -> None:
    for snapshot in SAMPLES.values():
        stage.show(snapshot)
        shown = stage.finger.texts()
        assert "8-800-707-77-59" in shown
        assert "№ 10238898" in shown
