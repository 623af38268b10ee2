"""The real wallet backend in this process: app, store and SQLite, without sockets.

Requests go through the whole ASGI app, one at a time. It must never see anything of the terminal but
the bytes of its requests.
"""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from fastapi import FastAPI

from simulation.proof.blank import blank_wallet
from wallet.http import terminal_routes
from wallet.http.app import Parts, create_app
from wallet.payments.store import Store
from wallet.settings import Settings, Settle
from wallet.storage.database import open_for_writing
from wallet.terminals.gate import OpenGate


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer of the backend."""

    status: int
    body: bytes


@cache
def _service() -> tuple[FastAPI, Store]:
    """The app and its store, built once a process; each backend begins the store anew."""
    store = Store.__new__(Store)
    return create_app(Settings(settle=Settle.INSTANT), store, Parts(gate=OpenGate())), store


@contextmanager
def one_thread() -> Iterator[None]:
    """While this holds, the backend's blocking work runs where its requests do."""

    async def at_once(work: Callable[..., Any], *args: Any) -> Any:
        return work(*args)

    with patch.object(terminal_routes, "run_in_threadpool", at_once):
        yield


class Backend:
    """One backend on one file; it can be restarted."""

    def __init__(self, path: Path, now: Callable[[], datetime]) -> None:
        self._path = path
        self._now = now
        self._given = 0
        self._runner = asyncio.Runner()
        path.write_bytes(blank_wallet())
        self._app, self._store = _service()
        self._open()

    def _open(self) -> None:
        Store.__init__(self._store, open_for_writing(self._path), self._now, self._new_id)

    def _new_id(self) -> str:
        self._given += 1
        return f"backend-{self._given}"

    def restart(self) -> None:
        """The process ends and begins again on the same file."""
        self._store.close()
        self._open()

    def close(self) -> None:
        """End for good; the file can be read then."""
        self._store.close()
        self._runner.close()

    def post(self, path: str, body: bytes) -> Reply:
        """One request, from its first byte to the end of its answer."""
        return self._runner.run(_call(self._app, path, body))


async def _call(app: Any, path: str, body: bytes) -> Reply:
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await app(_scope(path), receive, send)
    whole = b"".join(message.get("body", b"") for message in sent)
    return Reply(int(sent[0]["status"]), whole)


def _scope(path: str) -> dict[str, Any]:
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(b"content-type", b"application/json")],
        "client": ("terminal", 1),
        "server": ("backend", 80),
    }
