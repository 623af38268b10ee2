"""Cycles go in the Qt thread alone, whichever thread allocates, and none of them stays."""

import gc
import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject

from kiosk.terminal.snapshot import Snapshot
from ui import window
from ui.application import run_window
from ui.front_desk import FrontDesk
from ui.gallery.samples import INFO, NOW, SAMPLES
from ui.sweeping import Sweeper, collected_here
from ui.viewmodels import TerminalViewModel

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

HERE = threading.main_thread().ident
PERIOD_S = 0.005
OFTEN = 20
"""Times the threshold of a young generation: the automatic collection would have run."""


@pytest.fixture(autouse=True)
def collected_as_a_program_is() -> Iterator[None]:
    """Python collects by itself and has looked at everything, as when `kiosk run` begins."""
    automatic = gc.isenabled()
    gc.unfreeze()
    gc.enable()
    yield
    if not automatic:
        gc.disable()


class Node:
    """A cycle of one."""

    def __init__(self, inside: object = None) -> None:
        self.inside = inside
        self.itself = self


def watched(died: list[int]) -> weakref.ref[Node]:
    """A cycle with a Qt object in it that nobody holds; its death is noted with its thread."""
    return weakref.ref(Node(QObject()), lambda _: died.append(threading.get_ident()))


def allocate() -> None:
    """Enough for an automatic collection of every generation."""
    for _ in range(OFTEN):
        [[number] for number in range(10 * gc.get_threshold()[0])]


def in_a_thread(work: Callable[[], None]) -> None:
    """Do it in another thread, to its end."""
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


@contextmanager
def sweeping(*, nobody_there: Callable[[], bool] = lambda: False) -> Iterator[Sweeper]:
    """A sweeper as in a window's life."""
    with collected_here():
        sweeper = Sweeper(nobody_there, PERIOD_S)
        yield sweeper
        sweeper.stop()


def test_a_cycle_with_a_qt_object_waits_for_the_thread_of_qt(qtbot: "QtBot") -> None:
    died: list[int] = []
    with sweeping():
        kept = watched(died)
        in_a_thread(allocate)
        assert kept() is not None
        qtbot.waitUntil(lambda: bool(died), timeout=5000)
    assert died == [HERE]


def test_cycles_of_other_threads_do_not_gather(qtbot: "QtBot") -> None:
    alive: weakref.WeakSet[Node] = weakref.WeakSet()
    with sweeping():
        for _ in range(5):
            in_a_thread(lambda: alive.update(Node() for _ in range(1000)))
            qtbot.waitUntil(lambda: not alive, timeout=5000)


@pytest.mark.parametrize("visitor", [False, True])
def test_an_old_cycle_goes_when_the_customer_has_gone(qtbot: "QtBot", visitor: bool) -> None:
    there = [False]
    with sweeping(nobody_there=lambda: not there[0]) as sweeper:
        sweeper.stop()
        sweeper.sweep()
        node = Node()
        gc.collect()  # It has grown old.
        kept = weakref.ref(node)
        del node
        there[0] = visitor
        sweeper.sweep()
        there[0] = False
        sweeper.sweep()
        assert (kept() is None) == visitor


def test_what_was_loaded_is_looked_at_once_and_given_back_at_the_end() -> None:
    with sweeping(nobody_there=lambda: True) as sweeper:
        sweeper.stop()
        assert gc.get_freeze_count() == 0
        sweeper.sweep()
        assert gc.get_freeze_count() > 0
        assert not gc.isenabled()
    assert gc.get_freeze_count() == 0
    assert gc.isenabled()


def test_a_closed_window_dies_in_its_own_thread_while_others_go_on(
    russian: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    died: list[int] = []
    kept: list[weakref.ref[TerminalViewModel]] = []

    def model(**given: object) -> TerminalViewModel:
        made = TerminalViewModel(**given)  # type: ignore[arg-type]  # passed on as given
        kept.append(weakref.ref(made, lambda _: died.append(threading.get_ident())))
        return made

    monkeypatch.setattr(window, "TerminalViewModel", model)

    def ready(end: Callable[[], None]) -> None:
        in_a_thread(allocate)
        end()

    desk = FrontDesk(SAMPLES["home"].manner.language)
    with collected_here():
        run_window(
            info=INFO, subscribe=desk.subscribe, post=desk.post, now=lambda: NOW, on_ready=ready
        )
        desk.let_go()
        in_a_thread(allocate)
        assert not died
    assert died == [HERE]
    assert kept[0]() is None


def test_a_snapshot_after_the_end_of_the_window_goes_nowhere() -> None:
    desk = FrontDesk(SAMPLES["home"].manner.language)
    shown: list[Snapshot] = []
    desk.subscribe(shown.append)
    desk.let_go()
    desk._relay(SAMPLES["home"])
    assert [one.screen for one in shown] == ["starting"]
