"""The demo's panel over a stand that only writes down what it was asked."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from ui.finger import scene
from ui.panel import PanelError, PanelStatus, PaymentLine
from ui.panel.run import PanelWindow


class Stand:
    """Writes down orders; can be made slow, and can refuse."""

    def __init__(self) -> None:
        self.orders: list[str] = []
        self.gate = threading.Event()
        self.gate.set()
        self.refuses = ""
        self.state = PanelStatus(
            powered=True,
            network=True,
            paper=True,
            acceptor="ждёт купюру",
            cassette_notes=7,
            cassette_minor=125_000,
            payments=(
                PaymentLine(number=418, provider="МТС", credited_minor=61_750, state="зачислен"),
                PaymentLine(
                    number=417, provider="Ростелеком", credited_minor=9_700, state="принят"
                ),
            ),
        )

    def insert(self, note: int | Literal["counterfeit"]) -> None:
        self._take(f"insert {note}")

    def cut_network(self, cut: bool) -> None:
        self._take(f"network cut {cut}")

    def cut_power(self) -> None:
        self._take("power off")

    def power_on(self) -> None:
        self._take("power on")

    def paper(self, loaded: bool) -> None:
        self._take(f"paper {loaded}")

    def status(self) -> PanelStatus:
        self.gate.wait(5)
        return self.state

    def _take(self, order: str) -> None:
        self.gate.wait(5)
        if self.refuses:
            raise PanelError(self.refuses)
        self.orders.append(order)


@pytest.fixture
def stand() -> Stand:
    return Stand()


@pytest.fixture
def panel(russian: None, stand: Stand) -> Iterator[PanelWindow]:
    panel = PanelWindow(stand)
    panel.show()
    wait(lambda: text(panel, "status:acceptor") == "ждёт купюру")
    yield panel
    stand.gate.set()
    warnings = list(panel.warnings)
    panel.close()
    assert warnings == []


def wait(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 4
    while not condition():
        assert time.monotonic() < deadline
        QTest.qWait(5)


def text(panel: PanelWindow, name: str) -> str:
    found = [i for i in scene.visible_items(panel.window) if i.objectName() == name]
    return str(found[0].property("text")) if found else ""


def press(panel: PanelWindow, name: str) -> None:
    QTest.qWait(1)
    item = next(i for i in scene.visible_items(panel.window) if i.objectName() == name)
    assert item.isEnabled()
    point = scene.scene_centre(item).toPoint()
    device = QTest.createTouchDevice()
    QTest.touchEvent(panel.window, device).press(0, point, panel.window).commit()
    QTest.touchEvent(panel.window, device).release(0, point, panel.window).commit()


def test_notes_and_mishaps_reach_the_stand_in_order(panel: PanelWindow, stand: Stand) -> None:
    for name in ("note:500", "note:counterfeit", "switch:network", "switch:paper", "switch:power"):
        press(panel, name)
    expected = [
        "insert 50000",
        "insert counterfeit",
        "network cut True",
        "paper False",
        "power off",
    ]
    wait(lambda: stand.orders == expected)


def test_the_panel_shows_how_the_stand_is(panel: PanelWindow, stand: Stand) -> None:
    shown = scene.texts(panel.window)
    assert "7 шт., 1\u202f250\u00a0\u20bd" in shown
    assert "000418" in shown
    assert "МТС · зачислен" in shown
    stand.state = PanelStatus(
        powered=False,
        network=False,
        paper=True,
        acceptor="нет питания",
        cassette_notes=7,
        cassette_minor=125_000,
    )
    wait(lambda: text(panel, "status:acceptor") == "нет питания")
    assert "нет, включить" in scene.texts(panel.window)


def test_a_slow_stand_never_holds_the_window_up(panel: PanelWindow, stand: Stand) -> None:
    stand.gate.clear()
    press(panel, "note:100")
    press(panel, "switch:network")
    assert "оборвана" in scene.texts(panel.window)
    assert stand.orders == []
    stand.gate.set()
    wait(lambda: stand.orders == ["insert 10000", "network cut True"])


def test_what_the_stand_refuses_is_shown_and_goes_with_the_next_order(
    panel: PanelWindow, stand: Stand
) -> None:
    stand.refuses = "приёмник занят"
    press(panel, "note:50")
    wait(lambda: text(panel, "status:message") == "приёмник занят")
    stand.refuses = ""
    press(panel, "note:50")
    wait(lambda: text(panel, "status:message") == "")


def test_the_picture_of_the_last_slip_appears(
    panel: PanelWindow, stand: Stand, tmp_path: Path
) -> None:
    slip = tmp_path / "slip.png"
    image = QImage(384, 900, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFF)
    assert image.save(str(slip))
    stand.state = PanelStatus(
        powered=True,
        network=True,
        paper=True,
        acceptor="печатает",
        cassette_notes=0,
        cassette_minor=0,
        slip=slip,
    )
    picture = next(
        i for i in scene.items(panel.window.contentItem()) if i.objectName() == "slip:picture"
    )
    wait(lambda: picture.property("paintedWidth") > 0)
    panel.window.grabWindow().save(str(tmp_path / "panel.png"))
    assert panel.window.title() == "Демо-стенд"
