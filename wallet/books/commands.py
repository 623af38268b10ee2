"""`wallet books`: the proof of the ledger, and its balances."""

from typing import Annotated

import typer

from wallet.books.balances import ledger_balances
from wallet.books.verify import verify_books
from wallet.command_line import DatabaseOption, JsonOption, print_json, reading

books_app = typer.Typer(help="The books.", no_args_is_help=True)


@books_app.command("verify")
def verify_command(database: DatabaseOption, as_json: JsonOption = False) -> None:
    """Prove the books: payments, notes and collections against transfers, payouts against payments.

    Exit code 1 when something does not hold. Conflicts that terminals reported are counted, and are
    no fault of the books.
    """
    with reading(database) as engine:
        proof = verify_books(engine)
    if as_json:
        print_json(proof)
    else:
        for finding in proof.findings:
            typer.echo(f"DOES NOT HOLD: {finding.rule}: {finding.terminal_id} {finding.what}")
        typer.echo(
            f"{proof.payments} payments, {proof.transfers} transfers, "
            f"{proof.payouts} payouts ({proof.ended_without_payout} payments ended without one), "
            f"{proof.conflicts} conflicts, {len(proof.findings)} findings"
        )
    if proof.findings:
        raise typer.Exit(1)


@books_app.command("balances")
def balances_command(
    database: DatabaseOption,
    as_json: JsonOption = False,
    terminal: Annotated[str | None, typer.Option(help="Only of this terminal.")] = None,
) -> None:
    """Every account with its balance, in minor units: debits positive, credits negative."""
    with reading(database) as engine:
        balances = ledger_balances(engine, terminal)
    if as_json:
        print_json(balances)
        return
    for balance in balances:
        typer.echo(f"{balance.account:<44} {balance.currency} {balance.minor:>18}")
