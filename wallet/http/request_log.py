"""One log line for each request but a heartbeat that was taken, under an id that the answer has too.

The id is the caller's, if it looks like one, so that a terminal's log and this one can be laid
side by side. What nobody expected ends here: it is logged with its trace and answered by 500. It
must never log a body, a query or an address of a customer.
"""

import re
import time
from collections.abc import Callable

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from terminal_api.paths import HEARTBEAT_PATH
from wallet.http.metrics import Metrics
from wallet.http.refusals import internal_error

_log = structlog.get_logger(__name__)

_HEADER = "X-Request-Id"
_NOT_TOLD = {(HEARTBEAT_PATH, 200)}
"""Fourteen million lines a day of a fleet of ten thousand: counted, and shown by the register."""
_LOOKS_LIKE_ONE = re.compile(r"[A-Za-z0-9_-]{8,64}")


class RequestLog:
    """ASGI middleware, outermost.

    Args:
        app: what serves the request.
        new_id: an id for a request that brought none.
        metrics: counts requests, if given.
    """

    def __init__(
        self, app: ASGIApp, new_id: Callable[[], str], metrics: Metrics | None = None
    ) -> None:
        self._app = app
        self._new_id = new_id
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        told = Headers(scope=scope).get(_HEADER, "")
        request_id = told if _LOOKS_LIKE_ONE.fullmatch(told) else self._new_id()
        scope.setdefault("state", {})["request_id"] = request_id
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            await self._serve(scope, receive, send, request_id)

    async def _serve(self, scope: Scope, receive: Receive, send: Send, request_id: str) -> None:
        begun = time.perf_counter()
        status = 0

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[_HEADER] = request_id
            await send(message)

        try:
            await self._app(scope, receive, send_with_id)
        except Exception:
            _log.exception("request_broke", alarm=True, path=scope["path"])
            if status == 0:
                await internal_error(request_id)(scope, receive, send_with_id)
        finally:
            took_s = time.perf_counter() - begun
            tell = _log.debug if (scope["path"], status) in _NOT_TOLD else _log.info
            tell(
                "request",
                method=scope["method"],
                path=scope["path"],
                status=status,
                took_ms=round(took_s * 1000, 1),
            )
            if self._metrics is not None:
                self._metrics.answered(_method(scope), _route(scope), status, took_s)


def _route(scope: Scope) -> str:
    """The path as the routes have it: what nobody serves is one label, whatever was asked."""
    return str(getattr(scope.get("route"), "path", "other"))


def _method(scope: Scope) -> str:
    return str(scope["method"]) if scope["method"] in ("GET", "POST", "HEAD") else "other"
