"""What a heartbeat costs the backend's process, with a generator that costs next to nothing itself.

Run it by hand (`python -m benchmarks.heartbeat_cost [sqlite|postgres [COUNT [PER_SECOND]]]`).
Requests are signed beforehand and sent over forty connections that stay open, at a steady pace: 167 a
second is 10,000 terminals with one a minute. Processor time is that of the server's process by the
system's accounts. It is no ratio to a baseline: what it is held against is one core.
"""

import asyncio
import json
import secrets
import statistics
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from benchmarks.postgres_server import running_server
from terminal_api.paths import HEARTBEAT_PATH
from terminal_api.signing import NONCE_BYTES, Unsigned, nonce_of, sign
from wallet.load.fleet import LoadTerminal, make_fleet
from wallet.load.own_server import OwnServer, own_server
from wallet.storage.database import open_for_writing

_TERMINALS = 500
_CONNECTIONS = 40
_FLEET_PER_S = 10_000 / 60

_Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]


def main(which: str = "sqlite", count: str = "2500", per_s: str = "167") -> int:
    """Measure, and print JSON."""
    if which == "postgres":
        with running_server() as server:
            told = _measured(server.create("load"), int(count), float(per_s))
    else:
        with TemporaryDirectory() as folder:
            told = _measured(str(Path(folder) / "wallet.db"), int(count), float(per_s))
    sys.stdout.write(json.dumps({"database": which, **told}, indent=2) + "\n")
    return 0


def _measured(where: str, count: int, per_s: float) -> dict[str, object]:
    engine = open_for_writing(where, 1)
    fleet = make_fleet(engine, _TERMINALS)
    engine.dispose()
    with TemporaryDirectory() as folder, own_server(where, Path(folder) / "log") as server:
        # Once by every terminal, unmeasured: connections are opened, statements planned.
        asyncio.run(_send(server, [_request(it) for it in fleet], 1_000.0))
        requests = [_request(fleet[n % _TERMINALS]) for n in range(count)]
        spent, begun = server.processor_s(), time.monotonic()
        statuses, seconds = asyncio.run(_send(server, requests, per_s))
        spent, took = server.processor_s() - spent, time.monotonic() - begun
    return {
        "answers": dict(statuses),
        "per_s": round(count / took, 1),
        "p50_ms": round(statistics.median(seconds) * 1000, 1),
        "processor_ms_each": round(spent / count * 1000, 3),
        "core_share_of_10000_terminals": round(spent / count * _FLEET_PER_S, 3),
    }


def _request(terminal: LoadTerminal) -> bytes:
    body = terminal.heartbeat()
    kind = ("content-type", "application/json")
    signed = sign(
        Unsigned(method="POST", target=HEARTBEAT_PATH, headers=(kind,), content=body),
        terminal.signed.key,
        terminal_id=terminal.terminal_id,
        created=datetime.now(UTC),
        nonce=nonce_of(secrets.token_bytes(NONCE_BYTES)),
    )
    headers = {
        "host": "127.0.0.1",
        "accept": "*/*",
        "accept-encoding": "gzip, deflate",
        "content-length": str(len(body)),
        "x-request-id": secrets.token_hex(16),
        kind[0]: kind[1],
        **signed,
    }
    lines = [f"POST {HEARTBEAT_PATH} HTTP/1.1", *(f"{n}: {it}" for n, it in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode() + body


async def _send(
    server: OwnServer, requests: list[bytes], per_s: float
) -> tuple[Counter[str], list[float]]:
    port = urlsplit(server.url).port
    free: asyncio.Queue[_Line] = asyncio.Queue()
    for _ in range(_CONNECTIONS):
        free.put_nowait(await asyncio.open_connection("127.0.0.1", port))
    statuses: Counter[str] = Counter()
    seconds: list[float] = []

    async def one(request: bytes) -> None:
        begun = time.perf_counter()
        line = await free.get()
        statuses[await _answered(line, request)] += 1
        seconds.append(time.perf_counter() - begun)
        free.put_nowait(line)

    begun = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for number, request in enumerate(requests):
            await asyncio.sleep(max(0.0, begun + number / per_s - time.perf_counter()))
            group.create_task(one(request))
    while not free.empty():
        free.get_nowait()[1].close()
    return statuses, seconds


async def _answered(line: _Line, request: bytes) -> str:
    """The status, once the whole answer is read."""
    reader, writer = line
    writer.write(request)
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    await reader.readexactly(int(head.split("content-length:")[1].split("\r\n")[0]))
    return head.split(" ")[1]


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
