"""Entry point of the command `kiosk`.

`kiosk run` shows its window before the rest of it is loaded; what is out of the ordinary goes through
the command line first.
"""

import faulthandler
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.first_look import first_look

if TYPE_CHECKING:
    from config.settings import Settings

_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def main() -> None:
    """Run the command line."""
    # Where a supervisor ends a frozen terminal (SIGABRT), the log tells where it stood.
    faulthandler.enable()
    look = first_look(sys.argv[1:], os.environ)
    if look is None or not any(os.environ.get(name) for name in _DISPLAYS):
        _command_line()
        return
    # Here and below, not above: nothing of this is needed by the other commands, and what the command
    # line loads would stand before the first frame.
    from kiosk.window_first import run_window_first

    run_window_first(look, _command_line)


def _command_line(show: Callable[..., int] | None = None) -> None:
    from kiosk.cli import build_application

    build_application(partial(_run_terminal, show))()


def _run_terminal(
    show: Callable[..., int] | None, settings: "Settings", finger: Path | None
) -> bool:
    # Qt and the drivers are loaded for this one command only; `kiosk journal show` needs neither.
    from kiosk.bootstrap import run_terminal

    return run_terminal(settings, finger, show=show)


if __name__ == "__main__":
    main()
