"""Questions the terminal asks its journal, answered from the projections as typed values.

Reads only. Every function takes an open connection (`Journal.reading()`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, RowMapping, bindparam, func, or_, select

from offline_queue.journal import schema as s
from offline_queue.journal.cash_queries import evidence_of
from offline_queue.journal.new_beginning_records import JournalSetAside
from offline_queue.journal.numbering import NUMBERS
from offline_queue.journal.prepared import Question
from offline_queue.journal.records import Decision, SessionOpened, TerminalStarted, from_text
from offline_queue.journal.sealed import Purpose, terminal_at_end
from terminal_api.payments import PaymentItem

_FIRST_RECORDS = 10

# What a terminal asks while people wait, compiled once.
_OPEN_SESSION = Question(
    select(s.session.c.opened).where(s.SESSION_IS_OPEN).order_by(s.session.c.seq.desc()).limit(1)
)
_SESSION_NOTES = Question(
    select(s.note).where(s.note.c.session == bindparam("of")).order_by(s.note.c.seq)
)
_OPEN_NOTES = Question(select(s.note).where(s.NOTE_IS_OPEN).order_by(s.note.c.seq))
_LAST_ENDED = Question(
    select(s.note).where(s.NOTE_HAS_ENDED).order_by(s.note.c.seq.desc()).limit(1)
)
_NOTE = Question(select(s.note).where(s.note.c.cycle == bindparam("which")))
_OUTBOX = Question(
    select(s.payment)
    .where(s.PAYMENT_IN_OUTBOX)
    .order_by(s.payment.c.number)
    .limit(bindparam("at_most"))
)
_OUTBOX_STATE = Question(
    select(func.count(), func.min(s.payment.c.number))
    .select_from(s.payment)
    .where(s.PAYMENT_IN_OUTBOX)
)
_AWAITING_FINAL = Question(
    select(s.payment.c.number)
    .where(s.PAYMENT_NOT_FINAL, s.payment.c.number > bindparam("after"))
    .order_by(s.payment.c.number)
    .limit(bindparam("at_most"))
)
_PAYMENT = Question(select(s.payment).where(s.payment.c.number == bindparam("which")))
_SLIPS_UNFINISHED = Question(
    select(s.slip).where(s.SLIP_UNFINISHED).order_by(s.slip.c.receipt_number)
)
_SLIP_OF_PAYMENT = Question(
    select(s.slip).where(s.slip.c.payment_number == bindparam("which")).limit(1)
)
_BASE = Question(
    select(s.sealed.c.body)
    .where(s.sealed.c.purpose == Purpose.BASE.value)
    .order_by(s.sealed.c.place, s.sealed.c.part.desc())
    .limit(1)
)
_FIRST_BODY = Question(select(s.record.c.body).where(s.record.c.seq == 1))
_KNOWN_SESSION = Question(select(s.session.c.seq).where(s.session.c.id == bindparam("of")))
_LAST_COLLECTION = Question(select(func.max(s.collection.c.seq)))
_LAST_NUMBERS = Question(
    select(s.counter.c.name, s.counter.c.value).where(
        or_(*(s.counter.c.name == name for name in sorted(NUMBERS)))
    )
)
_ANY_RECORD = Question(select(s.record.c.seq).limit(1))
_IN_DISPUTE = Question(
    select(s.payment.c.number)
    .where(s.payment.c.state == "disputed", s.payment.c.number > bindparam("after"))
    .order_by(s.payment.c.number)
    .limit(bindparam("at_most"))
)
_PAYMENTS = Question(select(s.payment).order_by(s.payment.c.number))
_SLIPS = Question(select(s.slip).order_by(s.slip.c.receipt_number))
_CASH = Question(select(s.cash.c.minor, s.cash.c.count).order_by(s.cash.c.minor))
_FIRST_BODIES = Question(select(s.record.c.body).order_by(s.record.c.seq).limit(_FIRST_RECORDS))


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRow:
    """What is known of one note. `state`: escrowed, stacked, returned or disputed. `evidence` is
    filled by `session_notes` alone, for disputed ones.
    """

    cycle: str
    session: str | None
    minor: int | None
    currency: str | None
    state: str
    decision: Decision | None
    device_count: int | None
    payment_number: int | None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRow:
    """A payment and how far it has come."""

    number: int
    item: PaymentItem
    trigger: str
    state: str
    uid: str | None
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipRow:
    """A stored slip. `state`: stored, started, printed or failed."""

    receipt_number: int
    kind: str
    payment_number: int | None
    text: str
    template: str
    online: bool
    state: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxState:
    """How much waits for the backend."""

    pending: int
    oldest: int | None


def open_session(connection: Connection) -> SessionOpened | None:
    """The session that has neither ended nor become a payment; there is at most one."""
    body = _OPEN_SESSION.value(connection)
    if body is None:
        return None
    record = from_text(body)
    assert isinstance(record, SessionOpened)
    return record


def knows_session(connection: Connection, session: str) -> bool:
    """Whether the opening of this session was ever recorded, however it ended."""
    return _KNOWN_SESSION.first(connection, of=session) is not None


def session_notes(connection: Connection, session: str) -> tuple[NoteRow, ...]:
    """The notes of a session in the order in which their state last changed."""
    found = [(row["seq"], _note(row)) for row in _SESSION_NOTES.rows(connection, of=session)]
    return tuple(
        replace(note, evidence=evidence_of(connection, seq)) if note.state == "disputed" else note
        for seq, note in found
    )


def open_notes(connection: Connection) -> tuple[NoteRow, ...]:
    """Notes that went to escrow and of which no end is recorded."""
    return tuple(_note(row) for row in _OPEN_NOTES.rows(connection))


def last_ended_note(connection: Connection) -> NoteRow | None:
    """The note whose end was recorded last, if need be in the journal before this one."""
    rows = _LAST_ENDED.rows(connection)
    row = rows[0] if rows else None
    first = _FIRST_BODY.value(connection)
    before = None if first is None else from_text(first)
    if (
        isinstance(before, JournalSetAside)
        and before.last_note is not None
        # The notes that it told anew had ended before that one.
        and (row is None or row["seq"] <= 2 + before.notes)
    ):
        return _carried(*before.last_note)
    return None if row is None else _note(row)


def _carried(cycle: str, minor: int, currency: str, state: str) -> NoteRow:
    """A note that a journal before this one knew; its session and payment stayed there."""
    return NoteRow(
        cycle=cycle,
        session=None,
        minor=minor,
        currency=currency,
        state=state,
        decision=None,
        device_count=None,
        payment_number=None,
    )


def suspense(connection: Connection) -> tuple[NoteRow, ...]:
    """Stacked notes that belong to no session."""
    query = (
        select(s.note)
        .where(s.note.c.state == "stacked", s.note.c.session.is_(None))
        .order_by(s.note.c.seq)
    )
    return tuple(_note(row) for row in connection.execute(query).mappings())


def note(connection: Connection, cycle: str) -> NoteRow | None:
    """One note by its cycle."""
    rows = _NOTE.rows(connection, which=cycle)
    return _note(rows[0]) if rows else None


def outbox(connection: Connection, limit: int) -> tuple[PaymentRow, ...]:
    """Payments that the backend has not answered for, in order of number."""
    return tuple(_payment(row) for row in _OUTBOX.rows(connection, at_most=limit))


def outbox_state(connection: Connection) -> OutboxState:
    """Count and oldest number of what `outbox` would give."""
    found = _OUTBOX_STATE.first(connection)
    assert found is not None  # A sum has a row even of nothing.
    return OutboxState(pending=found[0], oldest=found[1])


def last_collection_place(connection: Connection) -> int:
    """The place of the record that closed the last period; 0 before the first."""
    return _LAST_COLLECTION.value(connection) or 0


def terminal_of(connection: Connection) -> str:
    """The number of the terminal that this journal belongs to; empty while nothing says so.

    Its first life is told at the very beginning, behind at most a note that the disk is back; where
    the beginning was pruned, what was sealed then tells.
    """
    base = _BASE.value(connection)
    if base is not None and (owner := terminal_at_end(base)):
        return owner
    for row in _FIRST_BODIES.rows(connection):
        record = from_text(row["body"])
        if isinstance(record, TerminalStarted):
            return record.terminal_id
    return ""


def last_numbers(connection: Connection) -> dict[str, int]:
    """The last numbers given, by the names of their counters."""
    return {row["name"]: row["value"] for row in _LAST_NUMBERS.rows(connection)}


def is_empty(connection: Connection) -> bool:
    """True before the first record."""
    return _ANY_RECORD.first(connection) is None


def awaiting_final(connection: Connection, limit: int, *, after: int = 0) -> tuple[int, ...]:
    """Numbers above `after` of payments that the backend took and has not finished with."""
    rows = _AWAITING_FINAL.rows(connection, after=after, at_most=limit)
    return tuple(row["number"] for row in rows)


def in_dispute(connection: Connection, limit: int, *, after: int = 0) -> tuple[int, ...]:
    """Numbers above `after` of payments that the backend disputes. It looks through all payments:
    not for every minute.
    """
    rows = _IN_DISPUTE.rows(connection, after=after, at_most=limit)
    return tuple(row["number"] for row in rows)


def payment(connection: Connection, number: int) -> PaymentRow | None:
    """One payment by its number."""
    rows = _PAYMENT.rows(connection, which=number)
    return _payment(rows[0]) if rows else None


def payments(connection: Connection) -> tuple[PaymentRow, ...]:
    """All payments in order of number."""
    return tuple(_payment(row) for row in _PAYMENTS.rows(connection))


def slips_unfinished(connection: Connection) -> tuple[SlipRow, ...]:
    """Slips that were never given to the printer (stored) or not confirmed by it (started)."""
    return tuple(_slip(row) for row in _SLIPS_UNFINISHED.rows(connection))


def slip_of_payment(connection: Connection, number: int) -> SlipRow | None:
    """The slip of a payment, by the payment's number."""
    rows = _SLIP_OF_PAYMENT.rows(connection, which=number)
    return _slip(rows[0]) if rows else None


