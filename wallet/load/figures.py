"""What a load run measured, as values and as words. Pure.

Latencies are told with the shares below them; processor time is that of the server's process alone,
as a share of one core.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

_SHARES = (50, 90, 99)


@dataclass(slots=True)
class Tally:
    """Requests of one kind: how long each took in seconds, and what went wrong."""

    seconds: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)

    def told(self) -> dict[str, object]:
        """For JSON: milliseconds."""
        shares = {f"p{share}_ms": percentile_ms(self.seconds, share) for share in _SHARES}
        return {
            "answered": len(self.seconds),
            "errors": dict(self.errors),
            **shares,
            "max_ms": percentile_ms(self.seconds, 100),
        }


def percentile_ms(seconds: Sequence[float], share: int) -> float | None:
    """Milliseconds that this share (in percent) stayed within; None without any."""
    if not seconds:
        return None
    ordered = sorted(seconds)
    place = max(0, -(-len(ordered) * share // 100) - 1)
    return round(ordered[place] * 1000, 2)


@dataclass(slots=True, kw_only=True)
class Figures:
    """One run. `findings` are what the check afterwards found: there must be none."""

    terminals: int
    seconds: float
    tallies: dict[str, Tally]
    payments_answered: int
    payments_sent: int
    payments_stored: int
    server_core_share: float | None
    server_peak_mb: float | None
    findings: list[str]

    def told(self) -> dict[str, object]:
        """For JSON."""
        return {
            "terminals": self.terminals,
            "seconds": round(self.seconds, 2),
            "requests": {kind: tally.told() for kind, tally in self.tallies.items()},
            "requests_per_s": round(
                sum(len(it.seconds) for it in self.tallies.values()) / self.seconds, 1
            ),
            "payments": {
                "sent": self.payments_sent,
                "answered": self.payments_answered,
                "stored": self.payments_stored,
                "answered_per_s": round(self.payments_answered / self.seconds, 1),
            },
            "server": {
                "core_share": self.server_core_share,
                "ms_a_request": self._ms_a_request(),
                "peak_mb": self.server_peak_mb,
            },
            "findings": self.findings,
        }

    def _ms_a_request(self) -> float | None:
        """Processor time; tells what a faster generator would have asked of the server."""
        answered = sum(len(it.seconds) for it in self.tallies.values())
        if self.server_core_share is None or not answered:
            return None
        return round(self.server_core_share * self.seconds * 1000 / answered, 3)

    def lines(self) -> list[str]:
        """For people."""
        told = [f"{self.terminals} terminals, {self.seconds:.1f} s"]
        for kind, tally in self.tallies.items():
            wrong = ", ".join(f"{count} {what}" for what, count in tally.errors.items())
            shares = ", ".join(
                f"p{share} {percentile_ms(tally.seconds, share)} ms" for share in _SHARES
            )
            told.append(f"{kind}: {len(tally.seconds)} answered, {shares}; errors: {wrong or 0}")
        told.append(
            f"payments: {self.payments_sent} sent, {self.payments_answered} answered, "
            f"{self.payments_stored} in the books"
        )
        if self.server_core_share is not None:
            told.append(
                f"server: {self.server_core_share:.1%} of a core, {self._ms_a_request()} ms a"
                f" request, peak {self.server_peak_mb} MB"
            )
        return told + [f"FOUND: {finding}" for finding in self.findings]
