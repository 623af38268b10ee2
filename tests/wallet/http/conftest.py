"""The backend as `wallet serve` runs it, and two terminals that it knows."""

from collections.abc import Iterator

import httpx
import pytest

from simulation.proof.blank import blank_wallet
from wallet.server import EmbeddedBackend
from wallet.settings import Settings

T, U = "10000001", "10000002"


@pytest.fixture
def backend(database) -> Iterator[EmbeddedBackend]:
    database.write_bytes(blank_wallet())
    it = EmbeddedBackend(Settings(database=f"sqlite:///{database}", port=0, settle="instant"))
    it.start()
    yield it
    it.stop()


@pytest.fixture
def client(backend, enrol) -> Iterator[httpx.Client]:
    """Signs for terminal T."""
    signed = enrol(backend.store.turns, T)
    with httpx.Client(base_url=backend.url, auth=signed, trust_env=False, timeout=30) as it:
        yield it


@pytest.fixture
def other(backend, enrol) -> Iterator[httpx.Client]:
    """Signs for terminal U."""
    signed = enrol(backend.store.turns, U)
    with httpx.Client(base_url=backend.url, auth=signed, trust_env=False, timeout=30) as it:
        yield it
