"""Shows the window before the terminal behind it is loaded.

The main thread belongs to the window; the ordinary command runs in a second thread, from its first
import to its exit code, and hands its terminal over to the front desk where it would open a window.
Nothing about money is known here.
"""

import os
import threading
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from kiosk.clock import SystemClock
from kiosk.first_look import FirstLook
from kiosk.supervisor import Supervisor
from ui.application import run_window
from ui.brand import BUILT_IN, Brand
from ui.front_desk import FrontDesk
from ui.late_log import hold_events, release_events
from ui.sweeping import collected_here

ShowWindow = Callable[..., int]
"""What stands in for `ui.application.run_window`."""


def run_window_first(look: FirstLook, command: Callable[[ShowWindow], None]) -> None:
    """Show the window, run `command` behind it, and end as it ends.

    Raises:
        BaseException: whatever `command` ended with, `SystemExit` as a rule.
    """
    desk = FrontDesk(look.language)
    worker = Worker(partial(command, partial(_serve, desk)))
    # The program's log is set up by the command.
    hold_events()
    brand = _brand(look)
    with collected_here():
        run_window(
            info=replace(
                look.info,
                terminal_name=brand.name or look.info.terminal_name,
                hotlines=_first(brand.hotline, look.info.hotlines),
            ),
            subscribe=desk.subscribe,
            post=desk.post,
            now=SystemClock().now,
            size=look.size,
            fullscreen=look.fullscreen,
            reduce_motion=look.reduce_motion,
            software_renderer=look.software_renderer,
            language=look.language,
            brand=brand,
            loudness=look.loudness,
            finger_socket=look.finger_socket,
            on_ready=partial(_begin, desk, worker),
            on_beat=desk.beat,
            beat_s=Supervisor.of(os.environ).beat_s,
        )
        desk.let_go()
    desk.window_ended()
    worker.finish()


class Worker:
    """A thread whose end is the end of the program."""

    def __init__(self, work: Callable[[], None]) -> None:
        self._work = work
        self._ended_with: BaseException | None = None
        self._thread: threading.Thread | None = None

    def start(self, on_end: Callable[[], None]) -> None:
        """Begin; `on_end` is called in the thread when it is over, whatever way."""
        self._thread = threading.Thread(target=self._run, args=(on_end,), name="command")
        self._thread.start()

    def finish(self) -> None:
        """Wait for the end. Raises what the work ended with."""
        if self._thread is not None:
            self._thread.join()
        if self._ended_with is not None:
            raise self._ended_with

    def _run(self, on_end: Callable[[], None]) -> None:
        try:
            self._work()
        except BaseException as error:  # it is raised again in the main thread
            self._ended_with = error
        finally:
            on_end()


def _begin(desk: FrontDesk, worker: Worker, end: Callable[[], None]) -> None:
    """The first frame stands: only now, because what is loaded would have to share one interpreter
    with what draws.
    """
    desk.window_ready(end)
    worker.start(end)


def _serve(desk: FrontDesk, **terminal: object) -> int:
    release_events()
    return desk.serve(**terminal)  # type: ignore[arg-type]  # the names are those of run_window


def _brand(look: FirstLook) -> Brand:
    if look.brand is None:
        return BUILT_IN
    # Here and not above: only an operator's brand has to be read and checked before it is shown.
    from ui.brand.start import brand_at_start

    return brand_at_start(look.brand, hotlines=look.info.hotlines)


def _first(number: str, numbers: tuple[str, ...]) -> tuple[str, ...]:
    """The numbers, the brand's own before the others."""
    return (
        *(one for one in numbers if one == number),
        *(one for one in numbers if one != number),
    )
