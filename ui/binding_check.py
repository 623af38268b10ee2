"""Refuses a Qt binding that loses references: such a terminal would die after some thousand calls.

Seen with PySide6 6.12.0 on Python 3.11: each Qt method that returns nothing drops a reference of
`None` (and `emit` one of `True`), until the interpreter aborts with "deallocating None". The check
counts, it does not compare version numbers, so it also catches the next one.
"""

import sys

import PySide6
from PySide6.QtCore import QObject

CALLS = 64
TOLERANCE = 16


class BrokenBindingError(RuntimeError):
    """The installed PySide6 does not fit this Python; the message says which to install."""


def lost_references() -> int:
    """Return how many references of `None` a few harmless Qt calls lose; about 0 on a healthy
    binding.
    """
    probe = QObject()
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        probe.setObjectName("probe")
    return before - sys.getrefcount(None)


def require_sound_binding() -> None:
    """Raise BrokenBindingError when Qt calls lose references. Takes some microseconds."""
    lost = lost_references()
    if lost > TOLERANCE:
        python = ".".join(map(str, sys.version_info[:3]))
        raise BrokenBindingError(
            f"PySide6 {PySide6.__version__} loses references under Python {python} "
            f"({lost} in {CALLS} calls) and would abort: install PySide6-Essentials below 6.12"
        )
