"""The body of every answer that is not a success.

A terminal trusts a refusal only when it carries this body: a proxy or a captive portal that answers
in the backend's place does not know it. It must never quote the customer's data back.
"""

from enum import StrEnum

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field


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
    SIGNATURE_MISSING = "signature_missing"
    SIGNATURE_INVALID = "signature_invalid"
    """Something that is signed, or the content, is not what was signed."""
    KEY_UNKNOWN = "key_unknown"
    """No key in force has this id: never enrolled, replaced, or revoked."""
    CLOCK_SKEW = "clock_skew"
    """Signed too long ago or too far ahead; `server_time` says by how much."""
    REPLAYED = "replayed"
    """This very signature was used before."""
    OTHER_TERMINAL = "other_terminal"
    """The body speaks for another terminal than the one that signed."""
    TOKEN_INVALID = "token_invalid"  # noqa: S105 - a code, no token
    """The enrolment token is not known, used up, or too old."""
    TOO_MANY = "too_many"
    """More requests than this terminal may make; see the `Retry-After` header."""
    INTERNAL = "internal"


class ErrorDetail(BaseModel):
    """One thing that is wrong with the request: where, and what, never the offending value."""

    model_config = ConfigDict(frozen=True)

    where: str
    problem: str


class ErrorBody(BaseModel):
    """Why a request failed. `request_id` is what support asks for; unknown fields are ignored.
    `server_time` stands where the caller's clock is the trouble.
    """

    model_config = ConfigDict(frozen=True)

    error: ErrorCode
    message: str
    request_id: str = ""
    details: tuple[ErrorDetail, ...] = ()
    server_time: AwareDatetime | None = Field(default=None, exclude_if=lambda time: time is None)
