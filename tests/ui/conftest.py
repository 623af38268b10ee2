"""A real window without a display: fed by hand, its touches collected, every QML warning a
failure.
"""

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_QUICK_BACKEND"] = "software"

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest
from PySide6.QtGui import QGuiApplication

from kiosk.terminal.snapshot import Manner, Snapshot
from kiosk.terminal.touch import Touch
from ui.brand import BUILT_IN, Brand
from ui.brand.brand_file import load_brand
from ui.environment import prepare_environment
from ui.finger import Finger
from ui.gallery.samples import INFO, NOW
from ui.look import load_fonts, load_language
from ui.window import KioskWindow

SIZE = (1280, 1024)


@dataclass
class Stage:
    """A window with a finger on it."""

    kiosk: KioskWindow
    finger: Finger
    touches: list[Touch] = field(default_factory=list)
    manner: Manner | None = None

    def show(self, snapshot: Snapshot) -> None:
        """Publish a snapshot as the terminal does, and wait until it stands on the screen."""
        self.kiosk.publish(replace(snapshot, manner=self.manner or snapshot.manner))
        self.finger.wait_screen(snapshot.screen, 5)

    def speak(self, manner: Manner) -> None:
        """How every snapshot from now on wants the customer to be spoken to."""
        self.manner = manner

    def resize(self, width: int, height: int) -> None:
        """Give the window another size."""
        self.kiosk.window.resize(width, height)
        self.finger.rest()


@pytest.fixture(scope="session")
def qapp_cls() -> type[QGuiApplication]:
    return QGuiApplication


@pytest.fixture(scope="session")
def russian(qapp: QGuiApplication) -> Iterator[None]:
    prepare_environment()
    load_fonts()
    translator = load_language("ru")
    yield
    qapp.removeTranslator(translator)


@pytest.fixture
def stage(russian: None, request: pytest.FixtureRequest) -> Iterator[Stage]:
    """A window; parametrized indirectly, with the brand of a file."""
    brand: Brand = load_brand(request.param) if hasattr(request, "param") else BUILT_IN
    touches: list[Touch] = []
    kiosk = KioskWindow(
        info=replace(INFO, terminal_name=brand.name or INFO.terminal_name),
        post=touches.append,
        now=lambda: NOW,
        size=SIZE,
        reduce_motion=True,
        brand=brand,
    )
    kiosk.show()
    yield Stage(kiosk=kiosk, finger=Finger(kiosk.window), touches=touches)
    warnings = list(kiosk.warnings)
    kiosk.close()
    assert warnings == []
