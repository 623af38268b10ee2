"""Gathers heartbeats on the event loop, so that those of one moment are kept together.

A round begins at once when the last one began long enough ago, so that a small fleet waits for
nothing; under load what comes within `GATHER_S` goes with the next one. Each caller is answered after
the commit of its round, and hears of it when that failed. On one event loop; it must never block it.
"""

import asyncio
import time
from collections import deque
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from starlette.concurrency import run_in_threadpool

from terminal_api import ErrorCode
from terminal_api.fleet import HeartbeatAnswer
from wallet.terminals.desk import Desk
from wallet.terminals.gate import NotAdmittedError
from wallet.terminals.heartbeats import Beat, Outcome

GATHER_S: Final = 0.2
"""From the start of one round to that of the next; what a heartbeat may wait for its round."""
MOST_AT_ONCE: Final = 500
MOST_WAITING: Final = 5_000
_RETRY_AFTER_S: Final = 5


@dataclass(frozen=True, slots=True)
class _Waiting:
    beat: Beat
    told: "asyncio.Future[tuple[Outcome, datetime]]"


class BeatRounds:
    """Rounds of heartbeats.

    Args:
        desk: keeps them, and has the clock.
        gather_s: see `GATHER_S`.
    """

    def __init__(self, desk: Desk, gather_s: float = GATHER_S) -> None:
        self._desk = desk
        self._gather_s = gather_s
        self._waiting: deque[_Waiting] = deque()
        self._rounds: asyncio.Task[None] | None = None
        self._begun = -gather_s

    async def keep(self, beat: Beat) -> HeartbeatAnswer:
        """The answer, once the heartbeat is on disk.

        Raises:
            NotAdmittedError: its key ended, it came before, or too many wait.
        """
        if len(self._waiting) >= MOST_WAITING:
            raise NotAdmittedError(ErrorCode.BUSY, retry_after_s=_RETRY_AFTER_S)
        one = _Waiting(beat, asyncio.get_running_loop().create_future())
        self._waiting.append(one)
        if self._rounds is None or self._rounds.done():
            self._rounds = asyncio.create_task(self._run())
        outcome, now = await one.told
        terminal_id = beat.claim.terminal_id
        if isinstance(outcome, ErrorCode):
            if outcome is ErrorCode.KEY_UNKNOWN:
                self._desk.gate.forget(beat.claim)
            busy = _RETRY_AFTER_S if outcome is ErrorCode.BUSY else None
            raise NotAdmittedError(outcome, terminal_id=terminal_id, retry_after_s=busy)
        return HeartbeatAnswer(terminal_id=terminal_id, server_time=now, desired=outcome)

    async def _run(self) -> None:
        while self._waiting:
            early = self._begun + self._gather_s - time.monotonic()
            if early > 0:
                await asyncio.sleep(early)
            self._begun = time.monotonic()
            await self._round(self._next())

    async def _round(self, taken: list[_Waiting]) -> None:
        now = self._desk.clock()
        try:
            outcomes = await run_in_threadpool(
                self._desk.heartbeats.keep, [it.beat for it in taken], now
            )
        except Exception as error:  # whatever it is, each who waits is told, and judges it
            for it in taken:
                if not it.told.done():
                    it.told.set_exception(error)
            return
        for it, outcome in zip(taken, outcomes, strict=True):
            if not it.told.done():  # its caller has gone
                it.told.set_result((outcome, now))

    def _next(self) -> list[_Waiting]:
        """One of each terminal; a second one of the same waits for the next round."""
        taken: dict[str, _Waiting] = {}
        left: list[_Waiting] = []
        while self._waiting and len(taken) < MOST_AT_ONCE:
            it = self._waiting.popleft()
            if it.beat.claim.terminal_id in taken:
                left.append(it)
            else:
                taken[it.beat.claim.terminal_id] = it
        self._waiting.extendleft(reversed(left))
        return list(taken.values())
