"""The window as an object: threads, motion, lock, clock, and an orderly end."""

import os
import signal
import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest

from kiosk.terminal.snapshot import Snapshot
from ui.application import run_window
from ui.bridge import SnapshotBridge
from ui.finger import Finger
from ui.gallery.samples import INFO, NOW, SAMPLES
from ui.lockdown import Lockdown
from ui.window import KioskWindow

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import Stage


def test_only_the_newest_snapshot_is_shown_when_the_terminal_is_faster(
    russian: None, qtbot: "QtBot"
) -> None:
    shown: list[Snapshot] = []
    bridge = SnapshotBridge(shown.append)

    def publish() -> None:
        for name in ("starting", "home", "money", "thanks"):
            bridge.publish(SAMPLES[name])

    thread = threading.Thread(target=publish)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(shown), timeout=2000)
    assert shown == [SAMPLES["thanks"]]


def test_pages_slide_and_take_no_touch_meanwhile(russian: None) -> None:
    kiosk = KioskWindow(info=INFO, post=lambda _: None, now=lambda: NOW, size=(1280, 1024))
    kiosk.show()
    finger = Finger(kiosk.window)
    kiosk.publish(SAMPLES["home"])
    finger.wait_screen("home", 5)
    kiosk.model.apply(SAMPLES["entry"])
    QTest.qWait(50)
    assert not finger.settled()
    finger.touch("key:5")
    assert finger.settled()
    assert finger.current_screen() == "entry"
    kiosk.publish(SAMPLES["money-missing"])
    finger.wait_screen("money", 5)
    kiosk.publish(SAMPLES["money"])
    QTest.qWait(30)
    finger.wait_screen("money", 5)
    assert finger.text_of("money:credited") == "617,50\u00a0\u20bd"
    warnings = list(kiosk.warnings)
    kiosk.close()
    assert warnings == []


def test_a_change_in_the_middle_of_a_slide_ends_on_the_newest_screen(russian: None) -> None:
    kiosk = KioskWindow(info=INFO, post=lambda _: None, now=lambda: NOW, size=(1280, 1024))
    kiosk.show()
    finger = Finger(kiosk.window)
    for name in ("home", "entry", "confirm", "money", "thanks", "home", "out-of-service"):
        kiosk.model.apply(SAMPLES[name])
        QTest.qWait(20)
    finger.wait_screen("out_of_service", 5)
    assert not finger.exists("screen:home")
    warnings = list(kiosk.warnings)
    kiosk.close()
    assert warnings == []


def test_a_locked_window_ignores_close_and_keys(stage: "Stage") -> None:
    lock = Lockdown()
    close = QCloseEvent()
    assert lock.eventFilter(stage.kiosk.window, close)
    assert not close.isAccepted()
    assert lock.eventFilter(stage.kiosk.window, QEvent(QEvent.Type.ShortcutOverride))
    assert not lock.eventFilter(stage.kiosk.window, QEvent(QEvent.Type.TouchBegin))
    lock.locked = False
    assert not lock.eventFilter(stage.kiosk.window, QCloseEvent())


def test_the_clock_is_the_terminals_own(stage: "Stage") -> None:
    stage.show(SAMPLES["home"])
    shown = stage.finger.texts()
    assert "12:41" in shown
    assert "22 ноября" in shown


def test_a_picture_of_the_screen_is_written(stage: "Stage", tmp_path: "Path") -> None:
    stage.show(SAMPLES["home"])
    stage.finger.screenshot(tmp_path / "home.png")
    image = QImage(str(tmp_path / "home.png"))
    assert (image.width(), image.height()) == (1280, 1024)
    assert image.pixelColor(60, 260).name() == "#0b3b5c"


@pytest.mark.parametrize("fullscreen", [False, True])
@pytest.mark.parametrize("how", ["signal", "switch"])
def test_the_window_runs_until_it_is_asked_to_end(
    russian: None, how: str, fullscreen: bool
) -> None:
    ends = []

    def ready(end: object) -> None:
        ends.append(end)
        if how == "signal":
            QTimer.singleShot(0, lambda: os.kill(os.getpid(), signal.SIGTERM))
        else:
            threading.Thread(target=end).start()

    code = run_window(
        info=INFO,
        subscribe=lambda publish: publish(SAMPLES["home"]),
        post=lambda _: None,
        now=lambda: NOW,
        fullscreen=fullscreen,
        on_ready=ready,
    )
    assert code == 0
    assert len(ends) == 1
    assert QGuiApplication.instance() is not None
