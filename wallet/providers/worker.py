"""Pays what is due: takes payouts, asks their providers, records what came of it.

One event loop on one thread; the database is asked from other threads, because it blocks. A provider
that is slow holds its own connections and nobody else's. The worker decides nothing: the steps are in
`payout`, the meaning of answers in `verdicts`, the states in `payout_states`. When it dies anywhere,
the next life repeats the same number at the provider and never guesses. It must never raise for one
payout's sake.
"""

import asyncio
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import structlog
from sqlalchemy.exc import DBAPIError

from wallet.payments.outcomes import EndedOtherwiseError
from wallet.providers.answers import Answer, Unreadable
from wallet.providers.client import NotSent, ProviderClient
from wallet.providers.payout_rows import LeaseLostError, Told
from wallet.providers.payout_states import IN_MANUAL_QUEUE, PayoutEvent, PayoutState
from wallet.providers.payout_store import Leased, PayoutStore
from wallet.providers.profile import Profile
from wallet.providers.requests import Command
from wallet.providers.verdicts import Judgement, Verdict, judge_check, judge_pay
from wallet.storage.turns import StoreBusyError

_log = structlog.get_logger(__name__)

_GATHER_AT_ONCE: Final = 500
_WITHOUT_PROFILE_AT_ONCE: Final = 100
_KEEP_AGAIN_S: Final = (0.5, 1.0, 2.0)
_TOGETHER_S: Final = 0.01
"""Those that end at nearly the same time make room for one look at what is due."""

_PAY_EVENTS: Final[Mapping[Verdict, PayoutEvent]] = {
    Verdict.DONE: PayoutEvent.DONE,
    Verdict.LATER: PayoutEvent.LATER,
    Verdict.REFUSED: PayoutEvent.REFUSED,
    Verdict.AMBIGUOUS: PayoutEvent.AMBIGUOUS,
    Verdict.UNKNOWN: PayoutEvent.UNKNOWN,
}
_CHECK_EVENTS: Final[Mapping[Verdict, PayoutEvent]] = {
    Verdict.LATER: PayoutEvent.CHECK_LATER,
    Verdict.UNKNOWN: PayoutEvent.CHECK_LATER,
    Verdict.REFUSED: PayoutEvent.CHECK_REFUSED,
    # "Already paid" of a number that never was: nobody pays on before a person has looked.
    Verdict.AMBIGUOUS: PayoutEvent.GIVEN_UP,
}


