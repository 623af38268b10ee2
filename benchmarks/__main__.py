"""Runs the benchmarks and prints ratios: a table for people, JSON for programs."""

import json
import logging
import sys
from collections.abc import Mapping
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import Annotated, Protocol

import structlog
import typer

from benchmarks.measure import Comparison

BAD_INPUT = 2


class Run(Protocol):
    """One benchmark."""

    def __call__(self, *, quick: bool, folder: Path | None) -> tuple[Comparison, ...]:
        """Measure. `quick`: few rounds; `folder`: which disk, by default that of temporary files."""


BENCHMARKS = (
    "journal_write",
    "journal_start",
    "queue_growth",
    "note_to_record",
    "frame_codec",
    "idle_polling",
    "cold_start",
    "window",
    "receipt_render",
    "search",
    "wallet_ingest",
    "drain",
)
"""Modules of this package, each with a `run`; loaded only when wanted."""


def main(
    as_json: Annotated[bool, typer.Option("--json", help="For programs: JSON.")] = False,
    only: Annotated[
        list[str] | None, typer.Option(help=f"Of: {', '.join(BENCHMARKS)}. Can be repeated.")
    ] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Few rounds, rough ratios.")] = False,
    folder: Annotated[Path | None, typer.Option(help="Measure on the disk of this folder.")] = None,
) -> None:
    """Ratios of the product to bare baselines of the same run; 1.0 is as cheap as bare.

    Exit code 0 when every benchmark ran, whatever the ratios; 1 when one could not run.
    """
    # What the product logs has no place between the rows.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    chosen = only or BENCHMARKS
    unknown = [name for name in chosen if name not in BENCHMARKS]
    if unknown:
        sys.stderr.write(f"benchmarks: no {unknown[0]!r}; there are {', '.join(BENCHMARKS)}\n")
        raise typer.Exit(BAD_INPUT)
    results: list[Comparison] = []
    failed: dict[str, str] = {}
    for name in chosen:
        try:
            found = _run_of(name)(quick=quick, folder=folder)
        except Exception as error:  # the other benchmarks should still run
            failed[name] = f"{type(error).__name__}: {error}"
            sys.stderr.write(f"benchmarks: {name} could not run: {failed[name]}\n")
            continue
        results.extend(found)
        if not as_json:
            _print_rows(found, head=len(results) == len(found))
    if as_json:
        typer.echo(json.dumps(_report(results, failed), ensure_ascii=False, indent=2))
    if failed:
        raise typer.Exit(1)


def _run_of(name: str) -> Run:
    run: Run = import_module(f"benchmarks.{name}").run
    return run


def _report(results: list[Comparison], failed: Mapping[str, str]) -> dict[str, object]:
    return {"unit": "ratio", "results": [asdict(one) for one in results], "failed": failed}


def _print_rows(results: tuple[Comparison, ...], *, head: bool) -> None:
    if head:
        typer.echo(f"{'benchmark':<30}{'ratio':>7}{'lowest':>8}{'highest':>9}{'p99':>7}{'n':>7}")
    for one in results:
        p99 = "-" if one.p99 is None else f"{one.p99:.2f}"
        typer.echo(
            f"{one.name:<30}{one.median:>7.2f}{one.lowest:>8.2f}{one.highest:>9.2f}{p99:>7}{one.n:>7}"
        )
        typer.echo(f"    {one.what}\n    against {one.baseline}")


if __name__ == "__main__":
    typer.run(main)
