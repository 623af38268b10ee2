"""What Prometheus is told of payouts: what waits for people, and since when something is due."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry
from sqlalchemy import Connection

from terminal_api import PaymentItem
from wallet.providers.payout_figures import measure_payouts
from wallet.providers.payout_states import PayoutEvent
from wallet.providers.payout_store import queue_with
from wallet.storage.database import open_for_writing
from wallet.storage.turns import StoreBusyError

if TYPE_CHECKING:
    from tests.wallet.providers.conftest import PayoutBench


def _told(registry: CollectorRegistry) -> dict[str, float]:
    return {
        (sample.labels.get("state") or sample.name): sample.value
        for family in registry.collect()
        for sample in family.samples
    }


def test_what_waits_is_told_with_its_age(
    any_database: str,
    make_payment: Callable[..., PaymentItem],
    make_bench: Callable[..., PayoutBench],
) -> None:
    bench = make_bench(open_for_writing(any_database), queue_with)
    registry = CollectorRegistry()
    measure_payouts(registry, bench.store.turns.read, lambda: bench.now)
    queue, due = (f"wallet_payouts_oldest_{what}_seconds" for what in ("in_manual_queue", "due"))
    assert _told(registry) == {"held": 0, "manual": 0, queue: 0, due: 0}
    bench.take(make_payment(1), make_payment(2))
    bench.pass_time(minutes=10)
    assert _told(registry) == {"held": 0, "manual": 0, queue: 0, due: 600}
    bench.payouts.lease("mobile", None, 10)
    bench.decide(2, PayoutEvent.OPERATOR_RETRY)
    bench.pass_time(minutes=1)
    assert _told(registry) == {"held": 1, "manual": 0, queue: 660, due: 60}


def test_a_database_that_is_away_leaves_them_out(bench: PayoutBench) -> None:
    @contextmanager
    def away() -> Iterator[Connection]:
        raise StoreBusyError("away")
        yield

    registry = CollectorRegistry()
    measure_payouts(registry, away, lambda: bench.now)
    assert _told(registry) == {}
