"""`wallet collections`: periods that terminals closed, and the count of the vault."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

import typer
from sqlalchemy import select

from wallet.books.collections import NoSuchCollectionError, count_vault
from wallet.books.tables import collections
from wallet.command_line import (
    DatabaseOption,
    JsonOption,
    must_be_a_terminal,
    print_json,
    reading,
    writing,
)
from wallet.storage.turns import turns_of

collections_app = typer.Typer(help="Collections of the cash boxes.", no_args_is_help=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    terminal_id: str
    period: int
    agent: str
    operator_id: str
    closed_at: datetime
    received_at: datetime


@collections_app.command("list")
def list_command(
    database: DatabaseOption,
    as_json: JsonOption = False,
    terminal: Annotated[str | None, typer.Option(help="Only of this terminal.")] = None,
    limit: Annotated[int, typer.Option(help="At most so many.", min=1)] = 100,
) -> None:
    """The latest closed periods, newest first."""
    query = select(*(collections.c[name] for name in _Row.__dataclass_fields__))
    if terminal is not None:
        query = query.where(collections.c.terminal_id == terminal)
    query = query.order_by(collections.c.received_at.desc()).limit(limit)
    with reading(database) as engine, engine.connect() as connection:
        rows = [_Row(**row) for row in connection.execute(query).mappings()]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        typer.echo(
            f"{row.terminal_id} {row.period:>6} {row.closed_at:%Y-%m-%d %H:%M:%S} "
            f"{row.agent:<16} {row.operator_id}"
        )


@collections_app.command("count")
def count_command(
    terminal: Annotated[str, typer.Argument(help="The terminal's eight digits.")],
    period: Annotated[int, typer.Argument(help="The period's number on its slip.")],
    database: DatabaseOption,
    counted: Annotated[int, typer.Option(help="What was counted, in minor units.", min=0)],
    by: Annotated[str, typer.Option(help="Who counted.")],
    currency: Annotated[str, typer.Option(help="Of which currency.")] = "RUB",
    as_json: JsonOption = False,
) -> None:
    """Enter the count of a period's cash. A difference is posted to an account of its own.

    A recount is entered the same way and has the last word. Exit code 1 when no such period was
    reported.
    """
    must_be_a_terminal(terminal)
    with writing(database) as engine:
        try:
            with turns_of(engine).write(terminal) as connection:
                told = count_vault(
                    connection, terminal, period, currency, counted, by, datetime.now(UTC)
                )
        except NoSuchCollectionError as error:
            typer.echo(f"wallet: {error}", err=True)
            raise typer.Exit(1) from None
    if as_json:
        print_json(told)
        return
    again = ", as entered before" if told.again else ""
    typer.echo(
        f"expected {told.expected_minor}, counted {told.counted_minor} {currency}, "
        f"difference {told.difference_minor}{again}"
    )
