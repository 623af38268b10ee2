"""Orders and profiles to judge by; a backend's database with workers on it, and a demo provider."""

import asyncio
import itertools
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from simulation.proof.blank import blank_wallet
from simulation.provider.server import DemoProvider
from terminal_api import PaymentItem, PaymentStatus
from wallet.payments.store import Also, Store
from wallet.providers.client import ProviderClient
from wallet.providers.manual_queue import decide, show_payout
from wallet.providers.payout_states import PayoutEvent, PayoutState
from wallet.providers.payout_store import PayoutStore
from wallet.providers.profile import Profile
from wallet.providers.requests import Order, txn_id_of
from wallet.providers.tables import payouts
from wallet.providers.worker import Worker
from wallet.storage.database import open_for_writing

TERMINAL = "10238898"
START = datetime(2026, 5, 1, 10, 0, tzinfo=UTC)


class PayoutBench:
    """Payments in, workers over them, and the state of what came of it."""

    def __init__(self, engine: Engine, also: Also | None = None) -> None:
        self.engine = engine
        self.now = START
        uids, leases = itertools.count(1), itertools.count(1)
        self.store = Store(engine, lambda: self.now, lambda: f"uid-{next(uids)}", also)
        self.payouts = PayoutStore(
            lambda: self.store.turns.write(None), lambda: self.now, lambda: f"lease-{next(leases)}"
        )

    def take(self, *payments: PaymentItem) -> None:
        self.store.take(TERMINAL, payments)

    def pass_time(self, **amount: float) -> None:
        self.now += timedelta(**amount)

    def work(self, profiles: Mapping[str, Profile], workers: int = 1) -> int:
        """One round of so many workers side by side; how many payouts were begun."""

        async def round_of_all() -> int:
            crew = [Worker(self.payouts, profiles, ProviderClient({})) for _ in range(workers)]
            await asyncio.gather(*(worker.gather() for worker in crew))
            begun = await asyncio.gather(*(worker.begin() for worker in crew))
            await asyncio.gather(*(worker.close() for worker in crew))
            return sum(begun)

        return asyncio.run(round_of_all())

    def state(self, number: int) -> PayoutState:
        with self.store.turns.read() as connection:
            query = select(payouts.c.state).where(payouts.c.number == number)
            return PayoutState(connection.execute(query).scalar_one())

    def events(self, number: int) -> list[PayoutEvent]:
        with self.store.turns.read() as connection:
            return [it.event for it in show_payout(connection, TERMINAL, number)[1]]

    def status(self, number: int) -> PaymentStatus:
        """What the terminal is told."""
        (state,) = self.store.states(TERMINAL, [number])
        return state.status

    def decide(self, number: int, event: PayoutEvent) -> PayoutState:
        with self.store.turns.write(None) as connection:
            return decide(
                connection,
                TERMINAL,
                number,
                event,
                operator="ivanova",
                reason="asked the provider",
                now=self.now,
            )


@pytest.fixture
def profile() -> Profile:
    return Profile(url="http://127.0.0.1:9/pay")


@pytest.fixture
def order() -> Order:
    return Order(
        txn_id=txn_id_of("10238898", 301),
        txn_at=datetime(2026, 11, 22, 9, 1, 33, tzinfo=UTC),
        account="9161234567",
        fields={},
        sum_minor=15_000,
        currency="RUB",
    )


@pytest.fixture
def provider(tmp_path: Path) -> Iterator[DemoProvider]:
    with DemoProvider(tmp_path / "provider.db") as it:
        yield it


@pytest.fixture
def bench(database: Path) -> Iterator[PayoutBench]:
    database.write_bytes(blank_wallet())
    it = PayoutBench(open_for_writing(database))
    yield it
    it.store.close()


@pytest.fixture
def postgres_bench(postgres: str) -> Iterator[PayoutBench]:
    it = PayoutBench(open_for_writing(postgres))
    yield it
    it.store.close()


@pytest.fixture
def make_bench() -> Iterator[Callable[..., PayoutBench]]:
    made: list[PayoutBench] = []

    def make(engine: Engine, also: Also | None = None) -> PayoutBench:
        made.append(PayoutBench(engine, also))
        return made[-1]

    yield make
    for one in made:
        one.store.close()
