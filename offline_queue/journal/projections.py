"""What follows from the records: sessions, notes, payments, slips, cash and counters.

`apply` is the only code that writes projection tables; it runs inside the transaction of the
record itself, and again, on an empty database, when the verifier rebuilds everything. It must depend
on the record and the tables alone: no clock, no randomness, nothing from outside.
"""

from typing import assert_never

from sqlalchemy import Connection, case, select, update
from sqlalchemy.dialects.sqlite import insert

from offline_queue.journal import records as r
from offline_queue.journal import schema as s
from terminal_api.payments import PaymentStatus, Verdict

PAYMENT_NUMBER = "payment_number"
RECEIPT_NUMBER = "receipt_number"

_STATE_BY_STATUS = {
    PaymentStatus.ACCEPTED: "accepted",
    PaymentStatus.CREDITED: "credited",
    PaymentStatus.REFUSED: "refused",
    PaymentStatus.DISPUTED: "disputed",
}


def apply(connection: Connection, seq: int, record: r.JournalRecord) -> None:
    """Bring the projections up to `record`, which stands at place `seq`."""
    match record:
        case r.SessionOpened():
            _open_session(connection, seq, record)
        case r.SessionClosed():
            _set_session(connection, record.session, state="closed")
        case r.NoteEscrowed():
            _note_escrowed(connection, seq, record)
        case r.NoteStacked():
            _note_stacked(connection, seq, record)
        case r.NoteReturned():
            _note_state(connection, seq, record.cycle, "returned")
        case r.NoteDisputed():
            _note_disputed(connection, seq, record)
        case r.PaymentFormed():
            _payment_formed(connection, record)
        case r.PaymentsSent():
            _payments_sent(connection, record)
        case r.PaymentAnswered():
            _payment_answered(connection, record)
        case r.PaymentParked():
            _set_payment(connection, record.number, state="parked", message=record.why)
        case r.SlipStarted():
            _set_slip(connection, record.receipt_number, "started", "")
        case r.SlipSettled():
            _set_slip(connection, record.receipt_number, record.outcome.value, record.why)
        case r.TerminalStarted() | r.DeviceNoted():
            pass
        case _ as never:
            assert_never(never)


def _open_session(connection: Connection, seq: int, record: r.SessionOpened) -> None:
    connection.execute(
        insert(s.session).values(
            id=record.session, seq=seq, state="open", opened=r.to_text(record), payment_number=None
        )
    )


def _set_session(connection: Connection, session: str, **values: object) -> None:
    connection.execute(update(s.session).where(s.session.c.id == session).values(**values))


def _note_escrowed(connection: Connection, seq: int, record: r.NoteEscrowed) -> None:
    connection.execute(
        insert(s.note).values(
            cycle=record.cycle,
            seq=seq,
            session=record.session,
            minor=record.minor,
            currency=record.currency,
            state="escrowed",
            decision=record.decision.value,
            device_count=record.device_count,
            was_disputed=False,
            payment_number=None,
        )
    )


def _note_stacked(connection: Connection, seq: int, record: r.NoteStacked) -> None:
    connection.execute(
        insert(s.note)
        .values(
            cycle=record.cycle,
            seq=seq,
            session=record.session,
            minor=record.minor,
            currency=record.currency,
            state="stacked",
            was_disputed=False,
        )
        .on_conflict_do_update(
            index_elements=[s.note.c.cycle],
            set_={
                "state": "stacked",
                "seq": seq,
                "minor": record.minor,
                "session": record.session,
            },
        )
    )
    connection.execute(
        insert(s.cash)
        .values(currency=record.currency, minor=record.minor, count=1)
        .on_conflict_do_update(
            index_elements=[s.cash.c.currency, s.cash.c.minor],
            set_={"count": s.cash.c.count + 1},
        )
    )


def _note_disputed(connection: Connection, seq: int, record: r.NoteDisputed) -> None:
    connection.execute(
        insert(s.note)
        .values(
            cycle=record.cycle,
            seq=seq,
            session=record.session,
            minor=record.minor,
            currency=record.currency,
            state="disputed",
            was_disputed=True,
        )
        .on_conflict_do_update(
            index_elements=[s.note.c.cycle],
            set_={"state": "disputed", "was_disputed": True, "seq": seq},
        )
    )


def _note_state(connection: Connection, seq: int, cycle: str, state: str) -> None:
    connection.execute(update(s.note).where(s.note.c.cycle == cycle).values(state=state, seq=seq))


def _payment_formed(connection: Connection, record: r.PaymentFormed) -> None:
    item = record.item
    connection.execute(
        insert(s.payment).values(
            number=item.number,
            session=item.session,
            item=item.model_dump_json(),
            trigger=record.trigger.value,
            state="queued",
            message="",
        )
    )
    _set_session(connection, item.session, state="paid", payment_number=item.number)
    connection.execute(
        update(s.note)
        .where(s.note.c.cycle.in_([note.cycle for note in item.notes]))
        .values(payment_number=item.number)
    )
    connection.execute(
        insert(s.slip).values(
            receipt_number=item.receipt_number,
            kind=r.SlipKind.PAYMENT.value,
            payment_number=item.number,
            text=record.slip_text,
            template=record.template,
            online=record.online,
            state="stored",
            why="",
        )
    )
    _count(connection, PAYMENT_NUMBER, item.number)
    _count(connection, RECEIPT_NUMBER, item.receipt_number)


def _count(connection: Connection, name: str, value: int) -> None:
    connection.execute(
        insert(s.counter)
        .values(name=name, value=value)
        .on_conflict_do_update(index_elements=[s.counter.c.name], set_={"value": value})
    )


def _payments_sent(connection: Connection, record: r.PaymentsSent) -> None:
    connection.execute(
        update(s.payment)
        .where(s.payment.c.number.in_(record.numbers), s.payment.c.state == "queued")
        .values(state="sent")
    )


def _payment_answered(connection: Connection, record: r.PaymentAnswered) -> None:
    if record.verdict in (Verdict.CONFLICT, Verdict.REJECTED):
        # Money is inside, so this is a claim that waits for a person; it never becomes a refusal.
        why = f"{record.verdict}: {record.message}"
        _set_payment(connection, record.number, state="parked", message=why)
        return
    state = _STATE_BY_STATUS.get(record.status)
    if state is None:
        # The backend does not know it: it must be sent (again) with the same number and content.
        connection.execute(
            update(s.payment)
            .where(s.payment.c.number == record.number, s.payment.c.state.in_(["sent", "accepted"]))
            .values(state="queued")
        )
        return
    _set_payment(connection, record.number, state=state, uid=record.uid, message=record.message)


def _set_payment(connection: Connection, number: int, **values: object) -> None:
    connection.execute(update(s.payment).where(s.payment.c.number == number).values(**values))


def _set_slip(connection: Connection, receipt_number: int, state: str, why: str) -> None:
    connection.execute(
        update(s.slip)
        .where(s.slip.c.receipt_number == receipt_number)
        .values(
            # A slip that is known to be printed stays printed.
            state=case((s.slip.c.state == "printed", "printed"), else_=state),
            why=why,
        )
    )


def next_number(connection: Connection, name: str) -> int:
    """The number after the last one used; numbers begin at 1 and have no gaps."""
    last = connection.execute(
        select(s.counter.c.value).where(s.counter.c.name == name)
    ).scalar_one_or_none()
    return (last or 0) + 1
