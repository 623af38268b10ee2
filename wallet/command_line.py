"""What the commands of `wallet` share: which database, one plain line for trouble, JSON.

Exit code 0 on success, 1 when a check finds something, 2 when a command cannot even begin.
"""

import dataclasses
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated

import typer
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from wallet.providers.profile import ProfilesError
from wallet.settings import SettingsUnusableError
from wallet.storage.address import address_of, shown
from wallet.storage.database import open_for_reading, open_for_writing
from wallet.storage.errors import DatabaseUnusableError, cause_of

DatabaseOption = Annotated[
    str, typer.Option(help="A SQLite file, or postgresql://user@host/name.", metavar="FILE|URL")
]
JsonOption = Annotated[bool, typer.Option("--json", help="For programs: JSON.")]


@contextmanager
def reading(database: str) -> Iterator[Engine]:
    """An engine that only looks; trouble ends the command."""
    with failing_early():
        yield from _closed_after(open_for_reading(database), database)


@contextmanager
def writing(database: str) -> Iterator[Engine]:
    """An engine that writes, with tables of the newest revision; trouble ends the command."""
    with failing_early():
        yield from _closed_after(open_for_writing(database, pool_size=1), database)


@contextmanager
def failing_early() -> Iterator[None]:
    """One plain line and exit code 2 for what a person can put right."""
    try:
        yield
    except (SettingsUnusableError, DatabaseUnusableError, ProfilesError, OSError) as error:
        typer.echo(f"wallet: {error}", err=True)
        raise typer.Exit(2) from None


def must_be_a_terminal(told: str) -> None:
    """End the command unless this can be a terminal's number."""
    with failing_early():
        if not (len(told) == 8 and told.isascii() and told.isdigit()):
            raise SettingsUnusableError("a terminal's number has eight digits")


def print_json(value: object) -> None:
    """Instants as ISO 8601, values of ours as objects."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=_plain))


def _closed_after(engine: Engine, database: str) -> Iterator[Engine]:
    try:
        yield engine
    except DBAPIError as error:
        raise DatabaseUnusableError(f"{shown(address_of(database))}: {cause_of(error)}") from None
    finally:
        engine.dispose()


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    return str(value)
