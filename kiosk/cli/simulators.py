"""`kiosk acceptor simulate` and `kiosk printer simulate`: devices on pseudo-terminals, for trying
and training without hardware.
"""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

acceptor_commands = typer.Typer(
    help="Banknote acceptors.", no_args_is_help=True, add_completion=False
)
printer_commands = typer.Typer(help="Receipt printers.", no_args_is_help=True, add_completion=False)

Link = Annotated[Path | None, typer.Option(help="A stable name for the pseudo-terminal.")]
Control = Annotated[Path | None, typer.Option(help="Unix socket for commands, one a line.")]


class Protocol(StrEnum):
    """Protocols that can be simulated."""

    CCNET = "ccnet"


@acceptor_commands.command("simulate")
def simulate_acceptor(
    protocol: Annotated[Protocol, typer.Option(help="What it speaks.")] = Protocol.CCNET,
    link: Link = None,
    control: Control = None,
    state: Annotated[
        Path | None, typer.Option(help="Keeps cassette and memory over restarts of this process.")
    ] = None,
) -> None:
    """Be a banknote acceptor on a pseudo-terminal. Commands on standard input: try `help`."""
    from simulation.acceptor.simulator import run_acceptor_simulator

    del protocol  # one so far; the option fixes its name for those to come
    raise typer.Exit(run_acceptor_simulator(link=link, control=control, state=state, stdin=True))


@printer_commands.command("simulate")
def simulate_printer(
    model: Annotated[str, typer.Option(help="A model of the printer table.")] = "generic_epson",
    link: Link = None,
    control: Control = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder for receipt-N.bin, .txt and .png.")
    ] = None,
) -> None:
    """Be a receipt printer on a pseudo-terminal. Commands on standard input: try `help`."""
    from simulation.printer.process import run_printer_simulator

    raise typer.Exit(
        run_printer_simulator(link=link, control=control, out=out, stdin=True, model=model)
    )
