"""`kiosk journal begin`: the first journal of a new terminal, by the installer's hand.

A real terminal begins none by itself: an empty folder may be the place of a disk that is not mounted.
It must never touch a folder in which there is, or was, a journal.
"""

import os
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from config.settings import load_settings
from kiosk.cli.failures import fail, told_plainly
from kiosk.clock import SystemClock
from kiosk.exit_codes import ExitCode
from kiosk.journal_opening import JournalOpening, was_begun


def begin(
    config: Annotated[Path, typer.Option(help="The terminal's settings file (TOML).")],
) -> None:
    """Begin the journal of a new terminal, with its key: once, at installation, as the user under
    whom the terminal runs, with the journal's disk mounted. A demo terminal needs no such thing.

    Exit code 2: there is a journal, or one has left something behind; nothing was changed.
    """
    with told_plainly():
        settings = load_settings(config).journal
        folder = settings.path.parent
        if not folder.is_dir():
            fail(f"{folder}: no such folder; mount its disk, or make it", ExitCode.BAD_INPUT)
        if was_begun(settings.path):
            fail(f"{settings.path}: a journal was begun here already", ExitCode.BAD_INPUT)
        os.umask(0o077)  # its key, and what customers typed in
        opening = JournalOpening(settings, SystemClock(), begins=True)
        with closing(opening):
            opening().journal.close()
    typer.echo(
        f"{settings.path}: begun; keep a copy of the key {settings.key_file} in another place"
    )
