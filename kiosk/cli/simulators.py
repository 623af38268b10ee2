"""`kiosk acceptor simulate`, `kiosk printer simulate`, `kiosk provider simulate`: the world outside,
for trying and training without hardware or contracts.
"""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from drivers.printers.models import UnknownPrinterModelError
from kiosk.cli.printer import models, print_test, status
from kiosk.exit_codes import ExitCode

acceptor_commands = typer.Typer(
    help="Banknote acceptors.", no_args_is_help=True, add_completion=False
)
printer_commands = typer.Typer(help="Receipt printers.", no_args_is_help=True, add_completion=False)

printer_commands.command("status")(status)
printer_commands.command("test")(print_test)
printer_commands.command("models")(models)
provider_commands = typer.Typer(
    help="Providers of services.", no_args_is_help=True, add_completion=False
)

Link = Annotated[Path | None, typer.Option(help="A stable name for the pseudo-terminal.")]
Control = Annotated[Path | None, typer.Option(help="Unix socket for commands, one a line.")]


class Protocol(StrEnum):
    """Protocols that can be simulated."""

    CCNET = "ccnet"
    ID003 = "id003"
    SSP = "ssp"


@acceptor_commands.command("simulate")
def simulate_acceptor(
    protocol: Annotated[Protocol, typer.Option(help="What it speaks.")] = Protocol.CCNET,
    model: Annotated[
        str | None, typer.Option(help="A machine of that protocol; an unknown name lists them.")
    ] = None,
    link: Link = None,
    control: Control = None,
    state: Annotated[
        Path | None, typer.Option(help="Keeps cassette and memory over restarts of this process.")
    ] = None,
    faults: Annotated[
        Path | None,
        typer.Option(
            help="YAML or TOML file of faults that happen by themselves (docs/hardware.md)."
        ),
    ] = None,
) -> None:
    """Be a banknote acceptor on a pseudo-terminal. Commands on standard input: try `help`."""
    from simulation.acceptor.fault_plan import FaultPlanError
    from simulation.acceptor.models import UnknownModelError
    from simulation.acceptor.protocols import ProtocolName
    from simulation.acceptor.simulator import run_acceptor_simulator

    try:
        code = run_acceptor_simulator(
            link=link,
            control=control,
            state=state,
            stdin=True,
            protocol=ProtocolName(protocol.value),
            model=model,
            faults=faults,
        )
    except (UnknownModelError, FaultPlanError) as error:
        typer.echo(error, err=True)
        raise typer.Exit(ExitCode.BAD_INPUT) from None
    raise typer.Exit(code)


@printer_commands.command("simulate")
def simulate_printer(
    model: Annotated[str, typer.Option(help="A model of the printer table.")] = "generic_epson",
    link: Link = None,
    control: Control = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder for receipt-N.bin, .txt and .png.")
    ] = None,
    tcp: Annotated[
        int | None,
        typer.Option(help="Listen on this port of the loopback instead; 0 takes a free one."),
    ] = None,
) -> None:
    """Be a receipt printer on a pseudo-terminal. Commands on standard input: try `help`."""
    from simulation.printer.process import run_printer_simulator

    try:
        code = run_printer_simulator(
            link=link, control=control, out=out, stdin=True, model=model, tcp=tcp
        )
    except UnknownPrinterModelError as error:
        typer.echo(error, err=True)
        raise typer.Exit(ExitCode.BAD_INPUT) from None
    raise typer.Exit(code)


@provider_commands.command("simulate")
def simulate_provider(
    memory: Annotated[
        Path, typer.Option(help="Keeps what was credited, over restarts of this process.")
    ],
    port: Annotated[int, typer.Option(help="Port on the loopback; 0 takes a free one.")] = 0,
) -> None:
    """Be a provider that speaks the check/pay protocol (docs/providers.md). Its address is the first
    line; then commands on standard input: `stand timeout_after`, `fault code code 5`, `well`, `paid`.
    """
    from simulation.provider.process import run_demo_provider

    raise typer.Exit(run_demo_provider(memory=memory, port=port, stdin=True))
