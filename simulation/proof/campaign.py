"""Many runs, one after the other or in several processes, and what came of them all."""

import multiprocessing
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, fields

from simulation.proof.plan import Plan
from simulation.proof.quiet import no_collections, no_logs
from simulation.proof.run import Result, run


@dataclass(slots=True)
class Summary:
    """Sums over all runs."""

    runs: int = 0
    failed: list[Result] = field(default_factory=list)
    totals: Counter[str] = field(default_factory=Counter)
    protocols: Counter[str] = field(default_factory=Counter)
    wall_s: float = 0.0

    def take(self, result: Result) -> None:
        """Count one more."""
        self.runs += 1
        self.protocols[result.plan.protocol] += 1
        if not result.ok:
            self.failed.append(result)
        if result.counts is not None:
            counts = result.counts
            self.totals.update({one.name: getattr(counts, one.name) for one in fields(counts)})

    @property
    def disputed_per_1000_notes(self) -> float:
        """How many notes of a thousand were left in doubt."""
        return 1000 * self.totals["disputed"] / max(1, self.totals["notes"])

    @property
    def runs_per_s(self) -> float:
        """Runs by the clock on the wall, over all processes."""
        return self.runs / self.wall_s if self.wall_s else 0.0


def play(plan: Plan, *, keep_history: bool = False) -> Result:
    """One run, without logs. A failing one whose history nobody kept is played again for it."""
    with no_logs(), no_collections():
        result = run(plan, keeps_history=keep_history)
        return result if result.ok or keep_history else run(plan)


def campaign(plans: list[Plan], jobs: int) -> Iterator[Result]:
    """The results in the order of the plans."""
    if jobs <= 1:
        yield from map(play, plans)
        return
    # A fresh interpreter for each worker: nothing of this process is inherited half-used.
    with multiprocessing.get_context("spawn").Pool(jobs) as pool:
        yield from pool.imap(play, plans, chunksize=4)
