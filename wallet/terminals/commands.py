"""`wallet terminals`: lets terminals in, shows them, and shuts them out.

On a SQLite file these commands wait for a server that is writing; let them run while it is idle, or
before it starts. A token is shown once and kept by nobody here.
"""

import dataclasses
import json
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

import typer

from wallet.command_line import (
    DatabaseOption,
    JsonOption,
    must_be_a_terminal,
    print_json,
    reading,
    writing,
)
from wallet.storage.turns import Turns, turns_of
from wallet.terminals.desk import Desk, open_desk
from wallet.terminals.rates import Rate
from wallet.terminals.register import Register

terminals_app = typer.Typer(help="Terminals: let in, shown, shut out.", no_args_is_help=True)

TerminalArgument = Annotated[str, typer.Argument(help="The terminal's eight digits.")]


@terminals_app.command("enrol-token")
def enrol_token_command(
    terminal: TerminalArgument,
    database: DatabaseOption,
    hours: Annotated[int, typer.Option(help="The token is good so long.", min=1, max=720)] = 24,
    as_json: JsonOption = False,
) -> None:
    """A token with which this terminal can be enrolled once, by `kiosk enrol --token ...`."""
    must_be_a_terminal(terminal)
    valid = timedelta(hours=hours)
    with writing(database) as engine:
        token = _desk(turns_of(engine)).new_token(terminal, valid)
    if as_json:
        print_json({"terminal_id": terminal, "token": token, "expires_at": _now() + valid})
    else:
        typer.echo(token)


@terminals_app.command("revoke")
def revoke_command(terminal: TerminalArgument, database: DatabaseOption) -> None:
    """Shut this terminal out at once: its keys end, and its tokens that were not used.

    Exit code 1 when it had no key in force.
    """
    must_be_a_terminal(terminal)
    with writing(database) as engine:
        ended = _desk(turns_of(engine)).keys.revoke(terminal)
    typer.echo(f"{terminal}: {ended} keys ended")
    if not ended:
        raise typer.Exit(1)


@terminals_app.command("list")
def list_command(
    database: DatabaseOption,
    as_json: JsonOption = False,
    terminal: Annotated[str | None, typer.Option(help="Only this one.")] = None,
) -> None:
    """Every key that ever was, and how each terminal stood when it was heard last."""
    with reading(database) as engine:
        turns = turns_of(engine)
        known = _desk(turns).keys.known(terminal)
        standing = {one.terminal_id: one for one in Register(turns, _now).standing(terminal)}
    if as_json:
        print_json([_told(dataclasses.asdict(one), standing.get(one.terminal_id)) for one in known])
        return
    for one in known:
        heard = standing.get(one.terminal_id)
        state = f"ended {one.ended_by}" if one.ended_at else "in force"
        seen = f"{heard.seen_at:%Y-%m-%d %H:%M:%S}" if heard else "never heard"
        typer.echo(f"{one.terminal_id} {one.key_id} {state:<14} {seen}")


def _told(key: dict[str, Any], heard: Any) -> dict[str, Any]:
    report = json.loads(heard.report) if heard else None
    return {**key, "seen_at": heard.seen_at if heard else None, "report": report}


def _desk(turns: Turns) -> Desk:
    return open_desk(turns, _now, window=timedelta(seconds=1), rate=Rate())


def _now() -> datetime:
    return datetime.now(UTC)
