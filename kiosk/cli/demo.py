"""`kiosk demo`: a whole terminal with simulated devices and a backend, for a person or a scenario."""

import contextlib
import signal
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from tempfile import mkdtemp
from typing import Annotated

import typer

from kiosk.cli.display import must_have_display
from kiosk.cli.failures import fail
from kiosk.exit_codes import ExitCode


def _shipped_names() -> str:
    # By the files alone: a running terminal, too, builds this command line, and loads no simulation.
    shipped = files("simulation.scenarios").iterdir()
    return ", ".join(sorted(Path(one.name).stem for one in shipped if one.name.endswith(".yaml")))


def demo(
    headless: Annotated[
        bool, typer.Option("--headless", help="No display, no person: play a scenario.")
    ] = False,
    scenario: Annotated[
        str,
        typer.Option(help=f"With --headless: a file, or one of: {_shipped_names()}."),
    ] = "first-payment",
    out: Annotated[
        Path | None,
        typer.Option(help="Folder for pictures, receipts, journal and summary; must be empty."),
    ] = None,
) -> None:
    """Try the terminal: simulated acceptor and printer, real journal, real backend on this machine.

    Exit code 0 only if every step of the scenario held.
    """
    from simulation.demo.children import ChildError
    from simulation.demo.control import ControlError
    from simulation.scenario.steps import ScenarioError

    if not headless:
        must_have_display("without one: --headless --scenario NAME --out DIR")
    folder = out if out is not None else Path(mkdtemp(prefix="kiosk-demo-"))
    try:
        _make_empty(folder)
        with _tidy_on_sigterm():
            if headless:
                _play(scenario, folder)
            else:
                _show(folder)
    except ScenarioError as error:
        fail(str(error), ExitCode.BAD_INPUT)
    except (ChildError, ControlError, TimeoutError, OSError) as error:
        fail(str(error), ExitCode.FAILED)


@contextlib.contextmanager
def _tidy_on_sigterm() -> Iterator[None]:
    """Let SIGTERM unwind as Ctrl-C does, so that the processes of the stand end with this one."""

    def leave(number: int, _frame: object) -> None:
        raise SystemExit(128 + number)

    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _make_empty(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        fail(f"{folder} is not empty; name an empty folder with --out", ExitCode.BAD_INPUT)


def _play(name: str, folder: Path) -> None:
    from simulation.scenario.player import play
    from simulation.scenario.steps import load_scenario

    outcome = play(load_scenario(name), folder, typer.echo)
    for payment in outcome.payments:
        typer.echo(
            f"payment {payment.number}: {payment.provider}, inserted {payment.inserted_minor}, "
            f"fee {payment.fee_minor}, credited {payment.credited_minor} kopecks, "
            f"terminal {payment.state}, backend {payment.backend_state}, slip {payment.receipt}"
        )
    typer.echo(f"{'passed' if outcome.ok else 'FAILED'}: {name}; everything is in {folder}")
    if not outcome.ok:
        raise typer.Exit(int(ExitCode.FAILED))


def _show(folder: Path) -> None:
    from simulation.demo.interactive import show

    typer.echo(f"journal, receipts and logs go to {folder}")
    raise typer.Exit(show(folder))
