"""`kiosk enrol`: makes this terminal's key and lets the backend know it by a token that is good once.

The key is on disk before the backend hears of it, and the same key is used when the command is given
again after a lost answer. The private half leaves this machine by no way; the token is not kept.
"""

import secrets
import time
from pathlib import Path
from typing import Annotated

import typer

from config.settings import Settings, load_settings
from config.terminal_key import draft_key, promote_draft
from kiosk.backend_access import session_of, signer_by, signer_of
from kiosk.cli.failures import fail, told_plainly
from kiosk.exit_codes import ExitCode
from offline_queue.sync.enrolment import EnrolmentError, enrol, replace_key


def enrol_command(
    token: Annotated[
        str | None,
        typer.Option(
            help="From `wallet terminals enrol-token`. Without: the key is replaced by a new one.",
            envvar="KIOSK_ENROL_TOKEN",
        ),
    ] = None,
    server: Annotated[
        str | None, typer.Option(help="Where to enrol; default: backend.url of the settings.")
    ] = None,
    config: Annotated[Path | None, typer.Option(help="Settings file (TOML).")] = None,
) -> None:
    """Let the backend know this terminal, or replace the key that it knows.

    Stop the terminal first: it reads its key at the start.
    """
    with told_plainly():
        overrides = {"backend": {"url": server}} if server is not None else None
        settings = load_settings(config, overrides=overrides)
        try:
            key_id = _replaced(settings) if token is None else enrolled(settings, token.strip())
        except EnrolmentError as error:
            fail(str(error), ExitCode.FAILED)
        else:
            typer.echo(f"terminal {settings.terminal.id} is known by key {key_id}")


def enrolled(settings: Settings, token: str) -> str:
    """Make a key and let the backend know it; returns its id.

    Raises:
        EnrolmentError: the backend did not agree.
        KeyFileError: the key cannot be kept.
    """
    terminal_id, file = settings.terminal.id, settings.backend.key_file
    key = draft_key(file, terminal_id, secrets.token_bytes)
    with session_of(settings) as session:
        answer = enrol(
            session,
            settings.backend.url,
            signer_by(key),
            terminal_id=terminal_id,
            token=token,
            clock=time.monotonic,
        )
    promote_draft(file)
    return answer.key_id


def _replaced(settings: Settings) -> str:
    terminal_id, file = settings.terminal.id, settings.backend.key_file
    signer = signer_of(settings)
    if signer is None:
        raise EnrolmentError("not enrolled yet: give --token")
    new = draft_key(file, terminal_id, secrets.token_bytes)
    with session_of(settings) as session:
        answer = replace_key(
            session,
            settings.backend.url,
            signer,
            new.private,
            terminal_id=terminal_id,
            clock=time.monotonic,
        )
    promote_draft(file)
    return answer.key_id
