"""What the journal's commands share: which file, and its key."""

from pathlib import Path
from typing import Annotated

import typer

from config.journal_key import KEY_BYTES
from kiosk.cli.failures import fail
from kiosk.exit_codes import ExitCode
from offline_queue.journal import ChainKey

JournalPath = Annotated[Path, typer.Argument(help="The journal file.")]
AsJson = Annotated[bool, typer.Option("--json", help="For programs: JSON.")]
KeyFile = Annotated[
    Path | None,
    typer.Option(help="The journal's key. Default: the file `journal.key` beside it."),
]


def must_exist(journal: Path) -> None:
    """Leave with a message unless the file is there."""
    if not journal.is_file():
        fail(f"{journal}: no such file", ExitCode.BAD_INPUT)


def key_of(journal: Path, key_file: Path | None) -> ChainKey:
    """The key in `key_file`, or in the file beside the journal; leave with a message without it."""
    path = key_file or journal.with_name("journal.key")
    if not path.is_file():
        fail(f"{path}: no such key file; name it with --key-file", ExitCode.BAD_INPUT)
    try:
        return ChainKey(bytes.fromhex(path.read_text(encoding="ascii").strip()))
    except (ValueError, UnicodeDecodeError):
        fail(f"{path}: not a key of {KEY_BYTES} bytes in hex", ExitCode.BAD_INPUT)
        raise  # not reached: `fail` leaves
