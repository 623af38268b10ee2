"""Plays runs for the command line and prints what came of them."""

import json
import sys
import time
from collections.abc import Iterable

from rich.console import Console
from rich.progress import track

from simulation.proof.campaign import Summary, campaign, play
from simulation.proof.plan import Plan
from simulation.proof.quiet import no_logs
from simulation.proof.run import Result
from simulation.proof.shrink import shrink


def play_all(plans: list[Plan], *, jobs: int, as_json: bool, shrinks: bool) -> bool:
    """Play these runs and print the summary; True when no law was broken in any of them."""
    summary = Summary()
    began = time.monotonic()
    for result in _shown(campaign(plans, jobs), len(plans)):
        summary.take(result)
    summary.wall_s = time.monotonic() - began
    return _report(summary, as_json=as_json, shrinks=shrinks)


def replay(plan: Plan, *, as_json: bool) -> bool:
    """Play one run and print its history; True when no law was broken."""
    result = play(plan, keep_history=True)
    if as_json:
        print(json.dumps(_as_dict(result), ensure_ascii=False))
    else:
        _print_history(result)
    return result.ok


def _shown(results: Iterable[Result], total: int) -> Iterable[Result]:
    """A progress bar on standard error, where somebody looks at it."""
    return track(
        results,
        total=total,
        description="simulating",
        console=Console(stderr=True),
        disable=not sys.stderr.isatty(),
    )


def _report(summary: Summary, *, as_json: bool, shrinks: bool) -> bool:
    shortest = None
    if summary.failed:
        shortest = summary.failed[0]
        if shrinks:
            with no_logs():
                shortest = shrink(shortest)
    if as_json:
        print(json.dumps(_summary(summary, shortest), ensure_ascii=False))
    else:
        _print_summary(summary, shortest)
    return not summary.failed


def _summary(summary: Summary, shortest: Result | None) -> dict[str, object]:
    return {
        "runs": summary.runs,
        "failed": [result.plan.seed for result in summary.failed],
        "protocols": dict(summary.protocols),
        **summary.totals,
        "disputed_per_1000_notes": round(summary.disputed_per_1000_notes, 3),
        "wall_s": round(summary.wall_s, 1),
        "runs_per_s": round(summary.runs_per_s, 2),
        "shortest": None if shortest is None else _as_dict(shortest),
    }


def _as_dict(result: Result) -> dict[str, object]:
    return {
        "seed": result.plan.seed,
        "protocol": result.plan.protocol,
        "customers": list(result.plan.present),
        "faults": sorted(result.plan.faults),
        "violations": [str(violation) for violation in result.violations],
        "simulated_s": round(result.simulated_s, 3),
        "history": list(result.history),
    }


def _print_summary(summary: Summary, shortest: Result | None) -> None:
    if shortest is not None:
        _print_history(shortest)
        print("")
    seeds = ", ".join(str(result.plan.seed) for result in summary.failed[:20])
    totals = ", ".join(f"{count} {name}" for name, count in sorted(summary.totals.items()))
    spoken = ", ".join(f"{count} {name}" for name, count in summary.protocols.items())
    print(f"{summary.runs} runs ({spoken}): {totals}")
    print(
        f"{summary.disputed_per_1000_notes:.1f} disputed per 1000 notes, "
        f"{summary.runs_per_s:.1f} runs per second"
    )
    print(f"{len(summary.failed)} failed: seeds {seeds}" if seeds else "no law was broken")


def _print_history(result: Result) -> None:
    plan = result.plan
    print(f"seed {plan.seed}, {plan.protocol}, customers {list(plan.present)}")
    print(f"faults {sorted(plan.faults)}")
    for line in result.history:
        print(line)
    for violation in result.violations:
        print(f"BROKEN {violation}")
