"""The window's heart: it beats for frames that were drawn, and stops with the thread that draws."""

import threading
from typing import TYPE_CHECKING

from PySide6.QtTest import QTest

from ui.gallery.samples import SAMPLES
from ui.heart import Heart

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import Stage

PERIOD_S = 0.02


def test_it_beats_as_long_as_frames_come(stage: "Stage", qtbot: "QtBot") -> None:
    stage.show(SAMPLES["attract"])
    beats: list[int] = []
    heart = Heart(stage.kiosk.window, lambda: beats.append(threading.get_ident()), PERIOD_S)
    qtbot.waitUntil(lambda: len(beats) >= 3, timeout=5000)
    heart.stop()
    assert set(beats) == {threading.get_ident()}


def test_a_frozen_thread_of_the_window_is_no_beat(stage: "Stage", qtbot: "QtBot") -> None:
    stage.show(SAMPLES["attract"])
    beats: list[bool] = []
    heart = Heart(stage.kiosk.window, lambda: beats.append(True), PERIOD_S)
    qtbot.waitUntil(lambda: bool(beats), timeout=5000)
    before = len(beats)
    # This thread is the window's: while it waits here nothing is drawn.
    threading.Event().wait(10 * PERIOD_S)
    assert len(beats) == before
    qtbot.waitUntil(lambda: len(beats) > before, timeout=5000)
    heart.stop()


def test_it_waits_for_the_frame_it_asked_for(stage: "Stage") -> None:
    stage.show(SAMPLES["attract"])
    beats: list[bool] = []
    heart = Heart(stage.kiosk.window, lambda: beats.append(True), 3600)
    heart._asked = True
    assert not beats
    stage.kiosk.window.update()
    QTest.qWait(50)
    assert beats == [True]
    heart.stop()


def test_a_stopped_heart_beats_no_more(stage: "Stage") -> None:
    stage.show(SAMPLES["attract"])
    beats: list[bool] = []
    heart = Heart(stage.kiosk.window, lambda: beats.append(True), PERIOD_S)
    heart.stop()
    QTest.qWait(100)
    assert beats == []
