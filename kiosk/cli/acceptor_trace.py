"""`kiosk acceptor trace`: switch the wire trace of a running terminal, or show what it holds.

Works from outside the terminal's process by the switch file; it must never open the line itself.
"""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from config.settings import load_settings
from drivers.transports.wire_trace import OLDER_SUFFIX, switch_file
from kiosk.cli.failures import fail, told_plainly
from kiosk.exit_codes import ExitCode


class Order(StrEnum):
    """What to do with the trace."""

    ON = "on"
    OFF = "off"
    SHOW = "show"


def trace(
    order: Annotated[Order, typer.Argument(help="on, off, or show what is there.")],
    config: Annotated[
        Path | None, typer.Option(help="Settings file of the terminal. Default: a demo terminal.")
    ] = None,
) -> None:
    """Write down what crosses the acceptor's line: time, direction, bytes, meaning.

    A running terminal obeys at its next poll. The trace is bounded in size and holds no account.
    """
    with told_plainly():
        path = load_settings(config).acceptor_trace
        _obey(order, path)


def _obey(order: Order, path: Path) -> None:
    switch = switch_file(path)
    match order:
        case Order.ON:
            if not path.parent.is_dir():
                fail(
                    f"no terminal of these settings has run here: {path.parent} is missing",
                    ExitCode.BAD_INPUT,
                )
            switch.touch()
            typer.echo(f"on: {path}")
        case Order.OFF:
            switch.unlink(missing_ok=True)
            typer.echo("off")
        case Order.SHOW:
            _show(path)


def _show(path: Path) -> None:
    files = [path.with_name(path.name + OLDER_SUFFIX), path]
    found = [file for file in files if file.exists()]
    is_on = switch_file(path).exists()
    if not found:
        state = "on, and nothing has crossed yet" if is_on else "off"
        typer.echo(f"no trace at {path}: it is {state}", err=True)
    for file in found:
        typer.echo(file.read_text(encoding="utf-8"), nl=False)
    if found and is_on:
        typer.echo("the trace is still on: kiosk acceptor trace off", err=True)
