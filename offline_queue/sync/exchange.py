"""One HTTP POST with bounds on everything: time to connect, silence, whole time, size of answer.

Whatever goes wrong becomes one `TransportFailedError` with its kind; an answer of any status is an
answer. It must never follow a redirect, retry by itself, or log a body.
"""

from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Final

import requests
import urllib3

from offline_queue.sync.messages import SyncRequest, TransportTrouble

_CHUNK: Final = 65_536


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
) -> Reply:
    """Send one request and read its answer; blocks for at most about `bounds.whole_s` seconds.

    Raises:
        TransportFailedError: no whole answer came.
    """
    try:
        return _exchange(session, base_url, request, bounds, clock)
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
) -> Reply:
    deadline = clock() + bounds.whole_s
    with session.post(
        base_url + request.path,
        data=request.body,
        headers={"Content-Type": "application/json", "X-Request-Id": request.request_id},
        timeout=(bounds.connect_s, bounds.read_s),
        allow_redirects=False,
        stream=True,
    ) as response:
        return Reply(
            status_code=response.status_code,
            body=_bounded_body(response, bounds.answer_bytes, deadline, clock),
            retry_after_s=_retry_after(response),
        )


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
