"""`scripts/soak`: kills the real terminal again and again; compares paper, journal and backend."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from tempfile import mkdtemp
from typing import Annotated

import typer

from kiosk.exit_codes import ExitCode
from simulation.demo.children import ChildError
from simulation.demo.control import ControlError
from simulation.soak.play import Tally, soak


def main(
    kills: Annotated[int, typer.Option(min=1, help="How many times it is killed.")] = 200,
    seed: Annotated[
        int, typer.Option(help="Of what is drawn; processes keep their own time all the same.")
    ] = 1,
    out: Annotated[
        Path | None, typer.Option(help="Folder for journal, receipts and logs; must be empty.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs: JSON.")] = False,
) -> None:
    """Kill the real terminal (SIGKILL) at random moments while people pay, with the simulated
    acceptor, printer and backend in processes of their own.

    Exit code 0: every note is where the books say, by denomination; nothing is lost or doubled.
    """
    folder = out if out is not None else Path(mkdtemp(prefix="kiosk-soak-"))
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        typer.echo(f"{folder} is not empty; name an empty folder with --out", err=True)
        raise typer.Exit(int(ExitCode.BAD_INPUT))

    def report(done: int, what: str) -> None:
        if not as_json:
            _show_progress(done, kills, what)

    try:
        tally = soak(folder, kills=kills, seed=seed, report=report)
    except (ChildError, ControlError, TimeoutError, OSError) as error:
        typer.echo(f"the stand failed: {error}; everything is in {folder}", err=True)
        raise typer.Exit(int(ExitCode.FAILED)) from error
    typer.echo(json.dumps(asdict(tally), ensure_ascii=False) if as_json else _told(tally))
    typer.echo(f"everything is in {folder}", err=True)
    if tally.broken:
        raise typer.Exit(int(ExitCode.FAILED))


def _show_progress(done: int, kills: int, what: str) -> None:
    if sys.stdout.isatty():
        typer.echo(f"\r{done}/{kills} {what:<60}", nl=done == kills)
    else:
        typer.echo(f"{done}/{kills} {what}")


def _told(tally: Tally) -> str:
    lines = [
        f"{tally.kills} kills in {tally.seconds:.0f} s: {tally.with_acceptor} took the acceptor's "
        f"power with them, the backend was killed {tally.backend_kills} times",
        f"seen last: {_counts(tally.screens)}",
        f"the acceptor was in: {_counts(tally.acceptor)}",
        f"{tally.fed} notes fed, {tally.returned} given back, {tally.payments} payments",
    ]
    lines += [f"BROKEN {what}" for what in tally.broken] or ["no note lost, none doubled"]
    return "\n".join(lines)


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))


if __name__ == "__main__":
    typer.run(main)
