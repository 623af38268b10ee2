"""The finger itself: finds by object name, checks that a touch would really arrive, presses and
lifts.

Everything happens in the Qt thread; waiting turns the event loop, so it must not be called from
inside a Qt event handler that others wait for.
"""

import math
import time
from collections.abc import Callable
from pathlib import Path

import shiboken6
from PySide6.QtCore import QRectF
from PySide6.QtGui import QGuiApplication, QPointingDevice
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest

from ui.finger import scene

SCREEN_PREFIX = "screen:"
KEY_PREFIX = "key:"
SETTLE_TIMEOUT_S = 5.0
STEP_MS = 5
BOUNCE_GAP_MS = 70
"""A little longer than the time in which the screen takes a second touch for a bounce."""

MODIFIER_KEYS = ("shift",)


class FingerError(RuntimeError):
    """The touch could not be made as a person would make it; the message says why."""


class Finger:
    """A finger on one window."""

    def __init__(self, window: QQuickWindow) -> None:
        self._window = window
        self._device: QPointingDevice = QTest.createTouchDevice()
        self._lifts: dict[str, float] = {}
        self._frames = 0
        window.frameSwapped.connect(self._count_frame)

    def touch(self, name: str) -> None:
        """Press and lift on the centre of the item called `name`.

        Raises FingerError when there is none, it is switched off, hidden, covered, or did not feel
        the touch.
        """
        self.rest()
        item = self._pressable(name)
        centre = scene.scene_centre(item).toPoint()
        self._keep_from_bouncing(name)
        QTest.touchEvent(self._window, self._device).press(0, centre, self._window).commit()
        felt = scene.flag(item, "down")
        QTest.touchEvent(self._window, self._device).release(0, centre, self._window).commit()
        self._lifts[name] = time.monotonic()
        if not felt:
            raise FingerError(f"{name}: the touch at {centre.x()},{centre.y()} did not reach it")

    def type_text(self, text: str) -> None:
        """Press the key of each character, turning the keyboard's pages where needed."""
        for character in text:
            self._show_key(character)
            self.touch(KEY_PREFIX + character)

    def current_screen(self) -> str:
        """Return the name of the screen that is shown, such as `money`."""
        names = [
            item.objectName().removeprefix(SCREEN_PREFIX)
            for item in scene.visible_items(self._window)
            if item.objectName().startswith(SCREEN_PREFIX)
        ]
        return names[-1] if names else ""

    def settled(self) -> bool:
        """Return True when nothing slides or rolls and the shown screen is the terminal's."""
        if not self._window.property("settled"):
            return False
        return not any(scene.flag(item, "rolling") for item in scene.visible_items(self._window))

    def rest(self) -> None:
        """Wait until nothing moves and a frame was drawn since: only then all items are in place."""
        self._wait(self.settled, SETTLE_TIMEOUT_S, "the screen does not come to rest")
        seen = self._frames
        self._window.update()
        self._wait(
            lambda: self._frames > seen and self.settled(), SETTLE_TIMEOUT_S, "no frame is drawn"
        )

    def wait_screen(self, name: str, timeout_s: float) -> None:
        """Wait until screen `name` is shown and at rest. Raises FingerError after `timeout_s`."""
        self._wait(
            lambda: self.current_screen() == name and self.settled(),
            timeout_s,
            f"screen {name} did not come; shown is {{screen}}",
        )
        self.rest()

    def wait_text(self, text: str, timeout_s: float) -> None:
        """Wait until some shown text contains `text`. Raises FingerError after `timeout_s`."""
        self._wait(
            lambda: any(text in shown for shown in self.texts()), timeout_s, f"no text {text!r}"
        )

    def texts(self) -> list[str]:
        """Return every text on the screen, top to bottom."""
        return scene.texts(self._window)

    def text_of(self, name: str) -> str:
        """Return the text of the item called `name`, such as `money:credited`."""
        return str(self._find(name).property("text"))

    def identity_of(self, name: str) -> int:
        """Return a number that stays the same as long as the item is not built anew."""
        return int(shiboken6.getCppPointer(self._find(name))[0])

    def exists(self, name: str) -> bool:
        """Return True when an item called `name` is shown."""
        return any(item.objectName() == name for item in scene.visible_items(self._window))

    def screenshot(self, path: Path) -> None:
        """Write a picture of the window at rest as PNG. Raises FingerError when it cannot be
        written.
        """
        self.rest()
        if not self._window.grabWindow().save(str(path)):
            raise FingerError(f"picture {path} could not be written")

    def _count_frame(self) -> None:
        self._frames += 1

    def _find(self, name: str) -> QQuickItem:
        found = [i for i in scene.visible_items(self._window) if i.objectName() == name]
        if not found:
            raise FingerError(f"{name}: nothing of this name on screen {self.current_screen()}")
        return found[-1]

    def _pressable(self, name: str) -> QQuickItem:
        item = self._find(name)
        if not scene.is_target(item):
            raise FingerError(f"{name}: cannot be pressed")
        if not item.isEnabled():
            raise FingerError(f"{name}: is switched off")
        centre = scene.scene_centre(item)
        if not QRectF(0, 0, self._window.width(), self._window.height()).contains(centre):
            raise FingerError(f"{name}: lies outside the window")
        hit = scene.topmost_at(self._window, centre)
        if hit != item:
            above = hit.objectName() if hit else "nothing"
            raise FingerError(f"{name}: covered by {above}")
        return item

    def _show_key(self, character: str) -> None:
        for modifier in MODIFIER_KEYS:
            if self.exists(KEY_PREFIX + character) or not self.exists(modifier):
                return
            self.touch(modifier)

    def _keep_from_bouncing(self, name: str) -> None:
        elapsed_ms = (time.monotonic() - self._lifts.get(name, -math.inf)) * 1000
        if elapsed_ms < BOUNCE_GAP_MS:
            QTest.qWait(int(BOUNCE_GAP_MS - elapsed_ms) + 1)

    def _wait(self, condition: Callable[[], bool], timeout_s: float, complaint: str) -> None:
        deadline = time.monotonic() + timeout_s
        while True:
            QGuiApplication.processEvents()
            if condition():
                return
            if time.monotonic() > deadline:
                raise FingerError(complaint.replace("{screen}", self.current_screen()))
            QTest.qWait(STEP_MS)
