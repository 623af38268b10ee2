"""What every test shares: no display, the software renderer, and hypothesis without a stopwatch."""

import os
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
