"""Runs the worker for as long as a process lives: on a thread of `wallet serve`, or alone.

A round that fails (the database is away) is logged and tried again; it must never end the process.
"""

import asyncio
import threading
from collections.abc import Callable
from typing import Final

import structlog

from wallet.providers.worker import Worker

_log = structlog.get_logger(__name__)

_IDLE_S: Final = 0.5
_AFTER_TROUBLE_S: Final = 5.0
_STOP_PATIENCE_S: Final = 75.0
"""Longer than any provider is given to answer."""


def pay_until(leaving: threading.Event, make_worker: Callable[[], Worker]) -> None:
    """Pay until `leaving` is set, then finish what was begun. Blocks.

    Args:
        leaving: ends it, within half a second and the answers under way.
        make_worker: called on the event loop to which the worker then belongs.
    """
    asyncio.run(_pay(leaving, make_worker))


async def _pay(leaving: threading.Event, make_worker: Callable[[], Worker]) -> None:
    worker = make_worker()
    try:
        while not leaving.is_set():
            try:
                begun = await worker.begin()
            except Exception:
                _log.exception("payout_round_failed", alarm=True)
                await asyncio.sleep(_AFTER_TROUBLE_S)
                continue
            if not begun:
                await worker.pause(_IDLE_S)
    finally:
        await worker.close()


class PayingThread:
    """The worker on a thread of its own."""

    def __init__(self, make_worker: Callable[[], Worker]) -> None:
        self._leaving = threading.Event()
        self._thread = threading.Thread(
            target=pay_until, args=(self._leaving, make_worker), name="payouts", daemon=True
        )

    def start(self) -> None:
        """Begin to pay."""
        self._thread.start()

    def stop(self) -> None:
        """Finish what was begun, and end; before the database is closed."""
        self._leaving.set()
        if self._thread.ident is not None:
            self._thread.join(_STOP_PATIENCE_S)
