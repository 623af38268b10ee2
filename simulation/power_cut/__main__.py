"""`scripts/power-cuts`: the journal by itself on a lossy disk, cut after every operation."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from kiosk.exit_codes import ExitCode
from simulation.power_cut.journal_trial import Outcome, Trial, attempt
from simulation.power_cut.sqlite_library import NoSqliteLibraryError


def main(
    seeds: Annotated[int, typer.Option(min=1, help="How many histories.")] = 5,
    first: Annotated[int, typer.Option(help="Seed of the first; the next ones count up.")] = 1,
    every: Annotated[int, typer.Option(min=1, help="Cut after each of so many operations.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="For programs: JSON.")] = False,
) -> None:
    """Let the power go after each operation on the journal's disk, with what was not synced lost or
    torn, and again while the journal recovers.

    Exit code 0: every acknowledged record was there, nothing else, and the chain and the
    projections were whole.
    """
    total = Outcome()
    for seed in range(first, first + seeds):
        try:
            outcome = _attempt(Trial(seed=seed, every=every))
        except NoSqliteLibraryError as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(int(ExitCode.FAILED)) from error
        _add(total, outcome)
        if not as_json:
            _show_progress(seed, outcome)
    typer.echo(json.dumps(asdict(total)) if as_json else _told(total))
    if total.broken:
        raise typer.Exit(int(ExitCode.FAILED))


def _attempt(trial: Trial) -> Outcome:
    memory = Path("/dev/shm")  # noqa: S108 - files of a trial live in memory, in a folder of their own
    where = memory if memory.is_dir() else None
    with TemporaryDirectory(prefix="kiosk-power-cuts-", dir=where) as folder:
        return attempt(trial, Path(folder))


def _add(total: Outcome, outcome: Outcome) -> None:
    total.cuts += outcome.cuts
    total.images += outcome.images
    total.cuts_in_recovery += outcome.cuts_in_recovery
    total.broken += outcome.broken


def _show_progress(seed: int, outcome: Outcome) -> None:
    said = f"seed {seed}: {outcome.cuts} cuts, {outcome.images} images"
    typer.echo(said if not outcome.broken else f"{said}, {len(outcome.broken)} BROKEN")
    sys.stdout.flush()


def _told(total: Outcome) -> str:
    lines = [
        f"{total.cuts} cuts, {total.images} images, {total.cuts_in_recovery} cuts in recovery",
        *(f"BROKEN {what}" for what in total.broken[:20]),
    ]
    return "\n".join(lines if total.broken else [*lines, "nothing acknowledged was lost"])


if __name__ == "__main__":
    typer.run(main)
