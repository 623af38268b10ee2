"""Puts the HTTP service together. Its parts live in their own files; this one only joins them."""

import uuid
from collections.abc import Callable

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool

from wallet.http.openapi import publish_models
from wallet.http.refusals import answer_refusals
from wallet.http.request_log import RequestLog
from wallet.http.terminal_routes import terminal_routes
from wallet.payments.store import Store
from wallet.settings import Settings

VERSION = "0.1.0"


def create_app(
    settings: Settings, store: Store, *, new_request_id: Callable[[], str] | None = None
) -> FastAPI:
    """The backend as an ASGI app. The caller opens the store before and closes it after."""
    app = FastAPI(title="Wallet backend", version=VERSION, docs_url=None, redoc_url=None)
    answer_refusals(app)
    app.include_router(terminal_routes(settings, store))
    _add_probes(app, store)
    publish_models(app)
    app.add_middleware(RequestLog, new_id=new_request_id or (lambda: uuid.uuid4().hex))
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
