"""Says that there is no display before Qt does, which would end the process by an abort."""

import os

from kiosk.cli.failures import fail
from kiosk.exit_codes import ExitCode

_SIGNS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def must_have_display(instead: str) -> None:
    """Leave with a message if nothing says where a window could be shown; `instead` is advice."""
    if not any(os.environ.get(name) for name in _SIGNS):
        fail(f"no display: none of {', '.join(_SIGNS)} is set; {instead}", ExitCode.FAILED)
