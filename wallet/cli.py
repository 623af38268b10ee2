"""The command line: `wallet serve`, `wallet payments list`, `wallet ledger check`.

Exit code 0 on success, 1 when a check finds something, 2 when it cannot even begin. It only joins
parts; every rule lives elsewhere.
"""

import dataclasses
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from wallet.logs import log_json
from wallet.payments.reports import (
    PaymentRow,
    ledger_balances,
    list_payments,
    unbalanced_transactions,
)
from wallet.server import listen, open_store, serve, url_of
from wallet.settings import Settings, SettingsUnusableError, load_settings
from wallet.storage.database import DatabaseUnusableError, cause_of, open_for_reading

app = typer.Typer(
    help="Wallet backend: takes payments from terminals, keeps the ledger.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
payments_app = typer.Typer(help="Payments that were taken.", no_args_is_help=True)
ledger_app = typer.Typer(help="The books.", no_args_is_help=True)
app.add_typer(payments_app, name="payments")
app.add_typer(ledger_app, name="ledger")

DatabaseFile = Annotated[Path, typer.Option(help="SQLite file.", dir_okay=False)]


@app.command("serve")
def serve_command(
    config: Annotated[Path | None, typer.Option(help="TOML file with settings.")] = None,
    database: Annotated[
        Path | None, typer.Option(help="SQLite file; made when missing.", dir_okay=False)
    ] = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port; 0 takes a free one.")] = None,
) -> None:
    """Serve the terminal API until stopped.

    Terminals do not sign their requests yet (that comes with a later version): the list of
    terminals in the settings is all that tells them apart. Keep the service on a loopback or a
    closed network.
    """
    with _failing_early():
        url = f"sqlite:///{database.absolute()}" if database is not None else None
        settings = load_settings(config, database=url, host=host, port=port)
        log_json()
        # Customers' accounts are in the database: its files are nobody else's to read.
        os.umask(0o077)
        _serve(settings)


@payments_app.command("list")
def list_command(
    database: DatabaseFile,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON array.")] = False,
    terminal: Annotated[str | None, typer.Option(help="Only of this terminal.")] = None,
    limit: Annotated[int, typer.Option(help="At most so many.", min=1)] = 100,
) -> None:
    """The latest payments, newest first."""
    with _reading(database) as engine:
        rows = list_payments(engine, limit, terminal)
    if as_json:
        _print_json([dataclasses.asdict(row) for row in rows])
        return
    for row in rows:
        typer.echo(_line(row))


@ledger_app.command("check")
def check_command(
    database: DatabaseFile,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Balances of all accounts; exit code 1 when a transaction does not sum to zero."""
    with _reading(database) as engine:
        balances = ledger_balances(engine)
        broken = unbalanced_transactions(engine)
    if as_json:
        told = [dataclasses.asdict(balance) for balance in balances]
        _print_json({"balances": told, "unbalanced": broken})
    else:
        for balance in balances:
            typer.echo(f"{balance.account:<40} {balance.currency} {balance.minor:>15}")
        for terminal_id, uid in broken:
            typer.echo(f"DOES NOT SUM TO ZERO: {terminal_id} {uid}")
    if broken:
        raise typer.Exit(1)


def _serve(settings: Settings) -> None:
    store = open_store(settings)
    try:
        listener = listen(settings)
    except OSError:
        store.close()
        raise
    with listener:
        typer.echo(f"listening on {url_of(listener)}")
        serve(settings, store, listener)


@contextmanager
def _reading(database: Path) -> Iterator[Engine]:
    with _failing_early():
        engine = open_for_reading(database)
        try:
            yield engine
        except DBAPIError as error:
            raise DatabaseUnusableError(f"{database}: {cause_of(error)}") from None
        finally:
            engine.dispose()


@contextmanager
def _failing_early() -> Iterator[None]:
    """One plain line and exit code 2 for what a person can put right."""
    try:
        yield
    except (SettingsUnusableError, DatabaseUnusableError, OSError) as error:
        typer.echo(f"wallet: {error}", err=True)
        raise typer.Exit(2) from None


def _line(row: PaymentRow) -> str:
    return (
        f"{row.terminal_id} {row.number:>6} {row.status:<9} {row.provider_code:<20} "
        f"{row.inserted_minor:>9} {row.currency} {row.received_at:%Y-%m-%d %H:%M:%S}"
    )


def _print_json(value: object) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=_as_text))


def _as_text(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
