"""Every answer that is not a success, in the one form of the terminal API.

Unexpected errors are logged with their trace and told only by the request id. It must never quote
what the request held, nor say how the inside looks.
"""

import re
from datetime import datetime
from typing import Any

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException

from terminal_api import ErrorBody, ErrorCode, ErrorDetail, canonical_bytes
from terminal_api.signing import TERMINAL_HEADER
from wallet.http.metrics import Metrics
from wallet.storage.turns import StoreBusyError

_log = structlog.get_logger(__name__)

_RETRY_AFTER_S = "5"
_MOST_DETAILS = 10
_TERMINAL_ID = re.compile(r"[0-9]{8}")
_CODES = {404: ErrorCode.NOT_FOUND, 405: ErrorCode.METHOD_NOT_ALLOWED}


class RefusedError(Exception):
    """The request as a whole is refused."""

    def __init__(
        self,
        status_code: int,
        error: ErrorCode,
        message: str,
        details: tuple[ErrorDetail, ...] = (),
        *,
        server_time: datetime | None = None,
        retry_after_s: int | None = None,
    ) -> None:
        super().__init__(message)
        self.status_code = status_code
        self.error = error
        self.message = message
        self.details = details
        self.server_time = server_time
        self.retry_after_s = retry_after_s


def malformed(error: ValidationError, message: str) -> RefusedError:
    """A refusal that says where the body is wrong, without its values."""
    problems = error.errors(include_input=False, include_url=False, include_context=False)
    details = tuple(
        ErrorDetail(where=_where(problem["loc"]), problem=problem["msg"])
        for problem in problems[:_MOST_DETAILS]
    )
    return RefusedError(422, ErrorCode.MALFORMED, message, details)


def answer_refusals(app: FastAPI) -> None:
    """Give every failing request of this app an `ErrorBody`."""
    app.add_exception_handler(RefusedError, _refused)
    app.add_exception_handler(RequestValidationError, _of_the_query)
    app.add_exception_handler(HTTPException, _of_the_framework)
    app.add_exception_handler(StoreBusyError, _busy)
    app.add_exception_handler(OperationalError, _busy)


def internal_error(request_id: str) -> Response:
    """The answer when something broke that nobody expected."""
    body = ErrorBody(error=ErrorCode.INTERNAL, message="internal error", request_id=request_id)
    return _json(500, body)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, RefusedError)
    told = {"path": request.scope["path"], "terminal_id": _claimed(request)}
    _log.warning("request_refused", status=error.status_code, error=error.error, **told)
    body = ErrorBody(
        error=error.error,
        message=error.message,
        request_id=_request_id(request),
        details=error.details,
        server_time=error.server_time,
    )
    response = _answer(request, error.status_code, body)
    if error.retry_after_s is not None:
        response.headers["Retry-After"] = str(error.retry_after_s)
    return response


async def _of_the_query(request: Request, error: Exception) -> Response:
    """The framework's own body would quote what was asked."""
    assert isinstance(error, RequestValidationError)
    details = tuple(
        ErrorDetail(where=_where(problem["loc"]), problem=problem["msg"])
        for problem in error.errors()[:_MOST_DETAILS]
    )
    refused = RefusedError(422, ErrorCode.MALFORMED, "the address is wrong", details)
    return await _refused(request, refused)


async def _of_the_framework(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code = _CODES.get(error.status_code, ErrorCode.MALFORMED)
    body = ErrorBody(error=code, message=str(error.detail), request_id=_request_id(request))
    return _answer(request, error.status_code, body)


async def _busy(request: Request, error: Exception) -> Response:
    """The database cannot serve now (taken, full, I/O error): a repeat will find out."""
    _log.error("database_trouble", alarm=True, exc_info=error)
    body = ErrorBody(
        error=ErrorCode.BUSY, message="try again later", request_id=_request_id(request)
    )
    response = _answer(request, 503, body)
    response.headers["Retry-After"] = _RETRY_AFTER_S
    return response


def _answer(request: Request, status_code: int, body: ErrorBody) -> Response:
    metrics: Metrics | None = getattr(request.app.state, "metrics", None)
    if metrics is not None:
        metrics.refused(body.error)
    return _json(status_code, body)


def _json(status_code: int, body: ErrorBody) -> Response:
    return Response(canonical_bytes(body), status_code, media_type="application/json")


def _claimed(request: Request) -> str | None:
    """Whose request it says it is: proves nothing, and helps whoever reads the log."""
    told = request.headers.get(TERMINAL_HEADER, "")
    return told if _TERMINAL_ID.fullmatch(told) else None


def _request_id(request: Request) -> str:
    return str(getattr(request.state, "request_id", ""))


def _where(location: tuple[Any, ...]) -> str:
    return ".".join(str(part) for part in location) or "body"
