"""What follows from records about the box as a whole: periods, openings, notes in no payment.

A part of `projections`, run inside its transaction and by its rules: it depends on the record and the
tables alone. The way of a usual note touches nothing here.
"""

import sqlite3

from sqlalchemy import bindparam, delete, insert, literal, select, update
from sqlalchemy.dialects.sqlite import insert as insert_or

from offline_queue.journal import schema as s
from offline_queue.journal.cash_records import (
    CashCollected,
    CassetteOpened,
    CollectionReported,
    NoteReported,
)
from offline_queue.journal.prepared import Prepared, Value
from terminal_api.notes import LooseState
from terminal_api.payments import Verdict

CASSETTE_OPENED = "cassette_opened"
"""The place of the last record of an opening."""
COLLECTIONS_TOLD = "collections_told"
"""The number of the last period that the backend has answered for."""
OPENINGS = "openings"
"""Unexpected openings since the last collection."""

_SET = insert_or(s.counter).values(name=bindparam("name"), value=bindparam("value"))
_SET_COUNTER = Prepared(
    _SET.on_conflict_do_update(
        index_elements=[s.counter.c.name], set_={"value": _SET.excluded["value"]}
    )
)
_ONE_MORE = Prepared(
    insert_or(s.counter)
    .values(name=bindparam("name"), value=1)
    .on_conflict_do_update(index_elements=[s.counter.c.name], set_={"value": s.counter.c.value + 1})
)
_LAST_PAYMENT = Prepared(
    select(s.counter.c.value).where(s.counter.c.name == literal("payment_number"))
)
_NOTE_BEFORE = Prepared(
    select(
        s.note.c.state,
        s.note.c.minor,
        s.note.c.was_disputed,
        s.note.c.session,
        s.note.c.payment_number,
    ).where(s.note.c.cycle == bindparam("which"))
)
_CLOSE_PERIOD = Prepared(
    insert(s.collection).values(
        number=bindparam("number"),
        seq=bindparam("seq"),
        request=bindparam("request"),
        receipt_number=bindparam("receipt_number"),
        last_payment=bindparam("last_payment"),
        body=bindparam("body"),
    )
)
_KEEP_CASH = Prepared(
    insert(s.collected_cash).from_select(
        ["number", "currency", "minor", "count"],
        select(bindparam("number"), s.cash.c.currency, s.cash.c.minor, s.cash.c.count),
    )
)
_EMPTY_BOX = Prepared(delete(s.cash))
_TELL = Prepared(
    insert_or(s.note_report)
    .values(
        cycle=bindparam("cycle"),
        loose=bindparam("loose"),
        seq=bindparam("seq"),
        disputed_minor=bindparam("disputed_minor"),
        state="queued",
        message="",
    )
    .on_conflict_do_nothing()
)
_TOLD = Prepared(
    update(s.note_report)
    .where(s.note_report.c.cycle == bindparam("which"), s.note_report.c.loose == bindparam("how"))
    .values(state=bindparam("state"), message=bindparam("message"))
)


def collected(driver: sqlite3.Connection, seq: int, record: CashCollected, body: str) -> None:
    """Close the period at place `seq`; the box is empty by the journal from here on. `body` is the
    record's text as it is stored.
    """
    last = _LAST_PAYMENT.first(driver)
    _CLOSE_PERIOD.run(
        driver,
        number=record.number,
        seq=seq,
        request=record.request,
        receipt_number=record.receipt_number,
        last_payment=(last[0] if last else None) or 0,
        body=body,
    )
    _KEEP_CASH.run(driver, number=record.number)
    _EMPTY_BOX.run(driver)
    _SET_COUNTER.run(driver, name=OPENINGS, value=0)


def opened(driver: sqlite3.Connection, seq: int, record: CassetteOpened) -> None:
    """Remember where the cassette was opened last, and count the openings nobody announced."""
    _SET_COUNTER.run(driver, name=CASSETTE_OPENED, value=seq)
    if not record.expected:
        _ONE_MORE.run(driver, name=OPENINGS)


def suspense(driver: sqlite3.Connection, seq: int, cycle: str) -> None:
    """A note that belongs to no session is about to be recorded as stacked: the backend must hear
    of it. What was told of it as disputed before is taken along.
    """
    before = _NOTE_BEFORE.first(driver, which=cycle)
    disputed_minor: Value = 0
    if before is not None:
        state, minor, was_disputed, session, payment = before
        if state == "stacked":
            return
        if was_disputed and (payment is not None or session is None):
            disputed_minor = minor or 0
    _tell(driver, seq, cycle, LooseState.SUSPENSE, disputed_minor)


def disputed(driver: sqlite3.Connection, seq: int, cycle: str) -> None:
    """A note of no session is disputed: no payment will tell the backend of it."""
    _tell(driver, seq, cycle, LooseState.DISPUTED, 0)


def reported(driver: sqlite3.Connection, record: NoteReported) -> None:
    """The backend has answered for a note."""
    taken = record.verdict in (Verdict.ACCEPTED, Verdict.DUPLICATE)
    _TOLD.run(
        driver,
        which=record.cycle,
        how=record.state.value,
        state="taken" if taken else "parked",
        message=record.message,
    )


def collection_reported(driver: sqlite3.Connection, record: CollectionReported) -> None:
    """The backend has answered for a period; they are told in order."""
    _SET_COUNTER.run(driver, name=COLLECTIONS_TOLD, value=record.number)


def _tell(
    driver: sqlite3.Connection, seq: int, cycle: str, state: LooseState, disputed_minor: Value
) -> None:
    _TELL.run(driver, cycle=cycle, loose=state.value, seq=seq, disputed_minor=disputed_minor)
