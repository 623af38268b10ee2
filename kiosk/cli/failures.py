"""Turns expected failures into one clear message on standard error and an exit code."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from config.catalogue import CatalogueError
from config.journal_key import KeyFileError
from config.settings import SettingsError
from drivers.printers.models import UnknownPrinterModelError
from kiosk.backend_access import NotEnrolledError
from kiosk.exit_codes import ExitCode
from kiosk.receipts.errors import ReceiptError
from kiosk.single_instance import AlreadyRunningError
from kiosk.terminal.books import OtherTerminalError
from offline_queue.journal import JournalError
from offline_queue.journal.replay import TemporaryFolderError

_CODES: tuple[tuple[type[Exception], ExitCode], ...] = (
    (SettingsError, ExitCode.BAD_INPUT),
    (CatalogueError, ExitCode.BAD_INPUT),
    (KeyFileError, ExitCode.BAD_INPUT),
    (NotEnrolledError, ExitCode.BAD_INPUT),
    (OtherTerminalError, ExitCode.BAD_INPUT),
    (UnknownPrinterModelError, ExitCode.BAD_INPUT),
    (ReceiptError, ExitCode.BAD_INPUT),
    (AlreadyRunningError, ExitCode.ALREADY_RUNNING),
    (JournalError, ExitCode.JOURNAL),
    (TemporaryFolderError, ExitCode.FAILED),
    (OSError, ExitCode.FAILED),
)


@contextmanager
def told_plainly() -> Iterator[None]:
    """Report what was expected to be able to go wrong; let bugs through with their traceback."""
    try:
        yield
    except tuple(kind for kind, _ in _CODES) as error:
        code = next(code for kind, code in _CODES if isinstance(error, kind))
        fail(str(error), code)


def fail(message: str, code: ExitCode) -> None:
    """Print a message for a person and leave with `code`."""
    for line in message.splitlines():
        sys.stderr.write(f"kiosk: {line}\n")
    raise typer.Exit(int(code))
