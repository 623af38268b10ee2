"""Turns on a database of the test's own, keys, and a clock that is set by hand."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from terminal_api.signing import Unsigned, nonce_of, sign
from wallet.storage.database import open_for_writing
from wallet.storage.turns import Turns, turns_of
from wallet.terminals.keyring import KeyRing

T = "10000001"


@dataclass
class Clock:
    """The time here."""

    now: datetime = datetime(2026, 5, 1, 10, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def on(self, **more: float) -> None:
        self.now += timedelta(**more)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def turns(any_database: str) -> Iterator[Turns]:
    engine = open_for_writing(any_database, 4)
    yield turns_of(engine)
    engine.dispose()


@pytest.fixture
def ring(turns: Turns, clock: Clock) -> KeyRing:
    return KeyRing(turns, clock)


def key(number: int) -> Ed25519PrivateKey:
    """The same key for the same number."""
    return Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32)


def signed(
    by: Ed25519PrivateKey, at: datetime, *, nonce: int = 1, terminal_id: str = T
) -> Unsigned:
    """A request of a terminal."""
    bare = Unsigned(
        method="POST",
        target="/terminal/v1/heartbeat",
        headers=(("content-type", "application/json"),),
        content=b"{}",
    )
    added = sign(
        bare, by, terminal_id=terminal_id, created=at, nonce=nonce_of(nonce.to_bytes(16, "big"))
    )
    return replace(bare, headers=(*bare.headers, *added.items()))
