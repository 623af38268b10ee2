"""The tree of commands."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from config.catalogue import load_catalogue
from config.settings import Settings, SettingsError, load_settings
from drivers.printers.models import find_model
from kiosk.catalogue.notes_check import check_notes
from kiosk.cli.acceptor_probe import probe
from kiosk.cli.acceptor_trace import trace
from kiosk.cli.acceptor_watch import watch
from kiosk.cli.brand import brand_commands, good_brand
from kiosk.cli.demo import demo
from kiosk.cli.display import must_have_display
from kiosk.cli.enrol import enrol_command
from kiosk.cli.failures import fail, told_plainly
from kiosk.cli.journal import journal_commands
from kiosk.cli.receipt import receipt_commands
from kiosk.cli.simulate import simulate
from kiosk.cli.simulators import acceptor_commands, printer_commands, provider_commands
from kiosk.exit_codes import ExitCode
from kiosk.logs import set_up_logs

RunTerminal = Callable[[Settings, Path | None], bool]
"""Runs a terminal until it ends; True when it ended in order."""


def build_application(run_terminal: RunTerminal) -> typer.Typer:
    """The command line, with `run_terminal` behind `kiosk run`."""
    application = typer.Typer(
        name="kiosk",
        help="The payment terminal: run it, try it, look into its journal.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )

    @application.command()
    def run(
        config: Annotated[
            Path | None,
            typer.Option(
                help="Settings file (TOML); see config/example.toml. Default: a demo terminal."
            ),
        ] = None,
        finger: Annotated[
            Path | None,
            typer.Option(help="Socket for automated touches (demo and tests).", hidden=True),
        ] = None,
        check: Annotated[
            bool, typer.Option("--check", help="Check settings and catalogue, then stop.")
        ] = False,
    ) -> None:
        """Run the terminal: window, acceptor, printer, journal and delivery."""
        with told_plainly():
            settings = load_settings(config)
            if check:
                check_notes(
                    load_catalogue(settings.catalogue.path),
                    str(settings.catalogue.path or "built-in catalogue"),
                    denominations_minor=settings.acceptor.denominations_minor,
                )
                find_model(settings.printer.model)
                if settings.display.brand:
                    good_brand(settings.display.brand, settings.hotline.numbers)
                typer.echo("settings and catalogue are good")
                return
            must_have_display("start it inside a graphical session, or name a Qt platform")
            _open_log(settings, config)
            if not run_terminal(settings, finger):
                fail("the terminal crashed; see the log", ExitCode.CRASHED)

    application.command("enrol")(enrol_command)
    application.command()(demo)
    application.command()(simulate)
    application.add_typer(journal_commands, name="journal")
    for command in (probe, watch, trace):
        acceptor_commands.command()(command)
    application.add_typer(acceptor_commands, name="acceptor")
    application.add_typer(printer_commands, name="printer")
    application.add_typer(provider_commands, name="provider")
    application.add_typer(receipt_commands, name="receipt")
    application.add_typer(brand_commands, name="brand")
    return application


def _open_log(settings: Settings, config: Path | None) -> None:
    try:
        wanted = settings.log
        set_up_logs(
            level=wanted.level,
            path=wanted.path,
            max_bytes=wanted.max_mb * 1_000_000,
            keep=wanted.keep,
        )
    except OSError as error:
        reason = f"log.path: {settings.log.path} cannot be opened: {error.strerror}"
        raise SettingsError((f"{config or 'settings'}: {reason}",)) from None
