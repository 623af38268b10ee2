"""`kiosk journal`: look into a terminal's journal and check it. Reads only."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.exc import DBAPIError

from config.journal_key import KEY_BYTES
from kiosk.cli.failures import fail, told_plainly
from kiosk.cli.journal_cash import cash, collection_words
from kiosk.exit_codes import ExitCode
from offline_queue.journal import ChainKey
from offline_queue.journal.cash_records import CashCollected
from offline_queue.journal.engine import reading_engine
from offline_queue.journal.records import from_text
from offline_queue.journal.verify import Row, rows, verify

journal_commands = typer.Typer(
    help="Look into a journal and check it.", no_args_is_help=True, add_completion=False
)

journal_commands.command("cash")(cash)

JournalPath = Annotated[Path, typer.Argument(help="The journal file.")]
AsJson = Annotated[bool, typer.Option("--json", help="For programs: JSON.")]


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


@journal_commands.command("verify")
def verify_command(
    journal: JournalPath,
    key_file: Annotated[
        Path | None,
        typer.Option(help="The journal's key. Default: the file `journal.key` beside it."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Prove that every record is as it was written and that everything follows from the records.

    Exit code 0: all holds. 3: something was changed, removed or put in another place.
    """
    with told_plainly():
        _must_exist(journal)
        try:
            verdict = verify(journal, _key(key_file or journal.with_name("journal.key")))
        except DBAPIError as error:
            fail(f"{journal}: not readable as a journal: {error.orig}", ExitCode.JOURNAL)
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


def _rows(journal: Path, after: int) -> Iterator[Row]:
    _must_exist(journal)
    engine = reading_engine(journal)
    try:
        with engine.connect() as connection:
            yield from rows(connection, after)
    except DBAPIError as error:
        fail(f"{journal}: not readable as a journal: {error.orig}", ExitCode.JOURNAL)
    except UnicodeDecodeError as error:
        fail(f"{journal}: not readable as a journal: {error}", ExitCode.JOURNAL)
    finally:
        engine.dispose()


def _body(row: Row) -> dict[str, object]:
    """What the record says; of one that is no record any more, what stands in its place."""
    try:
        body = json.loads(row.body)
    except ValueError:
        body = None
    return body if isinstance(body, dict) else {"kind": "unreadable", "text": row.body}


def _must_exist(journal: Path) -> None:
    if not journal.is_file():
        fail(f"{journal}: no such file", ExitCode.BAD_INPUT)


def _key(path: Path) -> ChainKey:
    if not path.is_file():
        fail(f"{path}: no such key file; name it with --key-file", ExitCode.BAD_INPUT)
    try:
        secret = bytes.fromhex(path.read_text(encoding="ascii").strip())
        return ChainKey(secret)
    except (ValueError, UnicodeDecodeError):
        fail(f"{path}: not a key of {KEY_BYTES} bytes in hex", ExitCode.BAD_INPUT)
        raise  # not reached: `fail` leaves


def _as_json(row: Row, body: dict[str, object]) -> str:
    return json.dumps({"seq": row.seq, "at": row.at, **body}, ensure_ascii=False)


def _as_line(row: Row, body: dict[str, object]) -> str:
    if (words := _plain_words(row)) is not None:
        return f"{row.seq:>6} {row.at} {body.get('kind', '?')} {words}"
    details = {name: value for name, value in body.items() if name not in ("kind", "slip_text")}
    text = " ".join(f"{name}={_short(value)}" for name, value in details.items())
    return f"{row.seq:>6} {row.at} {body.get('kind', '?')} {text}".rstrip()


def _plain_words(row: Row) -> str | None:
    """A record that is too long for names and values, in words; None for any other."""
    try:
        record = from_text(row.body)
    except ValueError:
        return None
    return collection_words(record) if isinstance(record, CashCollected) else None


def _short(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
