"""Makes a failing run shorter: customers stay away and kinds of faults are switched off, one after
the other, for as long as the same law is still broken.
"""

from collections.abc import Iterator
from dataclasses import replace

from simulation.proof.plan import FaultKind, Plan
from simulation.proof.run import Result, run


def shrink(failed: Result) -> Result:
    """The failing run with the shortest history that was found."""
    best = failed
    while (shorter := _shorter(best, failed.violations[0].law)) is not None:
        best = shorter
    return best


def _shorter(best: Result, law: str) -> Result | None:
    for plan in _simpler(best.plan):
        tried = run(plan)
        if any(violation.law == law for violation in tried.violations):
            return tried
    return None


def _simpler(plan: Plan) -> Iterator[Plan]:
    """Every plan that is one step simpler."""
    for customer in reversed(plan.present):
        yield replace(plan, skip=plan.skip | {customer})
    for kind in FaultKind:
        if kind in plan.faults:
            yield replace(plan, faults=plan.faults - {kind})
