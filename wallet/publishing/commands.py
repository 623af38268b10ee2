"""`wallet publish`: what terminals shall sell and print from now on.

Exit code 0 on success, 1 when it is refused, 2 when a command cannot even begin.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from terminal_api.content import ContentKind
from wallet.command_line import (
    DatabaseOption,
    JsonOption,
    failing_early,
    print_json,
    reading,
    writing,
)
from wallet.publishing.publisher import (
    PublishingRefusedError,
    list_publications,
    publish,
    version_of,
)
from wallet.storage.turns import turns_of

publish_app = typer.Typer(
    help="Catalogue, fee tables and receipt templates for terminals, in versions.",
    no_args_is_help=True,
)

FileArgument = Annotated[Path, typer.Argument(help="What to publish.", dir_okay=False)]
OperatorOption = Annotated[str, typer.Option(help="Who publishes; it is kept.")]
TerminalOption = Annotated[
    list[str] | None, typer.Option(help="Only for this terminal; may stand several times.")
]


@publish_app.command("catalogue")
def catalogue_command(
    file: FileArgument,
    database: DatabaseOption,
    operator: OperatorOption,
    terminal: TerminalOption = None,
) -> None:
    """A provider catalogue (JSON); its version stands in it. Check it with `kiosk run --check`."""
    _publish(ContentKind.CATALOGUE, file, database, operator, terminal)


@publish_app.command("fees")
def fees_command(
    file: FileArgument,
    database: DatabaseOption,
    operator: OperatorOption,
    terminal: TerminalOption = None,
) -> None:
    """A fee table (JSON) that is laid over the catalogue; its `fee_version` stands in it."""
    _publish(ContentKind.FEES, file, database, operator, terminal)


@publish_app.command("templates")
def templates_command(
    file: FileArgument,
    database: DatabaseOption,
    operator: OperatorOption,
    version: Annotated[str, typer.Option(help="The bundle's version.")],
    terminal: TerminalOption = None,
) -> None:
    """A signed bundle of receipt templates."""
    _publish(ContentKind.TEMPLATES, file, database, operator, terminal, version)


@publish_app.command("list")
def list_command(database: DatabaseOption, as_json: JsonOption = False) -> None:
    """Everything that was published."""
    with reading(database) as engine, engine.connect() as connection:
        found = list_publications(connection)
    if as_json:
        print_json(found)
        return
    for it in found:
        typer.echo(
            f"{it.kind:<10} {it.version:<24} {it.published_at:%Y-%m-%d %H:%M:%S} {it.operator}"
        )


def _publish(
    kind: ContentKind,
    file: Path,
    database: str,
    operator: str,
    terminals: list[str] | None,
    told: str | None = None,
) -> None:
    with failing_early():
        content = file.read_bytes()
    with writing(database) as engine, turns_of(engine).write(None) as connection:
        try:
            name = publish(
                connection,
                kind,
                version_of(kind, content, told),
                content,
                operator=operator,
                now=datetime.now(UTC),
                terminals=terminals,
            )
        except PublishingRefusedError as error:
            typer.echo(f"wallet: {file}: {error}", err=True)
            raise typer.Exit(1) from None
    whom = "every terminal" if terminals is None else ", ".join(terminals)
    typer.echo(f"{kind} {name.version} for {whom}")
