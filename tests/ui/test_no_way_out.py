"""No way out to the desktop: what a hand may do to glass and keyboard, sent through the window."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QCloseEvent,
    QContextMenuEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QNativeGestureEvent,
    QPointingDevice,
    QWheelEvent,
)
from PySide6.QtQuick import QQuickWindow
from PySide6.QtTest import QTest

from kiosk.terminal.touch import Action
from ui.finger import scene
from ui.gallery.samples import INFO, NOW, SAMPLES
from ui.window import KioskWindow

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import Stage

ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
CTRL_ALT = CTRL | ALT
META = Qt.KeyboardModifier.MetaModifier
NONE = Qt.KeyboardModifier.NoModifier
KEYS = [
    (Qt.Key.Key_F4, ALT),
    (Qt.Key.Key_Tab, ALT),
    (Qt.Key.Key_Delete, CTRL_ALT),
    (Qt.Key.Key_Backspace, CTRL_ALT),
    (Qt.Key.Key_F2, CTRL_ALT),
    (Qt.Key.Key_T, CTRL_ALT),
    (Qt.Key.Key_W, CTRL),
    (Qt.Key.Key_Q, CTRL),
    (Qt.Key.Key_F11, NONE),
    (Qt.Key.Key_F1, NONE),
    (Qt.Key.Key_Escape, NONE),
    (Qt.Key.Key_Return, NONE),
    (Qt.Key.Key_Space, NONE),
    (Qt.Key.Key_Menu, NONE),
    (Qt.Key.Key_Print, NONE),
    (Qt.Key.Key_Back, NONE),
    (Qt.Key.Key_Super_L, META),
]
MIDDLE = QPoint(640, 512)


@pytest.fixture
def locked(stage: "Stage") -> "Stage":
    """Locked as it is in the street; something is on the screen that could be pressed."""
    stage.kiosk._lockdown.locked = True
    stage.show(SAMPLES["confirm"])
    return stage


def nothing_happened(stage: "Stage") -> bool:
    window = stage.kiosk.window
    QGuiApplication.processEvents()
    return (
        window.isVisible()
        and window.windowStates() == Qt.WindowState.WindowNoState
        and stage.touches == []
        and stage.finger.current_screen() == "confirm"
        and len(QGuiApplication.topLevelWindows()) == 1
    )


@pytest.mark.parametrize(("key", "modifiers"), KEYS)
def test_no_key_does_anything(locked: "Stage", key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
    QTest.keyClick(locked.kiosk.window, key, modifiers)
    assert nothing_happened(locked)


def test_the_window_cannot_be_closed(locked: "Stage") -> None:
    close = QCloseEvent()
    QGuiApplication.sendEvent(locked.kiosk.window, close)
    assert not close.isAccepted()
    locked.kiosk.window.close()
    assert nothing_happened(locked)


def pressed_long(stage: "Stage", window: QQuickWindow, device: QPointingDevice) -> None:
    """Longer than Qt's own long press, beside the buttons."""
    at = QPoint(5, 1000)
    QTest.touchEvent(window, device).press(0, at, window).commit()
    QTest.qWait(QGuiApplication.styleHints().mousePressAndHoldInterval() + 50)
    QTest.touchEvent(window, device).release(0, at, window).commit()


def swiped_from_the_edge(stage: "Stage", window: QQuickWindow, device: QPointingDevice) -> None:
    for start, step in (
        (QPoint(0, 512), QPoint(40, 0)),
        (QPoint(1279, 512), QPoint(-40, 0)),
        (QPoint(640, 0), QPoint(0, 40)),
        (QPoint(640, 1023), QPoint(0, -40)),
    ):
        moved(window, device, start, step)


def dragged(stage: "Stage", window: QQuickWindow, device: QPointingDevice) -> None:
    """From a button away: what is not lifted on it is not pressed."""
    moved(window, device, centre(stage, "forward"), QPoint(-60, -40))


def pinched(stage: "Stage", window: QQuickWindow, device: QPointingDevice) -> None:
    one, two = centre(stage, "forward"), centre(stage, "back")
    down = QTest.touchEvent(window, device)
    down.press(0, one, window).press(1, two, window).commit()
    for number in range(1, 9):
        move = QTest.touchEvent(window, device)
        move.move(0, one - QPoint(40 * number, 0), window)
        move.move(1, two + QPoint(40 * number, 0), window).commit()
    up = QTest.touchEvent(window, device)
    up.release(0, one - QPoint(320, 0), window).release(1, two + QPoint(320, 0), window).commit()


