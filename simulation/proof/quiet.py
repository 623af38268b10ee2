"""No logs and no collections of cyclic garbage while worlds are simulated.

The trace is the history of a run. A run makes little garbage that only the collector finds, and looks
through the whole program many times for it: it is collected between runs.
"""

import gc
import logging
from collections.abc import Iterator
from contextlib import contextmanager

import structlog


@contextmanager
def no_logs() -> Iterator[None]:
    """Silence the product's logs, and give them back as they were."""
    before = structlog.get_config()
    structlog.configure(
        processors=[],
        wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL),
        cache_logger_on_first_use=False,
    )
    try:
        yield
    finally:
        structlog.configure(**before)


@contextmanager
def no_collections() -> Iterator[None]:
    """Leave garbage lie, and collect what came in the meantime at the end."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.collect(0)
