"""Payments, and the real backend behind a line that misbehaves on order."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from simulation.network import Forwarder
from terminal_api import NoteItem, PaymentBatch, PaymentItem
from wallet.server import EmbeddedBackend
from wallet.settings import Settings
from wallet.terminals.gate import OpenGate

TERMINAL = "10000001"

BatchMaker = Callable[..., PaymentBatch]


def _payment(number: int, minor: int) -> PaymentItem:
    return PaymentItem(
        number=number,
        session=f"s{number}",
        provider_id=7,
        provider_code="mobile",
        account="9161234567",
        fields={},
        currency="RUB",
        inserted_minor=minor,
        fee_minor=0,
        credited_minor=minor,
        fee_version="1",
        formed_at=datetime(2026, 5, 1, tzinfo=UTC),
        receipt_number=number,
        notes=(NoteItem(cycle=f"c{number}", minor=minor, currency="RUB"),),
    )


@pytest.fixture
def make_batch() -> BatchMaker:
    """A batch of payments by number, one banknote each."""

    def make(*numbers: int, minor: int = 10_000) -> PaymentBatch:
        payments = tuple(_payment(number, minor) for number in numbers)
        return PaymentBatch(terminal_id=TERMINAL, payments=payments)

    return make


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Threads of this process log at any moment; keep that out of the test's output."""
    with capture_logs():
        yield


@pytest.fixture
def backend(tmp_path: Path) -> Iterator[EmbeddedBackend]:
    """The wallet on a free port of the loopback."""
    settings = Settings(database=f"sqlite:///{tmp_path}/wallet.db", port=0, settle="instant")
    it = EmbeddedBackend(settings, gate=OpenGate())
    it.start()
    yield it
    it.stop()


@pytest.fixture
def line(backend: EmbeddedBackend) -> Iterator[Forwarder]:
    """What stands between the terminal and the wallet."""
    it = Forwarder("127.0.0.1", backend.port)
    yield it
    it.close()
