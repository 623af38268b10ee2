"""Runs the touchscreen: one call that owns the Qt thread until the window ends.

It opens no device and holds no money; the terminal lives in its own thread and is reached only
through `subscribe` (snapshots in) and `post` (touches out).
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickWindow

from kiosk.terminal.snapshot import Language, Screen, Snapshot
from kiosk.terminal.touch import Touch
from ui.brand import BUILT_IN, Brand
from ui.environment import prepare_environment
from ui.heart import Heart
from ui.late_log import LateLog
from ui.look import load_fonts
from ui.sounds import SILENT, Loudness, SoundListener
from ui.stop_signals import stop_on_signals
from ui.sweeping import Sweeper, collected_here
from ui.terminal_info import TerminalInfo
from ui.window import KioskWindow

if TYPE_CHECKING:
    from ui.sounds.player import SoundPlayer

DEFAULT_SIZE = (1280, 1024)
NOBODY_THERE = frozenset({Screen.ATTRACT, Screen.HOME, Screen.OUT_OF_SERVICE})
"""Screens at which the terminal waits for a customer."""

log = LateLog(__name__)


@collected_here()
def run_window(
    *,
    info: TerminalInfo,
    subscribe: Callable[[Callable[[Snapshot], None]], None],
    post: Callable[[Touch], None],
    now: Callable[[], datetime],
    size: tuple[int, int] = DEFAULT_SIZE,
    fullscreen: bool = False,
    reduce_motion: bool = False,
    software_renderer: bool = True,
    language: Language = Language.RU,
    brand: Brand = BUILT_IN,
    loudness: Loudness = SILENT,
    finger_socket: Path | None = None,
    on_ready: Callable[[Callable[[], None]], None] | None = None,
    on_beat: Callable[[], None] | None = None,
    beat_s: float | None = None,
) -> int:
    """Show the terminal until the process is asked to end; return the exit code.

    Args:
        info: whose terminal this is.
        subscribe: called once with `publish`; the terminal calls `publish` from its own thread.
        post: takes each touch, in the Qt thread; must return at once.
        now: the present time, aware of its zone.
        size: window size in pixels, unless `fullscreen`.
        fullscreen: cover the screen without a frame, hide the cursor, block keys and closing.
        reduce_motion: no slides and no rolling numbers.
        software_renderer: draw with the CPU; otherwise Qt chooses.
        language: what is spoken until the first snapshot says otherwise.
        brand: the look of the operator, already checked.
        loudness: of the sounds, by the hour.
        finger_socket: where the automation finger listens, if it shall.
        on_ready: called after the first frame, with a thread-safe callable that ends the window.
        on_beat: called in the Qt thread as long as it draws.
        beat_s: how often, in seconds; None: never.
    """
    make_application(software_renderer=software_renderer)
    kiosk = KioskWindow(
        info=info,
        post=post,
        now=now,
        size=size,
        fullscreen=fullscreen,
        reduce_motion=reduce_motion,
        language=language,
        brand=brand,
    )
    sounds = _sounds(loudness, now)
    subscribe(_heard_too(kiosk.publish, sounds) if sounds else kiosk.publish)
    loop = QEventLoop()
    stopper = Stopper(loop)
    kiosk.show()
    renderer = kiosk.window.rendererInterface().graphicsApi().name
    log.info("window shown", renderer=renderer, fullscreen=fullscreen)
    close_finger = _open_finger(kiosk.window, finger_socket) if finger_socket else None
    heart = Heart(kiosk.window, on_beat, beat_s) if on_beat and beat_s else None
    sweeper = Sweeper(lambda: str(kiosk.model.screen) in NOBODY_THERE)
    if on_ready:
        _after_first_frame(kiosk.window, lambda: on_ready(stopper.stop))
    with stop_on_signals(stopper.stop):
        code = loop.exec()
    sweeper.stop()
    if heart:
        heart.stop()
    if close_finger:
        close_finger()
    if sounds:
        sounds.stop()
    kiosk.close()
    return code


def _open_finger(window: QQuickWindow, socket: Path) -> Callable[[], None]:
    """Let the automation finger in; what is returned closes the door again."""
    # Here and not above: no terminal in the street has one, and it loads more of Qt.
    from ui.finger import Finger, FingerServer

    return FingerServer(Finger(window), socket).close


def make_application(*, software_renderer: bool = True) -> QGuiApplication:
    """Return the Qt application, prepared for a kiosk; an existing one is taken as it is."""
    existing = QGuiApplication.instance()
    if isinstance(existing, QGuiApplication):
        return existing
    prepare_environment(software_renderer=software_renderer)
    application = QGuiApplication(["kiosk"])
    load_fonts()
    return application


class Stopper(QObject):
    """Ends an event loop from any thread.

    A loop of the window's own, not the application's: an application that was told to quit runs no
    further loop, and a test opens many windows in one process.
    """

    def __init__(self, loop: QEventLoop) -> None:
        super().__init__()
        self._loop = loop

    def stop(self) -> None:
        """Ask the Qt thread to leave its loop; returns at once."""
        QTimer.singleShot(0, self, self._loop.quit)


def _sounds(loudness: Loudness, now: Callable[[], datetime]) -> "SoundPlayer | None":
    """A player where there is an hour with sound, and a display that somebody may stand at."""
    if not loudness.ever or QGuiApplication.platformName() == "offscreen":
        return None
    # Here and not above: a silent terminal does without.
    from ui.sounds.player import SoundPlayer

    return SoundPlayer(lambda: loudness.at(now()))


def _heard_too(
    publish: Callable[[Snapshot], None], sounds: "SoundPlayer"
) -> Callable[[Snapshot], None]:
    listener = SoundListener(sounds.want)

    def show(snapshot: Snapshot) -> None:
        publish(snapshot)
        listener.hear(snapshot)

    return show


def _after_first_frame(window: QQuickWindow, call: Callable[[], None]) -> None:
    done: list[bool] = []

    def presented() -> None:
        if not done:
            done.append(True)
            call()

    window.frameSwapped.connect(presented)
