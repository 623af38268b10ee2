"""Lets Python collect cycles in the Qt thread alone, and there at moments that nobody notices.

The automatic collection runs in whichever thread happens to allocate. When a cycle with a Qt object
in it falls to the terminal's thread, that object is destroyed there, under the feet of the thread it
belongs to, and the process dies. Memory is all that is decided here; no other thread may collect.
"""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QTimer

PERIOD_S = 1.0
MIDDLE_EVERY = 10
"""Sweeps; the others look at the youngest generation alone."""
FULL_EVERY = 600
"""Sweeps, wherever the customer stands: a terminal may stay on one screen for days."""


@contextmanager
def collected_here() -> Iterator[None]:
    """No automatic collection meanwhile; at the end what is left of a window dies in this thread.

    To be used in the Qt thread, around all that holds the window: as a decorator, so that the
    frame of the function is gone when it is collected.
    """
    automatic = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.unfreeze()
        gc.collect()
        if automatic:
            gc.enable()


class Sweeper:
    """Collects by a timer of the thread that made it.

    Args:
        nobody_there: whether the screen is one at which the terminal waits for a customer; false
            until everything is loaded.
        period_s: between two sweeps.
    """

    def __init__(self, nobody_there: Callable[[], bool], period_s: float = PERIOD_S) -> None:
        self._nobody_there = nobody_there
        self._sweeps = 0
        self._loaded = False
        self._visited = False
        self._timer = QTimer(interval=max(1, round(period_s * 1000)))
        self._timer.timeout.connect(self.sweep)
        self._timer.start()

    def sweep(self) -> None:
        """Collect as much as the moment allows. What was loaded at the start is looked at once: it
        never goes, and going over it takes longer than a frame.
        """
        self._sweeps += 1
        nobody = self._nobody_there()
        if nobody and not self._loaded:
            self._loaded = True
            gc.collect()
            gc.freeze()
        elif (nobody and self._visited) or self._sweeps % FULL_EVERY == 0:
            gc.collect()
        else:
            gc.collect(1 if self._sweeps % MIDDLE_EVERY == 0 else 0)
        self._visited = not nobody

    def stop(self) -> None:
        """No sweep from now on."""
        self._timer.stop()
