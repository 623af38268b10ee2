"""Hands out what was published, to terminals that sign. Changes nothing."""

from typing import Annotated, Final

from fastapi import APIRouter, Path, Request, Response
from starlette.concurrency import run_in_threadpool

from terminal_api import ErrorCode
from terminal_api.content import VERSION_PATTERN, ContentKind
from terminal_api.paths import CONTENT_PATH
from terminal_api.signing import Unsigned
from wallet.http.admission import admitted, received
from wallet.http.refusals import RefusedError
from wallet.http.terminal_routes import ERRORS
from wallet.publishing.publisher import content_of
from wallet.storage.turns import Turns
from wallet.terminals.gate import Gate

_BODY_LIMIT: Final = 1024
"""A question without a body."""

_BYTES: Final = "application/octet-stream"


def content_routes(gate: Gate, turns: Turns) -> APIRouter:
    """The route of contents."""
    router = APIRouter(tags=["terminal"])

    def found(it: Unsigned, kind: ContentKind, version: str) -> bytes:
        admitted(gate, it, _BODY_LIMIT)
        with turns.read() as connection:
            content = content_of(connection, kind, version)
        if content is None:
            raise RefusedError(404, ErrorCode.NOT_FOUND, "no such version was published")
        return content

    @router.get(
        CONTENT_PATH,
        response_class=Response,
        responses={
            **ERRORS,
            404: ERRORS[403],
            200: {"content": {_BYTES: {"schema": {"type": "string", "format": "binary"}}}},
        },
    )
    async def content(
        request: Request,
        kind: ContentKind,
        version: Annotated[str, Path(pattern=VERSION_PATTERN)],
    ) -> Response:
        """The bytes of a version; the desired state tells their hash."""
        it = await received(request, _BODY_LIMIT)
        return Response(await run_in_threadpool(found, it, kind, version), media_type=_BYTES)

    return router
