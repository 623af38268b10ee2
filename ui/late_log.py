"""The window's log, which costs nothing before the first frame.

The log of the house takes as long to load as two bare windows take to appear. So it is loaded at the
first event that is told, and whoever shows a window before the program's log is set up holds the
events back until then.
"""

import threading
from typing import Final

_Held = tuple[str, str, str, dict[str, object]]


class _Gate:
    """Whether events wait, and those that do."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: list[_Held] | None = None

    def close(self) -> None:
        with self._lock:
            self._held = self._held or []

    def open(self) -> None:
        with self._lock:
            waiting, self._held = self._held or [], None
        for one in waiting:
            _tell(*one)

    def through(self, logger: str, level: str, event: str, values: dict[str, object]) -> None:
        with self._lock:
            if self._held is not None:
                self._held.append((logger, level, event, values))
                return
        _tell(logger, level, event, values)


_GATE: Final = _Gate()


class LateLog:
    """What `structlog.get_logger(name)` would be, for a module that is loaded before the first
    frame.
    """

    def __init__(self, name: str) -> None:
        self._name = name

    def info(self, event: str, **values: object) -> None:
        """Tell of something that went as it should."""
        _GATE.through(self._name, "info", event, values)

    def warning(self, event: str, **values: object) -> None:
        """Tell of something that did not."""
        _GATE.through(self._name, "warning", event, values)

    def error(self, event: str, **values: object) -> None:
        """Tell of something that wants a person."""
        _GATE.through(self._name, "error", event, values)


def hold_events() -> None:
    """Keep what is told from now on until `release_events`: the log is not set up yet."""
    _GATE.close()


def release_events() -> None:
    """The log is set up: tell what was kept, and everything later at once."""
    _GATE.open()


def _tell(logger: str, level: str, event: str, values: dict[str, object]) -> None:
    # Here and not above: see the module.
    import structlog

    getattr(structlog.get_logger(logger), level)(event, **values)
