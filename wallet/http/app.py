"""Puts the HTTP service together. Its parts live in their own files; this one only joins them."""

import ipaddress
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from fastapi import FastAPI, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from wallet.http.content_routes import content_routes
from wallet.http.desired_watch import DesiredWatch
from wallet.http.fleet_routes import fleet_routes
from wallet.http.metrics import Metrics
from wallet.http.openapi import publish_models
from wallet.http.refusals import answer_refusals
from wallet.http.request_log import RequestLog
from wallet.http.terminal_routes import terminal_routes
from wallet.payments.store import Store
from wallet.settings import Settings
from wallet.terminals.desk import AccountCheck, Desk, nobody_can_say
from wallet.terminals.gate import Gate

VERSION = "0.1.0"


def _new_request_id() -> str:
    return uuid.uuid4().hex


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What stands behind the routes besides the store.

    `desk` is None for a backend that takes payments alone (the proof). `stopping` turns true when
    the process wants to end, and those who wait for a change are let go.
    """

    gate: Gate
    desk: Desk | None = None
    check: AccountCheck = nobody_can_say
    stopping: Callable[[], bool] = lambda: False
    metrics: Metrics | None = None
    new_request_id: Callable[[], str] = _new_request_id


def create_app(settings: Settings, store: Store, parts: Parts) -> FastAPI:
    """The backend as an ASGI app. The caller opens the store before and closes it after."""
    app = FastAPI(title="Wallet backend", version=VERSION, docs_url=None, redoc_url=None)
    app.state.metrics = parts.metrics
    answer_refusals(app)
    app.include_router(terminal_routes(settings, store, parts.gate, parts.metrics))
    if parts.desk is not None and parts.metrics is not None:
        watch = DesiredWatch(parts.desk.shadow, parts.stopping, parts.metrics.waiting)
        app.include_router(fleet_routes(parts.desk, watch, parts.check))
        app.include_router(content_routes(parts.desk.gate, store.turns))
    _add_probes(app, store)
    if parts.metrics is not None:
        _add_metrics(app, parts.metrics)
    publish_models(app)
    app.add_middleware(RequestLog, new_id=parts.new_request_id, metrics=parts.metrics)
    return app


def _add_probes(app: FastAPI, store: Store) -> None:
    @app.get("/health", tags=["operations"])
    async def health() -> dict[str, str]:
        """The process lives."""
        return {"status": "ok", "version": VERSION}

    @app.get("/ready", tags=["operations"])
    async def ready() -> dict[str, str]:
        """The database answers; 503 when it does not."""
        await run_in_threadpool(store.check)
        return {"status": "ready"}


def _add_metrics(app: FastAPI, metrics: Metrics) -> None:
    @app.get("/metrics", tags=["operations"], response_class=Response)
    def told(request: Request) -> Response:
        """What is counted, for Prometheus; told on the loopback alone."""
        host = request.client.host if request.client else ""
        if not _is_loopback(host):
            raise HTTPException(404)
        return Response(metrics.text(), media_type=CONTENT_TYPE_LATEST)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
