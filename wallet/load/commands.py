"""`wallet load`: a simulated fleet on a server of its own, and the check of the books afterwards."""

import asyncio
import ipaddress
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated
from urllib.parse import urlsplit

import typer

from wallet.command_line import JsonOption, failing_early, print_json
from wallet.load.check import stored_of
from wallet.load.driver import Plan, drive
from wallet.load.figures import Figures
from wallet.load.fleet import LoadTerminal, make_fleet
from wallet.load.own_server import OwnServer, ServerDidNotStartError, own_server
from wallet.logs import log_json
from wallet.settings import SettingsUnusableError
from wallet.storage.database import open_for_reading, open_for_writing


def load_command(
    terminals: Annotated[
        int, typer.Option(help="Simulated terminals.", min=1, max=1_000_000)
    ] = 100,
    rate: Annotated[float, typer.Option(help="Payments a second, of all together.", min=0)] = 50.0,
    duration: Annotated[float, typer.Option(help="Seconds.", min=1, max=86_400)] = 10.0,
    batch: Annotated[int, typer.Option(help="Payments in a request.", min=1, max=500)] = 1,
    heartbeat: Annotated[
        float, typer.Option(help="Seconds between a terminal's heartbeats; 0 = none.", min=0)
    ] = 60.0,
    polls: Annotated[int, typer.Option(help="Terminals that wait for a change.", min=0)] = 10,
    database: Annotated[
        str | None,
        typer.Option(
            help="For tests only: a file or postgresql://...; default: a file that is thrown away.",
            metavar="FILE|URL",
        ),
    ] = None,
    url: Annotated[
        str | None,
        typer.Option(
            help="A server on this machine that works on --database; default: one of its own."
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Put the load of a fleet on a backend of this machine, then prove its books.

    Simulated terminals stay in the database: never name one that is in use. Exit code 1 when a
    payment is not in the books exactly once.
    """
    plan = Plan(
        rate=rate,
        batch=batch,
        heartbeat_s=heartbeat,
        polls=min(polls, terminals),
        duration_s=duration,
    )
    log_json()
    with failing_early(), TemporaryDirectory(prefix="wallet-load-") as folder:
        _must_be_here(url, database)
        where = database or str(Path(folder) / "wallet.db")
        figures = _run(where, url, Path(folder) / "server.log", terminals, plan)
    if as_json:
        print_json(figures.told())
    else:
        typer.echo("\n".join(figures.lines()))
    if figures.findings:
        raise typer.Exit(1)


def _must_be_here(url: str | None, database: str | None) -> None:
    if url is None:
        return
    if not _is_loopback(urlsplit(url).hostname or ""):
        raise SettingsUnusableError("load is put on this machine alone: --url http://127.0.0.1:...")
    if database is None:
        raise SettingsUnusableError("--url needs --database: terminals are made known there")


def _run(where: str, url: str | None, log: Path, terminals: int, plan: Plan) -> Figures:
    engine = open_for_writing(where, pool_size=1)
    fleet = make_fleet(engine, terminals)
    engine.dispose()
    if url is not None:
        figures = _measured(url, None, fleet, plan)
    else:
        try:
            with own_server(where, log) as server:
                figures = _measured(server.url, server, fleet, plan)
        except ServerDidNotStartError as error:
            raise SettingsUnusableError(f"the server did not start: {error}") from None
    engine = open_for_reading(where)
    figures.payments_stored, figures.findings = stored_of(engine, fleet)
    engine.dispose()
    return figures


def _measured(url: str, server: OwnServer | None, fleet: list[LoadTerminal], plan: Plan) -> Figures:
    begun, spent = time.monotonic(), server.processor_s() if server else 0.0
    tallies = asyncio.run(drive(url, fleet, plan))
    seconds = time.monotonic() - begun
    share = (server.processor_s() - spent) / seconds if server else None
    return Figures(
        terminals=len(fleet),
        seconds=seconds,
        tallies=tallies,
        payments_answered=sum(len(it.answered) for it in fleet),
        payments_sent=sum(it.sent for it in fleet),
        payments_stored=0,
        server_core_share=round(share, 4) if share is not None else None,
        server_peak_mb=server.peak_mb() if server else None,
        findings=[],
    )


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