def moved(window: QQuickWindow, device: QPointingDevice, start: QPoint, step: QPoint) -> None:
    QTest.touchEvent(window, device).press(0, start, window).commit()
    for number in range(1, 9):
        QTest.touchEvent(window, device).move(0, start + step * number, window).commit()
    QTest.touchEvent(window, device).release(0, start + step * 8, window).commit()


def centre(stage: "Stage", name: str) -> QPoint:
    return scene.scene_centre(stage.finger._find(name)).toPoint()


@pytest.mark.parametrize("gesture", [pressed_long, swiped_from_the_edge, dragged, pinched])
def test_no_gesture_does_anything(
    locked: "Stage", gesture: Callable[["Stage", QQuickWindow, QPointingDevice], None]
) -> None:
    locked.finger.rest()
    gesture(locked, locked.kiosk.window, locked.finger._device)
    assert nothing_happened(locked)
    locked.finger.touch("forward")
    assert [touch.action for touch in locked.touches] == [Action.FORWARD]


def test_a_second_finger_presses_nothing_and_lets_the_first_press(locked: "Stage") -> None:
    window, device = locked.kiosk.window, locked.finger._device
    first, second = centre(locked, "forward"), QPoint(5, 1000)
    QTest.touchEvent(window, device).press(0, first, window).commit()
    QTest.touchEvent(window, device).stationary(0).press(1, second, window).commit()
    QTest.touchEvent(window, device).stationary(0).release(1, second, window).commit()
    assert locked.touches == []
    QTest.touchEvent(window, device).release(0, first, window).commit()
    QGuiApplication.processEvents()
    assert [touch.action for touch in locked.touches] == [Action.FORWARD]


def test_neither_wheel_nor_context_menu_nor_a_gesture_of_the_desktop_does_anything(
    locked: "Stage",
) -> None:
    window, at = locked.kiosk.window, QPointF(MIDDLE)
    device = QPointingDevice.primaryPointingDevice()
    events: list[QEvent] = [
        QWheelEvent(
            at,
            at,
            QPoint(),
            QPoint(0, 1200),
            Qt.MouseButton.NoButton,
            CTRL,
            Qt.ScrollPhase.NoScrollPhase,
            False,  # noqa: FBT003
        ),
        QContextMenuEvent(QContextMenuEvent.Reason.Mouse, MIDDLE, MIDDLE),
        QNativeGestureEvent(
            Qt.NativeGestureType.ZoomNativeGesture, device, 2, at, at, at, 2.0, QPointF()
        ),
    ]
    for event in events:
        QGuiApplication.sendEvent(window, event)
    QTest.mouseClick(window, Qt.MouseButton.RightButton, NONE, centre(locked, "forward"))
    assert nothing_happened(locked)


def test_nothing_can_be_dropped_on_it(locked: "Stage") -> None:
    data = QMimeData()
    data.setUrls([QUrl("file:///etc/passwd")])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(MIDDLE, copy, data, left, NONE)
    QGuiApplication.sendEvent(locked.kiosk.window, enter)
    drop = QDropEvent(QPointF(MIDDLE), copy, data, left, NONE)
    QGuiApplication.sendEvent(locked.kiosk.window, drop)
    assert not enter.isAccepted()
    assert nothing_happened(locked)


def test_in_the_street_it_has_no_frame_and_no_cursor(russian: None, qtbot: "QtBot") -> None:
    kiosk = KioskWindow(
        info=INFO, post=lambda _: None, now=lambda: NOW, size=(1280, 1024), fullscreen=True
    )
    kiosk.show()
    shape = Qt.CursorShape.BlankCursor
    qtbot.waitUntil(lambda: kiosk.window.cursor().shape() == shape, timeout=5000)
    assert kiosk.window.flags() & Qt.WindowType.FramelessWindowHint
    assert kiosk.window.geometry() == QGuiApplication.primaryScreen().geometry()
    kiosk.close()
