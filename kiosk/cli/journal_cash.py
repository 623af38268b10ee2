"""`kiosk journal cash`: what the journal expects in the box, and what past collections took out.

Reads only, beside a running terminal too. It shows notes by their cycles and never a customer.
"""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from kiosk.cli.failures import fail, told_plainly
from kiosk.exit_codes import ExitCode
from offline_queue.journal import cash_queries
from offline_queue.journal.cash_queries import Period
from offline_queue.journal.cash_records import CashCollected, CashCount, NoteInQuestion
from offline_queue.journal.engine import reading_engine


def cash(
    journal: Annotated[Path, typer.Argument(help="The journal file.")],
    as_json: Annotated[bool, typer.Option("--json", help="For programs: JSON.")] = False,
    collections: Annotated[
        bool, typer.Option("--collections", help="Past collections too, oldest first.")
    ] = False,
) -> None:
    """Show the cash in the box since the last collection: counts by denomination, and the notes that
    are disputed or belong to no payment.
    """
    with told_plainly():
        if not journal.is_file():
            fail(f"{journal}: no such file", ExitCode.BAD_INPUT)
        engine = reading_engine(journal)
        try:
            with engine.connect() as connection:
                connection.exec_driver_sql("BEGIN")
                _show(connection, as_json=as_json, past=collections)
        except DBAPIError as error:
            fail(f"{journal}: not readable as a journal: {error.orig}", ExitCode.JOURNAL)
        finally:
            engine.dispose()


def collection_words(record: CashCollected) -> str:
    """A collection in one plain line."""
    return (
        f"collection {record.number} by {record.operator} ({record.how}): "
        f"{_counts(record.counts)}; {record.payments} payments, {len(record.disputed)} disputed, "
        f"{len(record.suspense)} in suspense, {record.openings} unannounced openings, "
        f"receipt {record.receipt_number}"
    )


def _show(connection: Connection, *, as_json: bool, past: bool) -> None:
    period = cash_queries.period(connection)
    closed = cash_queries.collections(connection) if past else ()
    if as_json:
        said: dict[str, object] = {"period": asdict(period)}
        if past:
            said["collections"] = [_without_slip(record) for record in closed]
        typer.echo(json.dumps(said, ensure_ascii=False))
        return
    for record in closed:
        typer.echo(f"{record.at} {collection_words(record)}")
    _show_period(period)


def _show_period(period: Period) -> None:
    typer.echo(f"period {period.number}, since {period.since or 'the beginning'}")
    typer.echo(f"  in the box   {_counts(period.counts)}")
    typer.echo(f"  payments     {period.payments}")
    typer.echo(f"  unannounced openings of the cassette: {period.openings}")
    for title, notes in (("disputed", period.disputed), ("in suspense", period.suspense)):
        typer.echo(f"  {title}: {len(notes)}")
        for note in notes:
            typer.echo(f"    {_note(note)}")


def _counts(counts: tuple[CashCount, ...]) -> str:
    if not counts:
        return "nothing"
    each = ", ".join(f"{one.count} x {_money(one.minor)} {one.currency}" for one in counts)
    totals = {one.currency: 0 for one in counts}
    for one in counts:
        totals[one.currency] += one.minor * one.count
    return f"{each} = " + ", ".join(f"{_money(sum_)} {name}" for name, sum_ in totals.items())


def _note(note: NoteInQuestion) -> str:
    value = "value unknown" if note.minor is None else f"{_money(note.minor)} {note.currency}"
    return " | ".join((note.at, value, note.cycle, *note.evidence))


def _money(minor: int) -> str:
    return f"{minor // 100}.{minor % 100:02d}"


def _without_slip(record: CashCollected) -> dict[str, object]:
    return {name: value for name, value in asdict(record).items() if name != "slip_text"}
