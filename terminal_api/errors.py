"""The body of every answer that is not a success.

A terminal trusts a refusal only when it carries this body: a proxy or a captive portal that answers
in the backend's place does not know it. It must never quote the customer's data back.
"""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class ErrorCode(StrEnum):
    """Why a request as a whole was not served."""

    MALFORMED = "malformed"
    """The body is not JSON or not the model of this path."""
    TOO_LARGE = "too_large"
    TERMINAL_UNKNOWN = "terminal_unknown"
    """The backend does not serve this terminal id."""
    NOT_FOUND = "not_found"
    METHOD_NOT_ALLOWED = "method_not_allowed"
    BUSY = "busy"
    """Try later; see the `Retry-After` header."""
    INTERNAL = "internal"


class ErrorDetail(BaseModel):
    """One thing that is wrong with the request: where, and what, never the offending value."""

    model_config = ConfigDict(frozen=True)

    where: str
    problem: str


class ErrorBody(BaseModel):
    """Why a request failed. `request_id` is what support asks for; unknown fields are ignored."""

    model_config = ConfigDict(frozen=True)

    error: ErrorCode
    message: str
    request_id: str = ""
    details: tuple[ErrorDetail, ...] = ()
