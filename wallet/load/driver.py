"""Puts the load on: heartbeats, payments and long polls of many terminals, each when it is due.

Requests begin by the clock and not when the last one ended, so that a slow server is seen as slow
instead of being asked less. One payment request of a terminal is under way at a time, as with a real
one. On one event loop.
"""

import asyncio
import itertools
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
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
_CONNECTIONS: Final = 200
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


async def drive(url: str, fleet: Sequence[LoadTerminal], plan: Plan) -> dict[str, Tally]:
    """Run the plan to its end and until everything under way is answered."""
    limits = httpx.Limits(
        max_connections=_CONNECTIONS + plan.polls, max_keepalive_connections=_CONNECTIONS
    )
    tallies = {kind: Tally() for kind in ("heartbeat", "payments", "long_poll")}
    async with (
        httpx.AsyncClient(
            base_url=url, trust_env=False, timeout=_TIMEOUT_S, limits=limits
        ) as client,
        asyncio.TaskGroup() as group,
    ):
        group.create_task(_beat(client, fleet, plan, tallies["heartbeat"], group))
        group.create_task(_pay(client, fleet, plan, tallies["payments"], group))
        for terminal in fleet[: plan.polls]:
            group.create_task(_poll(client, terminal, plan, tallies["long_poll"]))
    return tallies


async def _beat(
    client: httpx.AsyncClient,
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
        group.create_task(_heartbeat(client, next(order), tally))


async def _pay(
    client: httpx.AsyncClient,
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
        group.create_task(_payments(client, terminal, plan.batch, tally, busy))


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


async def _heartbeat(client: httpx.AsyncClient, terminal: LoadTerminal, tally: Tally) -> None:
    await _timed(client.post, HEARTBEAT_PATH, terminal, tally, terminal.heartbeat())


async def _payments(
    client: httpx.AsyncClient, terminal: LoadTerminal, size: int, tally: Tally, busy: set[str]
) -> None:
    numbers, body = terminal.batch(size)
    response = await _timed(client.post, PAYMENTS_PATH, terminal, tally, body)
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


async def _poll(
    client: httpx.AsyncClient, terminal: LoadTerminal, plan: Plan, tally: Tally
) -> None:
    until = time.monotonic() + plan.duration_s
    while (left := until - time.monotonic()) > 1:
        path = f"{DESIRED_PATH}?after=0&wait={min(_POLL_S, int(left))}"
        if await _timed(client.get, path, terminal, tally, None) is None:
            await asyncio.sleep(1)


async def _timed(
    send: Callable[..., Awaitable[httpx.Response]],
    path: str,
    terminal: LoadTerminal,
    tally: Tally,
    body: bytes | None,
) -> httpx.Response | None:
    begun = time.monotonic()
    more: dict[str, object] = {} if body is None else {"content": body, "headers": _JSON}
    try:
        response = await send(path, auth=terminal.signed, **more)
    except httpx.HTTPError as error:
        tally.errors[type(error).__name__] += 1
        return None
    if response.status_code != 200:
        tally.errors[f"status {response.status_code}"] += 1
        return None
    tally.seconds.append(time.monotonic() - begun)
    return response
