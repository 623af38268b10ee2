"""How payouts stand, for Prometheus: what waits for people, and what waits for a worker.

Asked of the database at each scrape, by a few look-ups in indexes that hold only what has not ended,
at most once in a while. When the database does not answer the figures are left out: an alarm on their
absence tells it. It must never have a label of a terminal, nor raise.
"""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import structlog
from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import Connection, func, literal_column, select
from sqlalchemy.exc import DBAPIError

from wallet.providers.payout_store import Transaction, due_since
from wallet.providers.tables import payouts
from wallet.storage.turns import StoreBusyError

_log = structlog.get_logger(__name__)

_FRESH_S: Final = 5.0
_QUEUE: Final = (
    select(payouts.c.state, func.count(), func.min(payouts.c.since))
    # Written out, so that the index of these alone is found.
    .where(payouts.c.state.in_((literal_column("'held'"), literal_column("'manual'"))))
    .group_by(payouts.c.state)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutFigures:
    """`queued` by state; instants None where there is nothing of the kind."""

    queued: dict[str, int]
    oldest_queued: datetime | None
    oldest_due: datetime | None


def figures_of(connection: Connection, now: datetime) -> PayoutFigures:
    """How payouts stand now."""
    rows = connection.execute(_QUEUE).all()
    due = due_since(connection, now)
    return PayoutFigures(
        queued={"held": 0, "manual": 0} | {state: count for state, count, _ in rows},
        oldest_queued=min((since for _, _, since in rows), default=None),
        oldest_due=min(due.values(), default=None),
    )


def measure_payouts(
    registry: CollectorRegistry, reading: Transaction, clock: Callable[[], datetime]
) -> None:
    """Let Prometheus see them."""
    registry.register(_PayoutCollector(reading, clock))


class _PayoutCollector(Collector):
    def __init__(self, reading: Transaction, clock: Callable[[], datetime]) -> None:
        self._reading = reading
        self._clock = clock
        self._lock = threading.Lock()
        self._known: tuple[datetime, PayoutFigures] | None = None

    def describe(self) -> Iterator[GaugeMetricFamily]:
        """Nothing beforehand: registering must not ask the database."""
        return iter(())

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The figures; none while the database does not answer."""
        now = self._clock()
        try:
            it = self._look(now)
        except (DBAPIError, StoreBusyError) as error:
            _log.warning("payout_figures_unknown", reason=type(error).__name__)
            return
        queue = GaugeMetricFamily(
            "wallet_payouts_in_manual_queue", "Payouts that a person decides", labels=["state"]
        )
        for state, count in sorted(it.queued.items()):
            queue.add_metric([state], count)
        yield queue
        for name, what, since in (
            ("wallet_payouts_oldest_in_manual_queue", "in the manual queue", it.oldest_queued),
            ("wallet_payouts_oldest_due", "that is due and in nobody's hands", it.oldest_due),
        ):
            yield GaugeMetricFamily(
                f"{name}_seconds", f"Age of the oldest payout {what}; 0 = none", _age(now, since)
            )

    def _look(self, now: datetime) -> PayoutFigures:
        with self._lock:
            known = self._known
            if known is None or not 0 <= (now - known[0]).total_seconds() < _FRESH_S:
                with self._reading() as connection:
                    known = self._known = (now, figures_of(connection, now))
            return known[1]


def _age(now: datetime, since: datetime | None) -> float:
    return 0.0 if since is None else max(0.0, (now - since).total_seconds())
