"""Every answer that is not a success, in the one form of the terminal API.

Unexpected errors are logged with their trace and told only by the request id. It must never quote
what the request held, nor say how the inside looks.
"""

from typing import Any

import structlog
from fastapi import FastAPI, Request, Response
from pydantic import ValidationError
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException

from terminal_api import ErrorBody, ErrorCode, ErrorDetail, canonical_bytes
from wallet.payments.store import StoreBusyError

_log = structlog.get_logger(__name__)

_RETRY_AFTER_S = "5"
_MOST_DETAILS = 10
_CODES = {404: ErrorCode.NOT_FOUND, 405: ErrorCode.METHOD_NOT_ALLOWED}


class RefusedError(Exception):
    """The request as a whole is refused."""

    def __init__(
        self,
        status_code: int,
        error: ErrorCode,
        message: str,
        details: tuple[ErrorDetail, ...] = (),
    ) -> None:
        super().__init__(message)
        self.status_code = status_code
        self.error = error
        self.message = message
        self.details = details


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
    app.add_exception_handler(HTTPException, _of_the_framework)
    app.add_exception_handler(StoreBusyError, _busy)
    app.add_exception_handler(OperationalError, _busy)


def internal_error(request_id: str) -> Response:
    """The answer when something broke that nobody expected."""
    return _response(500, ErrorCode.INTERNAL, "internal error", request_id)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, RefusedError)
    _log.warning("request_refused", status=error.status_code, error=error.error)
    return _response(
        error.status_code, error.error, error.message, _request_id(request), error.details
    )


async def _of_the_framework(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code = _CODES.get(error.status_code, ErrorCode.MALFORMED)
    return _response(error.status_code, code, str(error.detail), _request_id(request))


async def _busy(request: Request, error: Exception) -> Response:
    """The database cannot serve now (taken, full, I/O error): a repeat will find out."""
    _log.error("database_trouble", alarm=True, exc_info=error)
    response = _response(503, ErrorCode.BUSY, "try again later", _request_id(request))
    response.headers["Retry-After"] = _RETRY_AFTER_S
    return response


def _response(
    status_code: int,
    code: ErrorCode,
    message: str,
    request_id: str,
    details: tuple[ErrorDetail, ...] = (),
) -> Response:
    body = ErrorBody(error=code, message=message, request_id=request_id, details=details)
    return Response(canonical_bytes(body), status_code, media_type="application/json")


def _request_id(request: Request) -> str:
    return str(getattr(request.state, "request_id", ""))


def _where(location: tuple[Any, ...]) -> str:
    return ".".join(str(part) for part in location) or "body"
