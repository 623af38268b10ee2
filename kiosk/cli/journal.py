"""`kiosk journal`: look into a terminal's journal and check it; what is in this file reads only."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.exc import DBAPIError

from kiosk.cli.failures import fail, told_plainly
from kiosk.cli.journal_begin import begin
from kiosk.cli.journal_cash import cash, collection_words
from kiosk.cli.journal_copies import backup, set_aside
from kiosk.cli.journal_key import AsJson, JournalPath, KeyFile, key_of, must_exist
from kiosk.cli.journal_parked import offer_again, parked
from kiosk.cli.masking import masked
from kiosk.exit_codes import ExitCode
from offline_queue.journal.cash_records import CashCollected
from offline_queue.journal.copies import CopyFailedError
from offline_queue.journal.earlier import as_of_today
from offline_queue.journal.engine import reading_driver
from offline_queue.journal.readable import (
    UNREADABLE,
    ReadableRow,
    Unreadable,
    as_text,
    readable_rows,
)
from offline_queue.journal.records import from_text
from offline_queue.journal.verify import verify

journal_commands = typer.Typer(
    help="Look into a journal, check it, copy it.", no_args_is_help=True, add_completion=False
)

journal_commands.command("cash")(cash)


@journal_commands.command()
def show(
    journal: JournalPath,
    as_json: AsJson = False,
    after: Annotated[int, typer.Option(help="Begin after this record.")] = 0,
    kind: Annotated[str | None, typer.Option(help="Only records of this kind.")] = None,
) -> None:
    """Show the records in order. They hold accounts and phones: mind where you paste them."""
    with told_plainly():
        for row in _rows(journal, after):
            body = _body(row)
            if kind is not None and body.get("kind") != kind:
                continue
            typer.echo(_as_json(row, body) if as_json else _as_line(row, body))


@journal_commands.command()
def export(
    journal: JournalPath,
    as_json: AsJson = False,
    full: Annotated[
        bool, typer.Option("--full", help="With accounts, phones and slips: mind where it goes.")
    ] = False,
    after: Annotated[int, typer.Option(help="Begin after this record.")] = 0,
) -> None:
    """Give out all records in order, accounts and phones masked: one JSON object a line with --json.

    Of a damaged journal everything that can be read is given out.

    Exit code 0: all of it. 3: something could not be read; what and why stands on standard error.
    """
    with told_plainly():
        for row in _rows(journal, after):
            body = _body(row)
            if not full:
                readable = body.get("kind") != "unreadable"
                body = masked(body) if readable else {**body, "text": "***"}
            typer.echo(_as_json(row, body) if as_json else _as_line(row, body))


journal_commands.command()(begin)
journal_commands.command()(backup)
journal_commands.command("set-aside")(set_aside)
journal_commands.command()(parked)
journal_commands.command("offer-again")(offer_again)


@journal_commands.command("verify")
def verify_command(
    journal: JournalPath,
    key_file: KeyFile = None,
    archive: Annotated[
        Path | None, typer.Option(help="Folder of pruned records, to be checked as well.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Prove that every record is as it was written and that everything follows from the records.

    Where the beginning was pruned, the proof starts with what was sealed then, or with the archive.

    Exit code 0: all holds. 3: something was changed, removed or put in another place.
    """
    with told_plainly():
        must_exist(journal)
        key = key_of(journal, key_file)
        try:
            with as_of_today(journal, key) as readable:
                verdict = verify(readable, key, archive=archive)
        except (DBAPIError, sqlite3.Error, CopyFailedError) as error:
            why = getattr(error, "orig", error)
            fail(f"{journal}: not readable as a journal: {why}", ExitCode.JOURNAL)
            return
    findings = [{"record": one.seq, "what": one.what} for one in verdict.findings]
    if as_json:
        report = {"records": verdict.records, "ok": verdict.ok, "findings": findings}
        typer.echo(json.dumps(report, ensure_ascii=False))
    else:
        for one in verdict.findings:
            place = "journal" if one.seq is None else f"record {one.seq}"
            typer.echo(f"{place}: {one.what}")
        state = "all hold" if verdict.ok else f"{len(findings)} finding(s)"
        typer.echo(f"{verdict.records} records: {state}")
    if not verdict.ok:
        raise typer.Exit(int(ExitCode.JOURNAL))


def _rows(journal: Path, after: int) -> Iterator[ReadableRow]:
    """What can be read; what cannot is said, and is the exit code in the end."""
    must_exist(journal)
    gaps: list[str] = []
    try:
        with closing(reading_driver(journal)) as file:
            for row in readable_rows(file, after):
                if isinstance(row, ReadableRow):
                    yield row
                else:
                    gaps.append(_gap(row))
    except UNREADABLE as error:
        gaps.append(f"not readable as a journal: {error}")
    if gaps:
        fail("\n".join(f"{journal}: {gap}" for gap in gaps), ExitCode.JOURNAL)


def _gap(gap: Unreadable) -> str:
    if gap.before is None:
        return f"not readable as a journal after record {gap.after}: {gap.why}"
    return f"records between {gap.after} and {gap.before} cannot be read: {gap.why}"


def _body(row: ReadableRow) -> dict[str, object]:
    """What the record says; of one that is no record any more, what stands in its place."""
    try:
        body = json.loads(as_text(row.body))
    except ValueError:
        body = None
    return body if isinstance(body, dict) else {"kind": "unreadable", "text": as_text(row.body)}


def _as_json(row: ReadableRow, body: dict[str, object]) -> str:
    return json.dumps({"seq": row.seq, "at": as_text(row.at), **body}, ensure_ascii=False)


def _as_line(row: ReadableRow, body: dict[str, object]) -> str:
    if (words := _plain_words(row)) is not None:
        return f"{row.seq:>6} {as_text(row.at)} {body.get('kind', '?')} {words}"
    details = {name: value for name, value in body.items() if name not in ("kind", "slip_text")}
    text = " ".join(f"{name}={_short(value)}" for name, value in details.items())
    return f"{row.seq:>6} {as_text(row.at)} {body.get('kind', '?')} {text}".rstrip()


def _plain_words(row: ReadableRow) -> str | None:
    """A record that is too long for names and values, in words; None for any other."""
    try:
        record = from_text(as_text(row.body))
    except ValueError:
        return None
    return collection_words(record) if isinstance(record, CashCollected) else None


def _short(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
