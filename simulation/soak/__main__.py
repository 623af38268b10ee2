"""`scripts/soak`: kills the real terminal again and again; compares paper, journal and backend."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from tempfile import mkdtemp
from typing import Annotated

import typer

from kiosk.exit_codes import ExitCode
from simulation.acceptor.protocols import ProtocolName
from simulation.demo.children import ChildError
from simulation.demo.control import ControlError
from simulation.soak.play import Tally, soak
from simulation.soak.sharing import shared_out


def main(
    kills: Annotated[int, typer.Option(min=1, help="How many times it is killed.")] = 200,
    seed: Annotated[
        int, typer.Option(help="Of what is drawn; processes keep their own time all the same.")
    ] = 1,
    protocol: Annotated[
        ProtocolName | None,
        typer.Option(help="What the acceptor speaks. Default: the kills are shared out over all."),
    ] = None,
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
    tallies: list[Tally] = []
    for speaks, its_kills in shared_out(kills, (protocol,) if protocol else tuple(ProtocolName)):
        tallies.append(_one(folder / speaks, speaks, its_kills, seed, quiet=as_json))
        if not as_json:
            typer.echo(_told(tallies[-1]))
    if as_json:
        typer.echo(json.dumps(_for_programs(tallies), ensure_ascii=False))
    typer.echo(f"everything is in {folder}", err=True)
    if any(tally.broken for tally in tallies):
        raise typer.Exit(int(ExitCode.FAILED))


def _one(folder: Path, protocol: ProtocolName, kills: int, seed: int, *, quiet: bool) -> Tally:
    def report(done: int, what: str) -> None:
        if not quiet:
            _show_progress(done, kills, f"{protocol}: {what}")

    try:
        return soak(folder, protocol=protocol, kills=kills, seed=seed, report=report)
    except (ChildError, ControlError, TimeoutError, OSError) as error:
        typer.echo(f"the stand failed: {error}; everything is in {folder}", err=True)
        raise typer.Exit(int(ExitCode.FAILED)) from error


def _show_progress(done: int, kills: int, what: str) -> None:
    if sys.stdout.isatty():
        typer.echo(f"\r{done}/{kills} {what:<60}", nl=done == kills)
    else:
        typer.echo(f"{done}/{kills} {what}")


def _for_programs(tallies: Sequence[Tally]) -> dict[str, object]:
    return {
        "ok": not any(tally.broken for tally in tallies),
        # A count of names, taken for what `asdict` makes anew of its pairs, is none any more.
        "soaks": [
            asdict(tally) | {"screens": dict(tally.screens), "acceptor": dict(tally.acceptor)}
            for tally in tallies
        ],
    }


def _told(tally: Tally) -> str:
    lines = [
        f"{tally.protocol}: {tally.kills} kills in {tally.seconds:.0f} s, "
        f"{tally.with_acceptor} took the acceptor's power with them; "
        f"the backend was killed {tally.backend_kills} times",
        f"seen last: {_counts(tally.screens)}",
        f"the acceptor was in: {_counts(tally.acceptor)}",
        f"{tally.fed} notes fed, {tally.returned} given back, {tally.disputed} in doubt, "
        f"{tally.payments} payments",
    ]
    lines += [f"BROKEN {what}" for what in tally.broken] or ["no note lost, none doubled"]
    return "\n".join(lines)


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))


if __name__ == "__main__":
    typer.run(main)
