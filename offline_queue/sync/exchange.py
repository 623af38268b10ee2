"""One HTTP request with bounds on everything: time to connect, silence, whole time, size of answer.

Large bodies are packed, and every request is signed where there is a signer. Whatever goes wrong
becomes one `TransportFailedError` with its kind; an answer of any status is an answer. It must never
follow a redirect, log a body, or retry by itself, but for one case in which the backend has told that
it took nothing: the time of signing was off, and it said what time it is.
"""

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Final

import requests
import structlog
import urllib3

from offline_queue.sync.answers import read_error
from offline_queue.sync.messages import SyncRequest, TransportTrouble
from offline_queue.sync.signer import Signer
from terminal_api import ErrorCode
from terminal_api.signing import Unsigned

_log = structlog.get_logger(__name__)

Session = requests.Session
"""For those who pass one on: `requests` is imported in this room alone."""

_CHUNK: Final = 65_536
PACK_FROM: Final = 2_048
"""Bytes from which a body is packed: below, it fits a packet or two anyway."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """Seconds and bytes. `read_s` is the longest silence, `whole_s` the longest exchange."""

    connect_s: float = 5.0
    read_s: float = 20.0
    whole_s: float = 60.0
    answer_bytes: int = 1_048_576


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An HTTP answer, whoever wrote it."""

    status_code: int
    body: bytes
    retry_after_s: float | None


class TransportFailedError(Exception):
    """No answer was read; whether the request arrived is unknown."""

    def __init__(self, kind: TransportTrouble) -> None:
        super().__init__(str(kind))
        self.kind = kind


def plain_session() -> requests.Session:
    """A session that takes nothing from the environment (proxies, .netrc) and decodes nothing."""
    session = requests.Session()
    session.trust_env = False
    session.headers.update({"Accept": "application/json", "Accept-Encoding": "identity"})
    return session


def exchange(
    session: requests.Session,
    base_url: str,
    request: SyncRequest,
    bounds: Bounds,
    clock: Callable[[], float],
    signer: Signer | None = None,
) -> Reply:
    """Send one request and read its answer; blocks for at most about `bounds.whole_s` seconds.

    Raises:
        TransportFailedError: no whole answer came.
    """
    reply = _tried(session, base_url, request, bounds, clock, signer)
    if signer is not None and _learnt_the_time(signer, reply):
        reply = _tried(session, base_url, request, bounds, clock, signer)
    return reply


def _learnt_the_time(signer: Signer, reply: Reply) -> bool:
    """True when the backend refused for the time of signing alone, and said what time it is."""
    error = read_error(reply.body) if reply.status_code == 401 else None
    if error is None or error.error is not ErrorCode.CLOCK_SKEW or error.server_time is None:
        return False
    ahead = signer.correct(error.server_time)
    _log.warning("signing_time_corrected", seconds=round(ahead.total_seconds()))
    return True


def _tried(
    session: requests.Session,
    base_url: str,
    request: SyncRequest,
    bounds: Bounds,
    clock: Callable[[], float],
    signer: Signer | None,
) -> Reply:
    try:
        return _exchange(session, base_url, request, bounds, clock, signer)
    except requests.exceptions.SSLError:
        raise TransportFailedError(TransportTrouble.TLS) from None
    except requests.exceptions.ConnectTimeout:
        raise TransportFailedError(TransportTrouble.CONNECT) from None
    except (requests.exceptions.Timeout, urllib3.exceptions.TimeoutError):
        raise TransportFailedError(TransportTrouble.TIMEOUT) from None
    except requests.exceptions.ConnectionError as error:
        raise TransportFailedError(_connection_trouble(error)) from None
    except (requests.exceptions.RequestException, urllib3.exceptions.HTTPError, OSError):
        raise TransportFailedError(TransportTrouble.BROKEN) from None


def _exchange(
    session: requests.Session,
    base_url: str,
    request: SyncRequest,
    bounds: Bounds,
    clock: Callable[[], float],
    signer: Signer | None,
) -> Reply:
    deadline = clock() + bounds.whole_s
    bare = _on_the_wire(request)
    headers = dict(bare.headers) | (signer.headers(bare) if signer is not None else {})
    with session.request(
        bare.method,
        base_url + bare.target,
        data=bare.content or None,
        headers=headers | {"X-Request-Id": request.request_id},
        timeout=(bounds.connect_s, bounds.read_s),
        allow_redirects=False,
        stream=True,
    ) as response:
        return Reply(
            status_code=response.status_code,
            body=_bounded_body(response, bounds.answer_bytes, deadline, clock),
            retry_after_s=_retry_after(response),
        )


def _on_the_wire(request: SyncRequest) -> Unsigned:
    """The request as it travels; the same bytes for the same request."""
    if request.method == "GET":
        return Unsigned(method="GET", target=request.path, headers=(), content=b"")
    headers: tuple[tuple[str, str], ...] = (("content-type", "application/json"),)
    content = request.body
    if len(content) >= PACK_FROM:
        content = gzip.compress(content, compresslevel=6, mtime=0)
        headers += (("content-encoding", "gzip"),)
    return Unsigned(method="POST", target=request.path, headers=headers, content=content)


def _bounded_body(
    response: requests.Response, limit: int, deadline: float, clock: Callable[[], float]
) -> bytes:
    body = bytearray()
    # read1 returns what has come: a server that drips bytes cannot hold us past the deadline.
    while chunk := response.raw.read1(_CHUNK):
        body += chunk
        if len(body) > limit:
            raise TransportFailedError(TransportTrouble.OVERSIZED)
        if clock() > deadline:
            raise TransportFailedError(TransportTrouble.TIMEOUT)
    return bytes(body)


def _retry_after(response: requests.Response) -> float | None:
    """Seconds from `Retry-After`; a date is taken against the server's `Date`, not our clock."""
    value = response.headers.get("Retry-After", "").strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        until = parsedate_to_datetime(value)
        told = parsedate_to_datetime(response.headers.get("Date", ""))
        return max(0.0, (until - told).total_seconds())
    except (TypeError, ValueError):
        return None


def _connection_trouble(error: requests.exceptions.ConnectionError) -> TransportTrouble:
    """A connection that never was, apart from one that broke after the request may have gone."""
    reason = error.args[0] if error.args else None
    cause = getattr(reason, "reason", None)
    if isinstance(cause, urllib3.exceptions.NewConnectionError):
        return TransportTrouble.CONNECT
    return TransportTrouble.BROKEN