class Worker:
    """Works off what is due. Belongs to one event loop; close it there."""

    def __init__(
        self, store: PayoutStore, profiles: Mapping[str, Profile], client: ProviderClient
    ) -> None:
        self._store = store
        self._profiles = profiles
        self._client = client
        self._busy: Counter[str] = Counter()
        self._tasks: set[asyncio.Task[None]] = set()

    async def gather(self) -> None:
        """Take up payments that were taken while nobody was to be paid; at a start, and seldom."""
        while await asyncio.to_thread(self._store.gather, _GATHER_AT_ONCE) == _GATHER_AT_ONCE:
            pass
        if recalled := await asyncio.to_thread(self._store.recall):
            _log.warning("payouts_recalled", alarm=True, payouts=recalled)

    async def begin(self) -> int:
        """Take what is due and begin to pay it; how many payouts were begun.

        Trouble with what is due for one provider is raised only after the others had their turn.
        """
        begun, trouble = 0, None
        for code in await asyncio.to_thread(self._store.due_providers):
            profile = self._profiles.get(code)
            free = _WITHOUT_PROFILE_AT_ONCE
            if profile is not None:
                free = profile.connections - self._busy[code]
            if free <= 0:
                continue
            try:
                taken = await asyncio.to_thread(self._store.lease, code, profile, free)
            except Exception as error:  # whatever it is, others are not to wait for it
                trouble = error
                continue
            for leased in taken:
                self._start(code, leased)
                begun += 1
        if trouble is not None:
            raise trouble
        return begun

    async def settle(self) -> None:
        """Wait until everything that was begun has ended."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def pause(self, longest_s: float) -> None:
        """Wait until something has ended, at most so long."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=longest_s, return_when=asyncio.FIRST_COMPLETED)
            await asyncio.sleep(_TOGETHER_S)
        else:
            await asyncio.sleep(longest_s)

    async def close(self) -> None:
        """Finish what was begun and close all connections."""
        await self.settle()
        await self._client.close()

    def _start(self, code: str, leased: Leased) -> None:
        self._busy[code] += 1
        task = asyncio.create_task(self._work(leased))
        self._tasks.add(task)

        def ended(task: asyncio.Task[None]) -> None:
            self._tasks.discard(task)
            self._busy[code] -= 1

        task.add_done_callback(ended)

    async def _work(self, leased: Leased) -> None:
        try:
            await self._pay(leased)
        except LeaseLostError as lost:
            _log.warning("payout_lease_lost", reason=str(lost))
        except (DBAPIError, StoreBusyError) as error:
            # What the provider said is lost with it; after the lease the same number asks again.
            _log.error("payout_not_recorded", alarm=True, exc_info=error, **_named(leased))
        except Exception:
            _log.exception("payout_broke", alarm=True, **_named(leased))

    async def _pay(self, leased: Leased) -> None:
        if leased.ask.command is Command.CHECK:
            told = await self._ask(leased)
            judged = _judge_check(leased, told)
            if judged.verdict is not Verdict.DONE:
                await self._record(leased, _CHECK_EVENTS[judged.verdict], judged)
                return
            leased = await asyncio.to_thread(self._store.intend, leased)
        told = await self._ask(leased)
        if isinstance(told, NotSent):
            judged = Judgement(verdict=Verdict.UNKNOWN, reason=told.reason)
            await self._record(leased, PayoutEvent.NOT_SENT, judged)
            return
        ask = leased.ask
        judged = judge_pay(ask.profile, ask.order, told, repeated=leased.repeated)
        await self._record(leased, _PAY_EVENTS[judged.verdict], judged)

    async def _ask(self, leased: Leased) -> Answer | Unreadable | NotSent:
        ask = leased.ask
        code = leased.payout.provider_code
        return await self._client.ask(code, ask.profile, ask.command, ask.order)

    async def _record(self, leased: Leased, event: PayoutEvent, judged: Judgement) -> None:
        told = Told(code=judged.code, reason=judged.reason, prv_txn=judged.prv_txn)
        state = await self._recorded(leased, event, told)
        _log.info("payout_told", event_name=event, state=state, code=judged.code, **_named(leased))
        if state in IN_MANUAL_QUEUE:
            _log.error("payout_manual", alarm=True, code=judged.code, **_named(leased))

    async def _recorded(self, leased: Leased, event: PayoutEvent, told: Told) -> PayoutState:
        """An answer is worth keeping while a database is started again: without it a refusal would
        be a doubt. One that was kept at a try whose end is unknown cannot be kept twice: with it the
        lease has gone.
        """
        for pause_s in _KEEP_AGAIN_S:
            try:
                return await asyncio.to_thread(self._store.record, leased, event, told)
            except EndedOtherwiseError as error:
                told = replace(told, reason=f"{error}; the provider: {event}")
                event = PayoutEvent.GIVEN_UP
            except (DBAPIError, StoreBusyError) as error:
                _log.warning("payout_kept_later", reason=type(error).__name__, **_named(leased))
                await asyncio.sleep(pause_s)
        return await asyncio.to_thread(self._store.record, leased, event, told)


def _judge_check(leased: Leased, told: Answer | Unreadable | NotSent) -> Judgement:
    if isinstance(told, NotSent):
        return Judgement(verdict=Verdict.UNKNOWN, reason=told.reason)
    return judge_check(leased.ask.profile, leased.ask.order, told)


def _named(leased: Leased) -> dict[str, str | int]:
    payout = leased.payout
    return {
        "terminal_id": payout.terminal_id,
        "number": payout.number,
        "provider_code": payout.provider_code,
    }
