"""`wallet payments`: what terminals told, and what became of it."""

from typing import Annotated

import typer

from wallet.command_line import DatabaseOption, JsonOption, print_json, reading
from wallet.payments.reports import PaymentRow, list_payments, show_payment

payments_app = typer.Typer(help="Payments that were taken.", no_args_is_help=True)


@payments_app.command("list")
def list_command(
    database: DatabaseOption,
    as_json: JsonOption = False,
    terminal: Annotated[str | None, typer.Option(help="Only of this terminal.")] = None,
    limit: Annotated[int, typer.Option(help="At most so many.", min=1)] = 100,
) -> None:
    """The latest payments, newest first."""
    with reading(database) as engine:
        rows = list_payments(engine, limit, terminal)
    if as_json:
        print_json(rows)
        return
    for row in rows:
        typer.echo(_line(row))


@payments_app.command("show")
def show_command(
    terminal: Annotated[str, typer.Argument(help="The terminal's eight digits.")],
    number: Annotated[int, typer.Argument(help="The payment's number on its receipt.")],
    database: DatabaseOption,
    as_json: JsonOption = False,
) -> None:
    """One payment with its notes, its transfers in the books, and what contradicted it.

    Exit code 1 when there is none.
    """
    with reading(database) as engine:
        shown = show_payment(engine, terminal, number)
    if shown is None:
        typer.echo(f"wallet: no payment {terminal} {number}", err=True)
        raise typer.Exit(1)
    if as_json:
        print_json(shown)
        return
    typer.echo(_line(shown.payment))
    for note in shown.notes:
        doubt = " disputed" if note.disputed else ""
        typer.echo(f"  note {note.cycle}: {note.minor} {note.currency}{doubt}")
    for line in shown.transfers:
        typer.echo(
            f"  {line.recorded_at:%Y-%m-%d %H:%M:%S} {line.kind:<16} {line.minor:>12} "
            f"{line.currency} {line.debit} <- {line.credit}"
        )
    for conflict in shown.conflicts:
        typer.echo(f"  CONFLICT {conflict.first_seen_at:%Y-%m-%d %H:%M:%S} {conflict.reason}")


def _line(row: PaymentRow) -> str:
    return (
        f"{row.terminal_id} {row.number:>6} {row.status:<9} {row.provider_code:<20} "
        f"{row.inserted_minor:>9} {row.currency} {row.received_at:%Y-%m-%d %H:%M:%S}"
    )
