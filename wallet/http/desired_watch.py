"""Lets many terminals wait for a change while one task looks: who waits costs no thread and no query.

While anybody waits, the newest number is read once a tick, whichever process published it; when it
has moved, everybody who waits asks for what is theirs. On one event loop; it must never keep the
process from stopping.
"""

import asyncio
import time
from collections.abc import Callable
from typing import Final

from prometheus_client import Gauge
from sqlalchemy.exc import DBAPIError
from starlette.concurrency import run_in_threadpool

from terminal_api.fleet import DesiredAnswer
from wallet.storage.turns import StoreBusyError
from wallet.terminals.shadow import Shadow

TICK_S: Final = 1.0


class DesiredWatch:
    """Waits for items.

    Args:
        shadow: where they are.
        stopping: true once the process wants to end; who waits is answered within a tick.
        waiting: counts who waits.
        tick_s: seconds between two looks.
    """

    def __init__(
        self,
        shadow: Shadow,
        stopping: Callable[[], bool],
        waiting: Gauge,
        *,
        tick_s: float = TICK_S,
    ) -> None:
        self._shadow = shadow
        self._stopping = stopping
        self._waiting = waiting
        self._tick_s = tick_s
        self._waiters = 0
        self._looker: asyncio.Task[None] | None = None
        self._moved = asyncio.Event()
        self._newest = 0

    async def after(self, terminal_id: str, version: int, wait_s: float) -> DesiredAnswer:
        """Items that changed after `version`; none when `wait_s` seconds have gone."""
        until = time.monotonic() + wait_s
        answer = await run_in_threadpool(self._shadow.after, terminal_id, version)
        while not answer.items and time.monotonic() < until and not self._stopping():
            await self._wait(answer.version, until - time.monotonic())
            answer = await run_in_threadpool(self._shadow.after, terminal_id, version)
        return answer

    async def _wait(self, known: int, patience_s: float) -> None:
        self._waiters += 1
        self._waiting.inc()
        try:
            if self._looker is None or self._looker.done():
                self._newest = 0
                self._looker = asyncio.create_task(self._look())
            until = time.monotonic() + patience_s
            while self._newest <= known and not self._stopping():
                left = until - time.monotonic()
                if left <= 0:
                    return
                try:
                    await asyncio.wait_for(self._moved.wait(), left)
                except TimeoutError:
                    return
        finally:
            self._waiters -= 1
            self._waiting.dec()

    async def _look(self) -> None:
        """Wake everybody when the number moves, and at the end."""
        while self._waiters and not self._stopping():
            await asyncio.sleep(self._tick_s)
            try:
                newest = await run_in_threadpool(self._shadow.newest)
            except (DBAPIError, StoreBusyError):
                continue  # whoever asks next hears of it; who waits can wait
            if newest != self._newest:
                self._newest = newest
                self._wake()
        self._wake()

    def _wake(self) -> None:
        moved, self._moved = self._moved, asyncio.Event()
        moved.set()
