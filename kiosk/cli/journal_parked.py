"""`kiosk journal parked` and `offer-again`: payments that the backend did not take.

The money is inside and the customer has a slip, so such a payment waits for a person for ever.
Offering it again sends the very same payment under the same number; it must never change one.
"""

import getpass
import json
import os
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.exc import DBAPIError

from kiosk.cli.failures import fail, told_plainly
from kiosk.cli.journal_key import AsJson, JournalPath, KeyFile, key_of, must_exist
from kiosk.cli.masking import masked
from kiosk.exit_codes import ExitCode
from kiosk.logs import set_up_logs
from kiosk.single_instance import only_one
from offline_queue.journal import Journal
from offline_queue.journal.delivery_records import PaymentsOfferedAgain
from offline_queue.journal.engine import reading_engine
from offline_queue.journal.opening import open_for_service
from offline_queue.journal.parked import ParkedPayment, parked_payments


def parked(journal: JournalPath, as_json: AsJson = False) -> None:
    """List payments that the backend could not read or did not take: number, since when, and why.

    It may run beside a terminal. What is marked as a conflict contradicts what the backend holds
    under this number: settle it with the support desk before it is offered again.
    """
    with told_plainly():
        must_exist(journal)
        engine = reading_engine(journal)
        try:
            with engine.connect() as connection:
                connection.exec_driver_sql("BEGIN")
                found = parked_payments(connection)
        except DBAPIError as error:
            fail(f"{journal}: not readable as a journal: {error.orig}", ExitCode.JOURNAL)
            return
        finally:
            engine.dispose()
    if as_json:
        typer.echo(json.dumps({"parked": [_told(one) for one in found]}, ensure_ascii=False))
        return
    for one in found:
        typer.echo(_line(one))
    typer.echo(f"{len(found)} parked")


def offer_again(
    journal: JournalPath,
    why: Annotated[str, typer.Option(help="What has changed since; it goes on record.")],
    numbers: Annotated[
        list[int] | None, typer.Argument(help="Payment numbers, as `parked` lists them.")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Every parked payment that is not in conflict.")
    ] = False,
    by: Annotated[str | None, typer.Option(help="Who wants it. Default: who is logged in.")] = None,
    key_file: KeyFile = None,
    as_json: AsJson = False,
) -> None:
    """Put parked payments back into the outbox: the terminal sends them after its next start.

    The terminal must be stopped, as it holds the journal. Run it as the user under whom the terminal
    runs. Who and why goes on record.

    Exit code 0: on record. 1: the terminal runs. 2: one of them is not parked; nothing was changed.
    """
    if bool(numbers) == everything:
        fail("name payment numbers, or say --all", ExitCode.BAD_INPUT)
    if not why.strip():
        fail("--why says nothing", ExitCode.BAD_INPUT)
    with told_plainly():
        must_exist(journal)
        _must_be_its_owner(journal)
        key = key_of(journal, key_file)
        set_up_logs(level="WARNING", path=None)  # standard output is for the answer
        with only_one(journal):
            opened = open_for_service(journal, key, set_aside=False, now=_now)
            with closing(opened.journal) as books:
                chosen, left = _choose(books, journal, numbers or ())
                _record(books, chosen, by=by or getpass.getuser(), why=why.strip())
    if as_json:
        typer.echo(json.dumps({"offered": chosen, "left": left}))
        return
    for number in left:
        typer.echo(f"payment {number} is left: in conflict; offer it by its number once settled")
    names = ", ".join(map(str, chosen))
    typer.echo(f"offered again: {names}; start the terminal" if chosen else "nothing to offer")


def _must_be_its_owner(journal: Path) -> None:
    """Files that another user makes beside the journal would shut the terminal out of it."""
    owner = journal.stat().st_uid
    if os.geteuid() != owner:
        fail(f"{journal}: run this as the user who owns it (uid {owner})", ExitCode.BAD_INPUT)


def _choose(
    books: Journal, path: Path, numbers: Sequence[int]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Those that are offered, and those that are left though all were asked for."""
    with books.reading() as connection:
        found = {one.number: one for one in parked_payments(connection)}
    if not numbers:
        chosen = tuple(one.number for one in found.values() if not one.conflict)
        return chosen, tuple(one.number for one in found.values() if one.conflict)
    if strange := [number for number in numbers if number not in found]:
        names = ", ".join(map(str, strange))
        fail(f"{path}: not parked: {names}; nothing was changed", ExitCode.BAD_INPUT)
    return tuple(sorted(set(numbers))), ()


def _record(books: Journal, numbers: tuple[int, ...], *, by: str, why: str) -> None:
    if numbers:
        books.append(PaymentsOfferedAgain(numbers=numbers, by=by, why=why), at=_now())


def _now() -> datetime:
    return datetime.now(UTC)


def _told(one: ParkedPayment) -> dict[str, object]:
    """What a backend wrote may quote a customer's account."""
    return masked(asdict(one))


def _line(one: ParkedPayment) -> str:
    money = f"{one.inserted_minor // 100}.{one.inserted_minor % 100:02d} {one.currency}"
    conflict = " | CONFLICT" if one.conflict else ""
    return f"{one.number:>6} | since {one.since} | {money}{conflict} | {_told(one)['why']}"
