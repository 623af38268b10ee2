"""Signs what an httpx client sends, as a terminal does.

For `wallet load` and tests: real terminals have their own client. It must never be given a key that a
real terminal holds.
"""

import secrets
from collections.abc import Callable, Generator
from datetime import UTC, datetime

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from terminal_api.signing import NONCE_BYTES, Unsigned, nonce_of, sign


def _now() -> datetime:
    return datetime.now(UTC)


class SignedBy(httpx.Auth):
    """The signature of one terminal on every request."""

    requires_request_body = True

    def __init__(
        self, terminal_id: str, key: Ed25519PrivateKey, clock: Callable[[], datetime] = _now
    ) -> None:
        self.terminal_id = terminal_id
        self.key = key
        self._clock = clock

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Add the headers of a signature."""
        told = ("content-type", "content-encoding")
        bare = Unsigned(
            method=request.method,
            target=request.url.raw_path.decode("ascii"),
            headers=tuple(
                (name, request.headers[name]) for name in told if name in request.headers
            ),
            content=request.content,
        )
        added = sign(
            bare,
            self.key,
            terminal_id=self.terminal_id,
            created=self._clock(),
            nonce=nonce_of(secrets.token_bytes(NONCE_BYTES)),
        )
        request.headers.update(added)
        yield request