def slips(connection: Connection) -> tuple[SlipRow, ...]:
    """All slips in order of receipt number."""
    return tuple(_slip(row) for row in _SLIPS.rows(connection))


def cash(connection: Connection) -> dict[int, int]:
    """Notes in the cassette by the journal: denomination in minor units to count."""
    return {row["minor"]: row["count"] for row in _CASH.rows(connection)}


def _note(values: Mapping[str, Any] | RowMapping) -> NoteRow:
    decision = values["decision"]
    return NoteRow(
        cycle=values["cycle"],
        session=values["session"],
        minor=values["minor"],
        currency=values["currency"],
        state=values["state"],
        decision=None if decision is None else Decision(decision),
        device_count=values["device_count"],
        payment_number=values["payment_number"],
    )


def _payment(values: Mapping[str, Any] | RowMapping) -> PaymentRow:
    return PaymentRow(
        number=values["number"],
        item=PaymentItem.model_validate_json(values["item"]),
        trigger=values["trigger"],
        state=values["state"],
        uid=values["uid"],
        message=values["message"],
    )


def _slip(values: Mapping[str, Any] | RowMapping) -> SlipRow:
    return SlipRow(
        receipt_number=values["receipt_number"],
        kind=values["kind"],
        payment_number=values["payment_number"],
        text=values["text"],
        template=values["template"],
        online=bool(values["online"]),
        state=values["state"],
        why=values["why"],
    )
