"""A monkey at the glass: touches, keys and notes at random, on a whole terminal behind the window.

It finds no screen without a way on, no exception, no complaint of QML, and no note is lost.
"""

import os
import random
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from tests.ui.whole.conftest import CUSTOMER, Counter
from ui.finger import FingerError, scene

ACTIONS = int(os.environ.get("MONKEY_ACTIONS", "250"))
"""`scripts/monkey` plays longer."""

KEYS = (
    *(Qt.Key.Key_Escape, Qt.Key.Key_F11, Qt.Key.Key_Return, Qt.Key.Key_Tab),
    *(Qt.Key.Key_Backspace, Qt.Key.Key_5, Qt.Key.Key_Space),
)
NOTES = (10, 50, 100, 500, 1000)


class Monkey:
    """Does one thing after the other; `counter` is where."""

    def __init__(self, counter: Counter, chance: random.Random) -> None:
        self._counter = counter
        self._chance = chance
        self._window = counter.window.window
        self._device = QTest.createTouchDevice()
        self.screens: set[str] = set()

    def play(self, actions: int) -> None:
        """So many actions."""
        for _ in range(actions):
            self.screens.add(self._counter.shown.screen.value)
            self._one()

    def _one(self) -> None:
        chance, counter = self._chance, self._counter
        money = counter.shown.money
        dice = chance.random()
        if money is not None and dice < 0.35:
            counter.world.insert(CUSTOMER, chance.choice(NOTES))
        elif dice < 0.40:
            counter.world.run_until(counter.world.now() + chance.uniform(1, 40))
        elif dice < 0.45:
            QTest.keyClick(self._window, chance.choice(KEYS))
        elif dice < 0.50:
            self._press_with_two_fingers()
        elif dice < 0.62:
            self._press(self._anywhere())
        elif counter.shown.entry is not None and dice < 0.80:
            self._type_an_account()
        else:
            self._press_something()
        counter.world.run_until(counter.world.now() + chance.choice((0.0, 0.1, 0.5, 2.0)))
        QGuiApplication.processEvents()

    def _anywhere(self) -> QPoint:
        width, height = self._window.width(), self._window.height()
        return QPoint(self._chance.randrange(width), self._chance.randrange(height))

    def _press(self, at: QPoint) -> None:
        QTest.touchEvent(self._window, self._device).press(0, at, self._window).commit()
        QTest.touchEvent(self._window, self._device).release(0, at, self._window).commit()

    def _press_with_two_fingers(self) -> None:
        one, two = self._anywhere(), self._anywhere()
        down = QTest.touchEvent(self._window, self._device)
        down.press(0, one, self._window).press(1, two, self._window).commit()
        up = QTest.touchEvent(self._window, self._device)
        up.release(0, one, self._window).release(1, two, self._window).commit()

    def _press_something(self) -> None:
        targets = self._targets()
        if targets:
            self._press(scene.scene_centre(self._chance.choice(targets)).toPoint())

    def _type_an_account(self) -> None:
        """Otherwise no monkey comes as far as the money."""
        try:
            self._counter.type_text(f"9{self._chance.randrange(10**9):09}")
            self._counter.touch("forward", "forward")
        except FingerError:
            pass  # Another kind of account, or something lies over the keys.

    def _targets(self) -> list[QQuickItem]:
        return [
            item
            for item in scene.visible_items(self._window)
            if scene.is_target(item) and item.isEnabled()
        ]


@pytest.mark.timeout(240 + ACTIONS)
def test_a_monkey_at_the_glass_finds_no_stuck_screen_and_loses_no_note(
    counter: Counter, tmp_path: Path
) -> None:
    counter.window._lockdown.locked = True
    monkey = Monkey(counter, random.Random(20261123))
    monkey.play(ACTIONS)
    assert len(monkey.screens) >= 6, monkey.screens
    # Whoever comes next finds a start screen, and every note is where it belongs.
    counter.world.run_until(counter.world.now() + 900)
    assert counter.verdict() == ()
    counter.finger.rest()
    assert counter.finger.current_screen() in ("home", "attract")
    assert counter.window.window.isVisible()
    assert counter.world.observed.crashes == []
    assert counter.window.warnings == []
