"""What every test shares: no display, the software renderer, and hypothesis without a stopwatch."""

import gc
import os
import sys
from collections.abc import Iterator

import pytest
import structlog
from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")

settings.register_profile("terminal", deadline=None, derandomize=True)
settings.load_profile("terminal")


_configure = structlog.configure


def _configure_without_a_cache(**given: object) -> None:
    """A logger that is kept at first use would write to one test's log in all later ones."""
    _configure(**{**given, "cache_logger_on_first_use": False})


structlog.configure = _configure_without_a_cache


@pytest.fixture(autouse=True)
def _logs_of_its_own() -> Iterator[None]:
    """A test that sets up the program's logs does so for itself alone."""
    yield
    structlog.reset_defaults()


@pytest.fixture(scope="module", autouse=True)
def _qt_is_collected_in_its_own_thread() -> Iterator[None]:
    """What is left of a window, collected by chance in a thread of some later test, ends the whole
    process. Once there was a window, garbage is collected here alone.
    """
    if _there_was_a_window():
        gc.disable()
    yield
    if _there_was_a_window():
        gc.disable()
        gc.collect()


def _there_was_a_window() -> bool:
    core = sys.modules.get("PySide6.QtCore")
    return core is not None and core.QCoreApplication.instance() is not None
