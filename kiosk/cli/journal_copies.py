"""`kiosk journal backup` and `set-aside`: copies and new beginnings, by a person's hand."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from kiosk.cli.failures import fail, told_plainly
from kiosk.cli.journal_key import AsJson, JournalPath, KeyFile, key_of, must_exist
from kiosk.exit_codes import ExitCode
from kiosk.single_instance import only_one
from offline_queue.journal import ChainKey, queries
from offline_queue.journal.backup import back_up
from offline_queue.journal.copies import CopyFailedError
from offline_queue.journal.engine import is_empty, reading_driver
from offline_queue.journal.errors import JournalDamagedError
from offline_queue.journal.numbering import COLLECTION_NUMBER, PAYMENT_NUMBER, RECEIPT_NUMBER
from offline_queue.journal.opening import open_for_service
from offline_queue.journal.readable import proved_rows
from offline_queue.journal.sealed_file import SealBrokenError
from offline_queue.journal.set_aside import SettingAside


def backup(
    journal: JournalPath,
    destination: Annotated[
        Path, typer.Argument(help="The new file; it must not exist. Or a folder for it.")
    ],
    key_file: KeyFile = None,
    as_json: AsJson = False,
) -> None:
    """Copy a journal, also beside a running terminal, and prove the copy.

    Never copy `journal.db` by hand: what was recorded last stands in another file.

    Exit code 0: the copy is whole and its end fits the key. 3: the journal cannot be read, or the
    copy does not hold; there is no copy then.
    """
    with told_plainly():
        must_exist(journal)
        to = destination / journal.name if destination.is_dir() else destination
        try:
            last = back_up(journal, key_of(journal, key_file), to)
        except FileExistsError:
            fail(f"{to}: is there already; name another file", ExitCode.BAD_INPUT)
            return
        except (sqlite3.Error, CopyFailedError) as error:
            fail(f"{journal}: no copy was made: {error}", ExitCode.JOURNAL)
            return
    if as_json:
        typer.echo(json.dumps({"copy": str(to), "last_record": last}, ensure_ascii=False))
    else:
        typer.echo(f"{to}: up to record {last}; keep a copy of the key elsewhere")


def set_aside(
    journal: JournalPath,
    payment_number: Annotated[
        int, typer.Option(min=0, help="The terminal's last payment number, as the backend has it.")
    ],
    receipt_number: Annotated[
        int, typer.Option(min=0, help="The terminal's last receipt number; rather too high.")
    ],
    collection_number: Annotated[
        int, typer.Option(min=0, help="The number of the last collection.")
    ] = 0,
    key_file: KeyFile = None,
) -> None:
    """Set a damaged journal aside by hand, when the terminal cannot know which numbers it gave.

    The support desk sees the last numbers at the backend and on the last slip. A number given twice
    is a conflict at the backend; one left out does no harm. A sound journal is left alone.
    """
    given = {
        PAYMENT_NUMBER: payment_number,
        RECEIPT_NUMBER: receipt_number,
        COLLECTION_NUMBER: collection_number,
    }
    with told_plainly():
        if is_empty(journal.with_name(f"{journal.name}-wal")):
            must_exist(journal)
        key = key_of(journal, key_file)
        with only_one(journal):
            damage = _damage(journal, key)
            if damage is None:
                fail(f"{journal}: nothing is wrong with it", ExitCode.BAD_INPUT)
                return
            aside = SettingAside(path=journal, key=key)
            try:
                if not aside.is_planned:
                    aside.plan(damage, datetime.now(UTC), given)
                aside.carry_out().close()
            except SealBrokenError as error:
                fail(str(error), ExitCode.JOURNAL)
    typer.echo(f"{journal}: the damaged journal lies beside it; start the terminal")


def _damage(journal: Path, key: ChainKey) -> str | None:
    """What is wrong with it; None when it can be opened."""
    try:
        opened = open_for_service(journal, key, set_aside=False, now=lambda: datetime.now(UTC))
    except JournalDamagedError as error:
        if _another_key(journal, key):
            fail(f"{journal}: no record fits this key; is it the right one?", ExitCode.BAD_INPUT)
        return error.why
    with closing(opened.journal) as sound, sound.reading() as connection:
        return "it holds nothing" if queries.is_empty(connection) else None


def _another_key(journal: Path, key: ChainKey) -> bool:
    """A sound file of which this key proves not one record."""
    try:
        reader = reading_driver(journal)
    except sqlite3.Error:
        return False
    with closing(reader) as file:
        try:
            if file.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                return False
            some = file.execute("SELECT 1 FROM record LIMIT 1").fetchone() is not None
        except (sqlite3.Error, UnicodeDecodeError):
            return False
        return some and next(proved_rows(file, key), None) is None
