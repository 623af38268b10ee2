"""Puts the load on: heartbeats, payments and long polls of many terminals, each when it is due.

Requests begin by the clock and not when the last one ended, so that a slow server is seen as slow
instead of being asked less. One payment request of a terminal is under way at a time, as with a real
one. On one event loop.
"""

import asyncio
import itertools
import random
import ssl
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Final

import httpx
from pydantic import ValidationError

from terminal_api import PAYMENTS_PATH, BatchAnswer, Verdict
from terminal_api.paths import DESIRED_PATH, HEARTBEAT_PATH
from wallet.load.figures import Tally
from wallet.load.fleet import LoadTerminal

_JSON: Final = {"Content-Type": "application/json"}
_TIMEOUT_S: Final = 60.0
_UNDER_WAY: Final = 150
"""Requests that are asked at once; more wait here, signed only when their turn comes."""
_POLL_S: Final = 25
_DONE: Final = frozenset({Verdict.ACCEPTED, Verdict.DUPLICATE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """`rate` payments a second of all terminals together, in requests of `batch`; a heartbeat of each
    terminal every `heartbeat_s`; `polls` terminals wait for a change all the time.
    """

    rate: float
    batch: int
    heartbeat_s: float
    polls: int
    duration_s: float


class _Sender:
    """Sends requests, one at once on each connection; the time that one waits for its turn counts.

    Each connection is a client of its own: a pool looks through all its connections for each request,
    and then it is the pool that is measured.
    """

    def __init__(self, clients: Sequence[httpx.AsyncClient]) -> None:
        self._free: asyncio.Queue[httpx.AsyncClient] = asyncio.Queue()
        for client in clients:
            self._free.put_nowait(client)

    async def timed(
        self, method: str, path: str, terminal: LoadTerminal, tally: Tally, body: bytes | None
    ) -> httpx.Response | None:
        """The answer, or None where it is no success."""
        begun = time.monotonic()
        headers = {} if body is None else _JSON
        try:
            client = await self._free.get()
            try:
                response = await client.request(
                    method, path, auth=terminal.signed, content=body, headers=headers
                )
            finally:
                self._free.put_nowait(client)
        except httpx.HTTPError as error:
            tally.errors[type(error).__name__] += 1
            return None
        if response.status_code != 200:
            tally.errors[f"status {response.status_code}"] += 1
            return None
        tally.seconds.append(time.monotonic() - begun)
        return response


async def drive(url: str, fleet: Sequence[LoadTerminal], plan: Plan) -> dict[str, Tally]:
    """Run the plan to its end and until everything under way is answered."""
    tallies = {kind: Tally() for kind in ("heartbeat", "payments", "long_poll")}
    trusted = ssl.create_default_context()  # read once, not by each client
    async with AsyncExitStack() as stack, asyncio.TaskGroup() as group:

        async def connected(count: int) -> list[httpx.AsyncClient]:
            return [await stack.enter_async_context(_client(url, trusted)) for _ in range(count)]

        sender = _Sender(await connected(_UNDER_WAY))
        group.create_task(_beat(sender, fleet, plan, tallies["heartbeat"], group))
        group.create_task(_pay(sender, fleet, plan, tallies["payments"], group))
        for terminal in fleet[: plan.polls]:
            waiting = _Sender(await connected(1))
            group.create_task(_poll(waiting, terminal, plan, tallies["long_poll"]))
    return tallies


def _client(url: str, trusted: ssl.SSLContext) -> httpx.AsyncClient:
    one = httpx.Limits(max_connections=1)
    return httpx.AsyncClient(
        base_url=url, trust_env=False, timeout=_TIMEOUT_S, limits=one, verify=trusted
    )


async def _beat(
    sender: _Sender,
    fleet: Sequence[LoadTerminal],
    plan: Plan,
    tally: Tally,
    group: asyncio.TaskGroup,
) -> None:
    if plan.heartbeat_s <= 0:
        return
    # Jitter spreads a real fleet evenly; here the even spacing itself is what is wanted.
    order = itertools.cycle(random.sample(fleet, len(fleet)))
    async for _ in _ticks(len(fleet) / plan.heartbeat_s, plan.duration_s):
        group.create_task(_heartbeat(sender, next(order), tally))


async def _pay(
    sender: _Sender,
    fleet: Sequence[LoadTerminal],
    plan: Plan,
    tally: Tally,
    group: asyncio.TaskGroup,
) -> None:
    if plan.rate <= 0:
        return
    busy: set[str] = set()
    order = itertools.cycle(fleet)
    async for _ in _ticks(plan.rate / plan.batch, plan.duration_s):
        terminal = _first_free(order, busy, len(fleet))
        if terminal is None:
            tally.errors["all terminals busy"] += 1
            continue
        busy.add(terminal.terminal_id)
        group.create_task(_payments(sender, terminal, plan.batch, tally, busy))


def _first_free(order: Iterator[LoadTerminal], busy: set[str], count: int) -> LoadTerminal | None:
    return next((it for it in itertools.islice(order, count) if it.terminal_id not in busy), None)


async def _ticks(per_s: float, duration_s: float) -> AsyncIterator[None]:
    begun = time.monotonic()
    for number in itertools.count():
        due = number / per_s
        if due >= duration_s:
            return
        ahead = begun + due - time.monotonic()
        if ahead > 0:
            await asyncio.sleep(ahead)
        yield


async def _heartbeat(sender: _Sender, terminal: LoadTerminal, tally: Tally) -> None:
    await sender.timed("POST", HEARTBEAT_PATH, terminal, tally, terminal.heartbeat())


async def _payments(
    sender: _Sender, terminal: LoadTerminal, size: int, tally: Tally, busy: set[str]
) -> None:
    numbers, body = terminal.batch(size)
    response = await sender.timed("POST", PAYMENTS_PATH, terminal, tally, body)
    busy.discard(terminal.terminal_id)
    if response is None:
        return
    try:
        answers = BatchAnswer.model_validate_json(response.content).answers
    except ValidationError:
        tally.errors["no answer of a backend"] += 1
        return
    done = {it.number for it in answers if it.verdict in _DONE}
    terminal.answered |= done
    if done != set(numbers):
        tally.errors["payments not taken"] += len(set(numbers) - done)


async def _poll(sender: _Sender, terminal: LoadTerminal, plan: Plan, tally: Tally) -> None:
    until = time.monotonic() + plan.duration_s
    while (left := until - time.monotonic()) > 1:
        path = f"{DESIRED_PATH}?after=0&wait={min(_POLL_S, int(left))}"
        if await sender.timed("GET", path, terminal, tally, None) is None:
            await asyncio.sleep(1)
