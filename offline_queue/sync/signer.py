"""Signs requests with the terminal's key, by a time of its own that the backend may correct.

A terminal's clock may be wrong, and its journal keeps what it says; but a signature must tell a time
that the backend takes for now. So the difference that a refusal tells is kept here and used for
signing alone. Belongs to one thread. It must never show the key.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from terminal_api.signing import NONCE_BYTES, Unsigned, key_id_of, nonce_of, sign


class Signer:
    """The terminal's signature.

    Args:
        terminal_id: eight digits.
        key: raw private key of Ed25519, 32 bytes.
        now: aware time by the terminal's clock.
        random: bytes fit for secrets.
    """

    def __init__(
        self,
        terminal_id: str,
        key: bytes,
        now: Callable[[], datetime],
        random: Callable[[int], bytes],
    ) -> None:
        self._terminal_id = terminal_id
        self._key = Ed25519PrivateKey.from_private_bytes(key)
        self._now = now
        self._random = random
        self._ahead = timedelta(0)

    @property
    def public_key(self) -> str:
        """The public half, as hexadecimal digits."""
        return self._key.public_key().public_bytes_raw().hex()

    @property
    def key_id(self) -> str:
        """The name of the public half."""
        return key_id_of(self._key.public_key())

    def headers(self, request: Unsigned) -> dict[str, str]:
        """What makes this a signed request."""
        return sign(
            request,
            self._key,
            terminal_id=self._terminal_id,
            created=self._now().astimezone(UTC) + self._ahead,
            nonce=nonce_of(self._random(NONCE_BYTES)),
        )

    def correct(self, server_time: datetime) -> timedelta:
        """Sign by this time from now on; returns how far it is ahead of the terminal's clock."""
        self._ahead = server_time - self._now()
        return self._ahead
