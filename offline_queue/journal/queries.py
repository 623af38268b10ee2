"""Questions the terminal asks its journal, answered from the projections as typed values.

Reads only. Every function takes an open connection (`Journal.reading()`).
"""

from dataclasses import dataclass, replace

from sqlalchemy import Connection, Row, func, select

from offline_queue.journal import schema as s
from offline_queue.journal.cash_queries import evidence_of
from offline_queue.journal.numbering import NUMBERS
from offline_queue.journal.records import Decision, SessionOpened, TerminalStarted, from_text
from offline_queue.journal.sealed import Purpose, terminal_at_end
from terminal_api.payments import PaymentItem

_FIRST_RECORDS = 10


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
    body = connection.execute(
        select(s.session.c.opened)
        .where(s.SESSION_IS_OPEN)
        .order_by(s.session.c.seq.desc())
        .limit(1)
    ).scalar_one_or_none()
    if body is None:
        return None
    record = from_text(body)
    assert isinstance(record, SessionOpened)
    return record


def session_notes(connection: Connection, session: str) -> tuple[NoteRow, ...]:
    """The notes of a session in the order in which their state last changed."""
    query = select(s.note).where(s.note.c.session == session).order_by(s.note.c.seq)
    found = [(row.seq, _note(row)) for row in connection.execute(query)]
    return tuple(
        replace(note, evidence=evidence_of(connection, seq)) if note.state == "disputed" else note
        for seq, note in found
    )


def open_notes(connection: Connection) -> tuple[NoteRow, ...]:
    """Notes that went to escrow and of which no end is recorded."""
    query = select(s.note).where(s.NOTE_IS_OPEN).order_by(s.note.c.seq)
    return tuple(_note(row) for row in connection.execute(query))


def last_ended_note(connection: Connection) -> NoteRow | None:
    """The note whose end was recorded last."""
    row = connection.execute(
        select(s.note).where(s.NOTE_HAS_ENDED).order_by(s.note.c.seq.desc()).limit(1)
    ).one_or_none()
    return None if row is None else _note(row)


def suspense(connection: Connection) -> tuple[NoteRow, ...]:
    """Stacked notes that belong to no session."""
    query = (
        select(s.note)
        .where(s.note.c.state == "stacked", s.note.c.session.is_(None))
        .order_by(s.note.c.seq)
    )
    return tuple(_note(row) for row in connection.execute(query))


def note(connection: Connection, cycle: str) -> NoteRow | None:
    """One note by its cycle."""
    row = connection.execute(select(s.note).where(s.note.c.cycle == cycle)).one_or_none()
    return None if row is None else _note(row)


def outbox(connection: Connection, limit: int) -> tuple[PaymentRow, ...]:
    """Payments that the backend has not answered for, in order of number."""
    query = select(s.payment).where(s.PAYMENT_IN_OUTBOX).order_by(s.payment.c.number).limit(limit)
    return tuple(_payment(row) for row in connection.execute(query))


def outbox_state(connection: Connection) -> OutboxState:
    """Count and oldest number of what `outbox` would give."""
    count, oldest = connection.execute(
        select(func.count(), func.min(s.payment.c.number))
        .select_from(s.payment)
        .where(s.PAYMENT_IN_OUTBOX)
    ).one()
    return OutboxState(pending=count, oldest=oldest)


def last_collection_place(connection: Connection) -> int:
    """The place of the record that closed the last period; 0 before the first."""
    return connection.execute(select(func.max(s.collection.c.seq))).scalar_one() or 0


def terminal_of(connection: Connection) -> str:
    """The number of the terminal that this journal belongs to; empty while nothing says so.

    Its first life is told at the very beginning, behind at most a note that the disk is back; where
    the beginning was pruned, what was sealed then tells.
    """
    base = connection.execute(
        select(s.sealed.c.body)
        .where(s.sealed.c.purpose == Purpose.BASE.value)
        .order_by(s.sealed.c.place, s.sealed.c.part.desc())
        .limit(1)
    ).scalar_one_or_none()
    if base is not None and (owner := terminal_at_end(base)):
        return owner
    query = select(s.record.c.body).order_by(s.record.c.seq).limit(_FIRST_RECORDS)
    for body in connection.execute(query).scalars():
        record = from_text(body)
        if isinstance(record, TerminalStarted):
            return record.terminal_id
    return ""


def last_numbers(connection: Connection) -> dict[str, int]:
    """The last numbers given, by the names of their counters."""
    query = select(s.counter.c.name, s.counter.c.value).where(s.counter.c.name.in_(NUMBERS))
    return {row[0]: row[1] for row in connection.execute(query)}


def is_empty(connection: Connection) -> bool:
    """True before the first record."""
    return connection.execute(select(s.record.c.seq).limit(1)).first() is None


def awaiting_final(connection: Connection, limit: int, *, after: int = 0) -> tuple[int, ...]:
    """Numbers above `after` of payments that the backend took and has not finished with."""
    query = (
        select(s.payment.c.number)
        .where(s.PAYMENT_NOT_FINAL, s.payment.c.number > after)
        .order_by(s.payment.c.number)
        .limit(limit)
    )
    return tuple(connection.execute(query).scalars())


def payment(connection: Connection, number: int) -> PaymentRow | None:
    """One payment by its number."""
    row = connection.execute(select(s.payment).where(s.payment.c.number == number)).one_or_none()
    return None if row is None else _payment(row)


def payments(connection: Connection) -> tuple[PaymentRow, ...]:
    """All payments in order of number."""
    query = select(s.payment).order_by(s.payment.c.number)
    return tuple(_payment(row) for row in connection.execute(query))


def slips_unfinished(connection: Connection) -> tuple[SlipRow, ...]:
    """Slips that were never given to the printer (stored) or not confirmed by it (started)."""
    query = select(s.slip).where(s.SLIP_UNFINISHED).order_by(s.slip.c.receipt_number)
    return tuple(_slip(row) for row in connection.execute(query))


def slips(connection: Connection) -> tuple[SlipRow, ...]:
    """All slips in order of receipt number."""
    return tuple(
        _slip(row) for row in connection.execute(select(s.slip).order_by(s.slip.c.receipt_number))
    )


def cash(connection: Connection) -> dict[int, int]:
    """Notes in the cassette by the journal: denomination in minor units to count."""
    query = select(s.cash.c.minor, s.cash.c.count).order_by(s.cash.c.minor)
    return {row[0]: row[1] for row in connection.execute(query)}


def _note(row: Row[tuple[object, ...]]) -> NoteRow:
    values = row._mapping  # noqa: SLF001 - public API of SQLAlchemy despite its name
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


def _payment(row: Row[tuple[object, ...]]) -> PaymentRow:
    values = row._mapping  # noqa: SLF001 - public API of SQLAlchemy despite its name
    return PaymentRow(
        number=values["number"],
        item=PaymentItem.model_validate_json(values["item"]),
        trigger=values["trigger"],
        state=values["state"],
        uid=values["uid"],
        message=values["message"],
    )


def _slip(row: Row[tuple[object, ...]]) -> SlipRow:
    values = row._mapping  # noqa: SLF001 - public API of SQLAlchemy despite its name
    return SlipRow(
        receipt_number=values["receipt_number"],
        kind=values["kind"],
        payment_number=values["payment_number"],
        text=values["text"],
        template=values["template"],
        online=values["online"],
        state=values["state"],
        why=values["why"],
    )
