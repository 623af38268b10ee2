"""What the backend counts, for Prometheus.

One registry for an app, so that two backends in one process do not count together; whoever has more
to count registers it there. Labels are few and closed: a path as the routes have it, a code, a
verdict. It must never have a label of a terminal or a customer.
"""

from collections.abc import Iterable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from terminal_api import ErrorCode, Verdict

_BUCKETS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """Counters of one backend. Thread-safe."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "wallet_requests",
            "Requests answered",
            ("method", "route", "status"),
            registry=self.registry,
        )
        self._seconds = Histogram(
            "wallet_request_seconds",
            "Time from a request's head to the end of its answer",
            ("route",),
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self._refusals = Counter(
            "wallet_refusals", "Requests refused as a whole", ("code",), registry=self.registry
        )
        self._payments = Counter(
            "wallet_payments", "Payments answered", ("verdict",), registry=self.registry
        )
        self.waiting = Gauge(
            "wallet_long_polls", "Terminals that wait for a change", registry=self.registry
        )
        for code in ErrorCode:
            self._refusals.labels(code)
        for verdict in Verdict:
            self._payments.labels(verdict)

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """A request is done. A long poll's time says nothing about the backend."""
        self._requests.labels(method, route, str(status)).inc()
        if not route.endswith("/desired"):
            self._seconds.labels(route).observe(seconds)

    def refused(self, code: ErrorCode) -> None:
        """A request was refused as a whole."""
        self._refusals.labels(code).inc()

    def judged(self, verdicts: Iterable[Verdict]) -> None:
        """Payments of a batch were answered."""
        for verdict in verdicts:
            self._payments.labels(verdict).inc()

    def text(self) -> bytes:
        """Everything counted, in the text format of Prometheus."""
        return generate_latest(self.registry)
