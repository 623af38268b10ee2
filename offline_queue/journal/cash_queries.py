"""Questions about the cash box: the present period, past collections, notes in no payment.

Reads only. Every function takes an open connection (`Journal.reading()`).
"""

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, exists, func, select

from offline_queue.journal import schema as s
from offline_queue.journal.cash_projections import CASSETTE_OPENED, COLLECTIONS_TOLD, OPENINGS
from offline_queue.journal.cash_records import CashCollected, CashCount, NoteInQuestion
from offline_queue.journal.numbering import COLLECTION_NUMBER
from offline_queue.journal.prepared import Question
from offline_queue.journal.projections import next_number
from offline_queue.journal.records import NoteDisputed, NoteStacked, from_text
from terminal_api.notes import LooseState

_UNTOLD = Question(
    select(s.note_report.c.loose, s.note_report.c.disputed_minor, s.record.c.at, s.record.c.body)
    .join(s.record, s.record.c.seq == s.note_report.c.seq)
    .where(s.REPORT_QUEUED)
    .order_by(s.note_report.c.seq)
    .limit(bindparam("at_most"))
)
_UNTOLD_PERIODS = Question(
    select(s.collection.c.body)
    .where(s.collection.c.number > bindparam("told"))
    .order_by(s.collection.c.number)
    .limit(bindparam("at_most"))
)
_LAST_CLOSE = Question(
    select(s.collection.c.seq, s.collection.c.last_payment)
    .order_by(s.collection.c.number.desc())
    .limit(1)
)
_COUNTER = Question(select(s.counter.c.value).where(s.counter.c.name == bindparam("of")))
_STACKED_AFTER = Question(
    select(
        exists().where(
            s.NOTE_HAS_ENDED, s.note.c.seq > bindparam("place"), s.note.c.state == "stacked"
        )
    )
)
_PERIOD_SUMS = Question(
    select(
        *(
            func.coalesce(func.sum(func.json_extract(s.payment.c.item, f"$.{name}_minor")), 0)
            for name in ("inserted", "fee", "credited", "change")
        )
    ).where(s.payment.c.number > bindparam("last"))
)
_PAYMENTS_AFTER = Question(
    select(func.count()).select_from(s.payment).where(s.payment.c.number > bindparam("last"))
)
_FIRST_WRITTEN = Question(
    select(s.record.c.at)
    .where(s.record.c.seq >= bindparam("place"))
    .order_by(s.record.c.seq)
    .limit(1)
)
_COUNTS = Question(
    select(s.cash.c.currency, s.cash.c.minor, s.cash.c.count).order_by(
        s.cash.c.currency, s.cash.c.minor
    )
)
_IN_QUESTION = Question(
    select(s.record.c.at, s.record.c.body)
    .join(s.note, s.note.c.seq == s.record.c.seq)
    .where(
        s.NOTE_IN_QUESTION,
        s.note.c.state == bindparam("state"),
        s.note.c.seq > bindparam("place"),
    )
    .order_by(s.note.c.seq)
)
_COLLECTIONS = Question(select(s.collection.c.body).order_by(s.collection.c.number))
_COLLECTION_AT = Question(select(s.collection.c.body).where(s.collection.c.seq == bindparam("of")))
_COLLECTION_OF = Question(
    select(s.collection.c.body).where(s.collection.c.request == bindparam("of"))
)
_COLLECTION_ON = Question(
    select(s.collection.c.body).where(s.collection.c.receipt_number == bindparam("of"))
)
_BODY = Question(select(s.record.c.body).where(s.record.c.seq == bindparam("place")))
_LAST_WRITTEN = Question(select(s.record.c.at).order_by(s.record.c.seq.desc()).limit(1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """What has come together since the last collection. `number` is that of the collection that will
    close it; `since` the wall clock of its first record, empty in an empty journal.
    """

    number: int
    since: str
    counts: tuple[CashCount, ...]
    disputed: tuple[NoteInQuestion, ...]
    suspense: tuple[NoteInQuestion, ...]
    payments: int
    openings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodSums:
    """What the payments of the present period come to, in minor units."""

    inserted_minor: int
    fee_minor: int
    credited_minor: int
    change_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LooseNote:
    """A note in no payment, of which the backend has not been told yet."""

    note: NoteInQuestion
    state: LooseState
    disputed_minor: int


def period(connection: Connection) -> Period:
    """The period that is not closed yet."""
    closed_at, last_payment = _last_close(connection)
    return Period(
        number=next_number(connection, COLLECTION_NUMBER),
        since=_since(connection, closed_at),
        counts=_counts(connection),
        disputed=_in_question(connection, closed_at, "disputed"),
        suspense=_in_question(connection, closed_at, "stacked"),
        payments=_PAYMENTS_AFTER.value(connection, last=last_payment),
        openings=_counter(connection, OPENINGS),
    )


def period_sums(connection: Connection) -> PeriodSums:
    """The sums of all payments since the last collection."""
    _, last_payment = _last_close(connection)
    row = _PERIOD_SUMS.first(connection, last=last_payment)
    assert row is not None  # a sum has always one row
    inserted, fee, credited, change = row
    return PeriodSums(
        inserted_minor=inserted, fee_minor=fee, credited_minor=credited, change_minor=change
    )


def collections(connection: Connection) -> tuple[CashCollected, ...]:
    """All collections, oldest first."""
    return tuple(_collected(row["body"]) for row in _COLLECTIONS.rows(connection))


def last_collection(connection: Connection) -> CashCollected | None:
    """The newest collection, if there was any."""
    closed_at, _ = _last_close(connection)
    return _one_collection(connection, _COLLECTION_AT, closed_at)


def collection_of(connection: Connection, request: str) -> CashCollected | None:
    """The collection that this order has closed, if it has."""
    return _one_collection(connection, _COLLECTION_OF, request)


def collection_on(connection: Connection, receipt_number: int) -> CashCollected | None:
    """The collection whose slip has this number."""
    return _one_collection(connection, _COLLECTION_ON, receipt_number)


def cassette_changed(connection: Connection) -> bool:
    """Whether the cassette was opened since the last collection, and nothing was stacked since."""
    opened_at = _counter(connection, CASSETTE_OPENED)
    closed_at, _ = _last_close(connection)
    return opened_at > closed_at and not _stacked_after(connection, opened_at)


def awaits_cassette(connection: Connection) -> CashCollected | None:
    """The last collection, when the cassette was not opened since and nothing was stacked either."""
    closed_at, _ = _last_close(connection)
    if not closed_at or _counter(connection, CASSETTE_OPENED) > closed_at:
        return None
    if _stacked_after(connection, closed_at):
        return None
    return _one_collection(connection, _COLLECTION_AT, closed_at)


def box_is_empty(connection: Connection) -> bool:
    """Whether by the journal nothing is in the box: no note of this period, and none disputed."""
    closed_at, _ = _last_close(connection)
    return not _counts(connection) and not _in_question(connection, closed_at, "disputed")


def untold_notes(connection: Connection, limit: int) -> tuple[LooseNote, ...]:
    """Notes in no payment that the backend has not answered for, in the order of the records."""
    return tuple(
        LooseNote(
            note=_question(row["at"], row["body"]),
            state=LooseState(row["loose"]),
            disputed_minor=row["disputed_minor"],
        )
        for row in _UNTOLD.rows(connection, at_most=limit)
    )


def untold_collections(connection: Connection, limit: int) -> tuple[CashCollected, ...]:
    """Closed periods that the backend has not answered for, in order."""
    found = _UNTOLD_PERIODS.rows(
        connection, told=_counter(connection, COLLECTIONS_TOLD), at_most=limit
    )
    return tuple(_collected(row["body"]) for row in found)


def evidence_of(connection: Connection, seq: int) -> tuple[str, ...]:
    """The evidence in the record at this place; empty where it is not about a disputed note."""
    body = _BODY.value(connection, place=seq)
    record = None if body is None else from_text(body)
    return record.evidence if isinstance(record, NoteDisputed) else ()


def written_at(connection: Connection, cycle: str) -> str:
    """The wall clock of the last record about this note; empty when there is none."""
    query = select(s.record.c.at).join(s.note, s.note.c.seq == s.record.c.seq)
    return connection.execute(query.where(s.note.c.cycle == cycle)).scalar_one_or_none() or ""


def last_written(connection: Connection) -> str:
    """The wall clock of the very last record; empty in an empty journal."""
    found: str | None = _LAST_WRITTEN.value(connection)
    return found or ""


def _last_close(connection: Connection) -> tuple[int, int]:
    """Place of the last collection and the number of the last payment before it; zeros before any."""
    row = _LAST_CLOSE.first(connection)
    return (0, 0) if row is None else (row[0], row[1])


def _since(connection: Connection, closed_at: int) -> str:
    found: str | None = _FIRST_WRITTEN.value(connection, place=closed_at)
    return found or ""


def _counts(connection: Connection) -> tuple[CashCount, ...]:
    return tuple(CashCount(**row) for row in _COUNTS.rows(connection))


def _in_question(connection: Connection, closed_at: int, state: str) -> tuple[NoteInQuestion, ...]:
    rows = _IN_QUESTION.rows(connection, state=state, place=closed_at)
    return tuple(_question(row["at"], row["body"]) for row in rows)


def _question(at: str, body: str) -> NoteInQuestion:
    record = from_text(body)
    assert isinstance(record, NoteDisputed | NoteStacked)
    evidence = record.evidence if isinstance(record, NoteDisputed) else (record.how,)
    return NoteInQuestion(
        cycle=record.cycle,
        minor=record.minor,
        currency=record.currency,
        at=at,
        evidence=evidence,
    )


def _stacked_after(connection: Connection, seq: int) -> bool:
    return bool(_STACKED_AFTER.value(connection, place=seq))


def _counter(connection: Connection, name: str) -> int:
    return _COUNTER.value(connection, of=name) or 0


def _one_collection(
    connection: Connection, which: Question, value: int | str
) -> CashCollected | None:
    body = which.value(connection, of=value)
    return None if body is None else _collected(body)


def _collected(body: str) -> CashCollected:
    record = from_text(body)
    assert isinstance(record, CashCollected)
    return record
