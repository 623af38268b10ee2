"""Providers for as long as a process lives: a thread with an event loop that pays what is due, and
answers questions about accounts.

A round that fails (the database is away) is logged and tried again; it must never end the process.
Stopping finishes what was begun.
"""

import asyncio
import concurrent.futures
import threading
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

import structlog

from terminal_api.accounts import AccountAnswer, AccountQuestion, AccountVerdict
from wallet.providers.account_check import AccountChecker
from wallet.providers.client import ProviderClient
from wallet.providers.payout_store import PayoutStore
from wallet.providers.profile import Profile
from wallet.providers.worker import Worker

_log = structlog.get_logger(__name__)

_IDLE_S: Final = 0.5
_GATHER_EVERY_S: Final = 600.0
_AFTER_TROUBLE_S: Final = 5.0
_STOP_PATIENCE_S: Final = 75.0
"""Longer than any provider is given to answer."""

_LONGEST_QUESTION_S: Final = 35.0
"""Longer than any profile allows."""

_MOST_QUESTIONS: Final = 16
"""Each holds a thread of the service that asks: a silent provider must not take all of them."""


class ProviderService:
    """The thread.

    Args:
        payouts: what is to be paid; None answers questions about accounts alone.
        profiles: by provider code.
        clock: aware UTC time.
        draw: a random integer from 0 to below its argument.
    """

    def __init__(
        self,
        payouts: PayoutStore | None,
        profiles: Mapping[str, Profile],
        clock: Callable[[], datetime],
        draw: Callable[[int], int],
    ) -> None:
        self._payouts = payouts
        self._profiles = profiles
        self._clock = clock
        self._draw = draw
        self._leaving = threading.Event()
        self._begun = threading.Event()
        self._questions = threading.BoundedSemaphore(_MOST_QUESTIONS)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._checker: AccountChecker | None = None
        self._thread = threading.Thread(target=self.run, name="providers", daemon=True)

    def start(self) -> None:
        """Begin on a thread of its own."""
        self._thread.start()
        self._begun.wait()

    def stop(self) -> None:
        """Finish what was begun, and end; before the database is closed."""
        self._leaving.set()
        if self._thread.ident is not None:
            self._thread.join(_STOP_PATIENCE_S)

    def leave(self) -> None:
        """Let `run` return; for a signal handler."""
        self._leaving.set()

    def run(self) -> None:
        """Pay until told to leave. Blocks."""
        asyncio.run(self._live())

    def check(self, question: AccountQuestion) -> AccountAnswer:
        """Ask the provider about an account. Any thread but the service's own; blocks for a short
        while, and never raises for the provider's sake.
        """
        loop, checker = self._loop, self._checker
        patient = self._questions.acquire(blocking=False)
        try:
            if loop is None or checker is None or not patient or self._leaving.is_set():
                return _unknown(question)
            asked = asyncio.run_coroutine_threadsafe(checker.check(question), loop)
            return asked.result(_LONGEST_QUESTION_S)
        except (RuntimeError, TimeoutError, concurrent.futures.CancelledError):
            return _unknown(question)  # The service ended in between.
        finally:
            if patient:
                self._questions.release()

    async def _live(self) -> None:
        client = ProviderClient()
        self._checker = AccountChecker(self._profiles, client, self._clock, self._draw)
        self._loop = asyncio.get_running_loop()
        self._begun.set()
        worker = None
        if self._payouts is not None:
            worker = Worker(self._payouts, self._profiles, client)
        gather_at = 0.0
        try:
            while not self._leaving.is_set():
                now = self._loop.time()
                if await _round(worker, gathers=now >= gather_at) and now >= gather_at:
                    gather_at = now + _GATHER_EVERY_S
        finally:
            if worker is not None:
                await worker.settle()
            self._loop = None
            await client.close()


async def _round(worker: Worker | None, *, gathers: bool) -> bool:
    """One look at what is due; False when it could not be had."""
    if worker is None:
        await asyncio.sleep(_IDLE_S)
        return True
    try:
        if gathers:
            await worker.gather()
        begun = await worker.begin()
    except Exception:
        _log.exception("payout_round_failed", alarm=True)
        await asyncio.sleep(_AFTER_TROUBLE_S)
        return False
    if not begun:
        await worker.pause(_IDLE_S)
    return True


def _unknown(question: AccountQuestion) -> AccountAnswer:
    return AccountAnswer(
        terminal_id=question.terminal_id,
        verdict=AccountVerdict.UNKNOWN,
        message="nobody can be asked now",
    )
