"""The command line of the backend: joins the commands of its rooms; every rule lives elsewhere.

Exit code 0 on success, 1 when a check finds something, 2 when it cannot even begin.
"""

import os
from pathlib import Path
from typing import Annotated

import typer

from wallet.books.collection_commands import collections_app
from wallet.books.commands import books_app
from wallet.command_line import DatabaseOption, failing_early, writing
from wallet.http.document import api_text
from wallet.load.commands import load_command
from wallet.logs import log_json
from wallet.payments.commands import payments_app
from wallet.providers.commands import pay_command, payouts_app
from wallet.providers.registry_commands import reconcile_command, registry_command
from wallet.publishing.commands import publish_app
from wallet.server import listen, open_store, serve, url_of
from wallet.settings import Settings, Settle, load_settings
from wallet.storage.migrate import newest
from wallet.terminals.commands import terminals_app

app = typer.Typer(
    help="Wallet backend: takes payments from terminals, keeps the ledger.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(payments_app, name="payments")
app.add_typer(books_app, name="books")
app.add_typer(collections_app, name="collections")
app.add_typer(terminals_app, name="terminals")
app.command("load")(load_command)
app.add_typer(payouts_app, name="payouts")
app.add_typer(publish_app, name="publish")
app.command("pay")(pay_command)
app.command("registry")(registry_command)
app.command("reconcile")(reconcile_command)


@app.command("serve")
def serve_command(
    config: Annotated[Path | None, typer.Option(help="TOML file with settings.")] = None,
    database: Annotated[
        str | None,
        typer.Option(
            help="A SQLite file, made when missing, or postgresql://user@host/name.",
            metavar="FILE|URL",
        ),
    ] = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port; 0 takes a free one.")] = None,
    providers: Annotated[
        Path | None,
        typer.Option(help="TOML file of provider profiles: pay them (docs/providers.md)."),
    ] = None,
    no_worker: Annotated[
        bool, typer.Option("--no-worker", help="Leave paying to `wallet pay`.")
    ] = False,
) -> None:
    """Serve the terminal API until stopped. Tables are brought to the newest revision first.

    Terminals sign their requests; `wallet terminals enrol-token` makes one known. TLS is the work of
    a reverse proxy before this service (docs/terminal-api.md).
    """
    with failing_early():
        settings = load_settings(
            config,
            database=database,
            host=host,
            port=port,
            providers=providers,
            settle=Settle.PROVIDERS if providers is not None else None,
            worker=False if no_worker else None,
        )
        log_json()
        # Customers' accounts are in the database: its files are nobody else's to read.
        os.umask(0o077)
        _serve(settings)


@app.command("openapi")
def openapi_command() -> None:
    """The API of the backend as an OpenAPI document (docs/openapi.json)."""
    log_json()
    typer.echo(api_text(), nl=False)


@app.command("migrate")
def migrate_command(database: DatabaseOption) -> None:
    """Make the tables, or bring them to the newest revision; `serve` does it too."""
    os.umask(0o077)
    with writing(database):
        typer.echo(f"at {newest()}")


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
