"""What follows from the records: sessions, notes, payments, slips, cash and counters.

`apply` is the only code that writes projection tables; it runs inside the transaction of the
record itself, and again, on an empty database, when the verifier rebuilds everything. It must depend
on the record and the tables alone: no clock, no randomness, nothing from outside.
"""

import sqlite3
from typing import assert_never

from sqlalchemy import BindParameter, Connection, bindparam, case, select, update
from sqlalchemy.dialects.sqlite import insert

from offline_queue.journal import cash_projections as box
from offline_queue.journal import pruning
from offline_queue.journal import records as r
from offline_queue.journal import schema as s
from offline_queue.journal.cash_records import (
    CashCollected,
    CassetteOpened,
    ClockJumped,
    CollectionReported,
    NoteReported,
)
from offline_queue.journal.delivery_records import PaymentsOfferedAgain
from offline_queue.journal.new_beginning_records import JournalSetAside, NumbersSkipped
from offline_queue.journal.numbering import numbers_of
from offline_queue.journal.prepared import Prepared, Question, Value
from offline_queue.journal.slip_records import SlipKind, SlipMade
from terminal_api.payments import PaymentStatus, Verdict

_STATE_BY_STATUS = {
    PaymentStatus.ACCEPTED: "accepted",
    PaymentStatus.CREDITED: "credited",
    PaymentStatus.REFUSED: "refused",
    PaymentStatus.DISPUTED: "disputed",
}


_OPEN_SESSION = Prepared(
    insert(s.session).values(
        id=bindparam("id"), seq=bindparam("seq"), opened=bindparam("opened"), state="open"
    )
)
_COUNTER = Question(select(s.counter.c.value).where(s.counter.c.name == bindparam("of")))
_WHICH_SESSION = update(s.session).where(s.session.c.id == bindparam("which"))
_CLOSE_SESSION = Prepared(_WHICH_SESSION.values(state="closed"))
_PAY_SESSION = Prepared(
    _WHICH_SESSION.values(state="paid", payment_number=bindparam("payment_number"))
)

# What is recorded as stacked is counted as cash, once, and stays where it is.
_NOT_IN_THE_BOX = s.note.c.state != "stacked"
_NOTE: dict[str, BindParameter[object]] = {
    name: bindparam(name) for name in ("cycle", "seq", "session", "minor", "currency")
}
_ESCROW_NOTE = Prepared(
    insert(s.note).values(
        **_NOTE,
        state="escrowed",
        was_disputed=False,
        decision=bindparam("decision"),
        device_count=bindparam("device_count"),
    )
)
_STACK = insert(s.note).values(**_NOTE, state="stacked", was_disputed=False)
_STACK_NOTE = Prepared(
    _STACK.on_conflict_do_update(
        index_elements=[s.note.c.cycle],
        set_={
            name: _STACK.excluded[name] for name in ("state", "seq", "minor", "currency", "session")
        },
        where=_NOT_IN_THE_BOX,
    )
)
_STACK_NOTE_AS_ESCROWED = Prepared(
    update(s.note)
    .where(
        s.note.c.cycle == bindparam("cycle"),
        s.note.c.state == "escrowed",
        s.note.c.session.is_not_distinct_from(bindparam("session")),
        s.note.c.minor == bindparam("minor"),
        s.note.c.currency == bindparam("currency"),
    )
    .values(state="stacked", seq=bindparam("seq"))
)
_DISPUTE = insert(s.note).values(**_NOTE, state="disputed", was_disputed=True)
_DISPUTE_NOTE = Prepared(
    _DISPUTE.on_conflict_do_update(
        index_elements=[s.note.c.cycle],
        set_={name: _DISPUTE.excluded[name] for name in ("state", "was_disputed", "seq")},
        where=_NOT_IN_THE_BOX,
    )
)
_WHICH_NOTE = update(s.note).where(s.note.c.cycle == bindparam("which"))
_RETURN_NOTE = Prepared(
    _WHICH_NOTE.where(_NOT_IN_THE_BOX).values(state="returned", seq=bindparam("seq"))
)
_ORDER_RETURN = Prepared(
    _WHICH_NOTE.where(s.note.c.state == "escrowed").values(decision=r.Decision.RETURN.value)
)
_PAY_NOTE = Prepared(_WHICH_NOTE.values(payment_number=bindparam("payment_number")))
_ADD_CASH = Prepared(
    insert(s.cash)
    .values(currency=bindparam("currency"), minor=bindparam("minor"), count=bindparam("count"))
    .on_conflict_do_update(
        index_elements=[s.cash.c.currency, s.cash.c.minor],
        set_={"count": s.cash.c.count + bindparam("count")},
    )
)

_FORM_PAYMENT = Prepared(
    insert(s.payment).values(
        number=bindparam("number"),
        session=bindparam("session"),
        item=bindparam("item"),
        trigger=bindparam("trigger"),
        state="queued",
        message="",
    )
)
_WHICH_PAYMENT = update(s.payment).where(s.payment.c.number == bindparam("which"))
_SEND_PAYMENT = Prepared(_WHICH_PAYMENT.where(s.payment.c.state == "queued").values(state="sent"))
_QUEUE_AGAIN = Prepared(
    _WHICH_PAYMENT.where((s.payment.c.state == "sent") | (s.payment.c.state == "accepted")).values(
        state="queued"
    )
)
_PARK_PAYMENT = Prepared(_WHICH_PAYMENT.values(state="parked", message=bindparam("message")))
_OFFER_AGAIN = Prepared(
    _WHICH_PAYMENT.where(s.payment.c.state == "parked").values(state="queued", message="")
)
_ANSWER_PAYMENT = Prepared(
    _WHICH_PAYMENT.values(
        state=bindparam("state"), uid=bindparam("uid"), message=bindparam("message")
    )
)

_STORE_SLIP = Prepared(
    insert(s.slip).values(
        receipt_number=bindparam("receipt_number"),
        kind=bindparam("kind"),
        payment_number=bindparam("payment_number"),
        text=bindparam("text"),
        template=bindparam("template"),
        online=bindparam("online"),
        state="stored",
        why="",
    )
)
_SET_SLIP = Prepared(
    update(s.slip)
    .where(s.slip.c.receipt_number == bindparam("which"))
    .values(
        # A slip that is known to be printed stays printed.
        state=case((s.slip.c.state == "printed", "printed"), else_=bindparam("to")),
        why=bindparam("why"),
    )
)
_COUNT_INSERT = insert(s.counter).values(name=bindparam("name"), value=bindparam("value"))
_COUNT = Prepared(
    _COUNT_INSERT.on_conflict_do_update(
        index_elements=[s.counter.c.name], set_={"value": _COUNT_INSERT.excluded["value"]}
    )
)


def apply(driver: sqlite3.Connection, seq: int, record: r.JournalRecord, body: str) -> None:
    """Bring the projections up to `record`, which stands at place `seq` with the text `body`.

    What a projection keeps of a text is cut out of `body`, never written anew: a later version writes
    the same record with more fields, and what an earlier one stored must stay as it was.
    """
    for name, value in numbers_of(record):
        _COUNT.run(driver, name=name, value=value)
    match record:
        case r.SessionOpened():
            _OPEN_SESSION.run(driver, id=record.session, seq=seq, opened=body)
        case r.SessionClosed():
            _CLOSE_SESSION.run(driver, which=record.session)
        case r.NoteEscrowed():
            _note_escrowed(driver, seq, record)
        case r.NoteStacked():
            _note_stacked(driver, seq, record)
        case r.NoteReturnOrdered():
            _ORDER_RETURN.run(driver, which=record.cycle)
        case r.NoteReturned():
            _RETURN_NOTE.run(driver, which=record.cycle, seq=seq)
        case r.NoteDisputed():
            _note_disputed(driver, seq, record)
        case r.PaymentFormed():
            _payment_formed(driver, record, body)
        case r.PaymentsSent():
            for number in record.numbers:
                _SEND_PAYMENT.run(driver, which=number)
        case r.PaymentAnswered():
            _payment_answered(driver, record)
        case r.PaymentParked():
            _PARK_PAYMENT.run(driver, which=record.number, message=record.why)
        case PaymentsOfferedAgain():
            for number in record.numbers:
                _OFFER_AGAIN.run(driver, which=number)
        case SlipMade():
            _slip_made(driver, record)
        case r.SlipStarted():
            _SET_SLIP.run(driver, which=record.receipt_number, to="started", why="")
        case r.SlipSettled():
            _SET_SLIP.run(
                driver,
                which=record.receipt_number,
                to=record.outcome.value,
                why=record.why,
            )
        case r.JournalPruned():
            pruning.forget(driver, record.up_to)
        case CashCollected():
            _cash_collected(driver, seq, record, body)
        case CassetteOpened():
            box.opened(driver, seq, record)
        case NoteReported():
            box.reported(driver, record)
        case CollectionReported():
            box.collection_reported(driver, record)
        case JournalSetAside():
            for currency, minor, count in record.cash:
                _ADD_CASH.run(driver, currency=currency, minor=minor, count=count)
        case r.TerminalStarted() | r.DeviceNoted() | NumbersSkipped() | ClockJumped():
            pass
        case _ as never:
            assert_never(never)


def _note_escrowed(driver: sqlite3.Connection, seq: int, record: r.NoteEscrowed) -> None:
    _ESCROW_NOTE.run(
        driver,
        cycle=record.cycle,
        seq=seq,
        session=record.session,
        minor=record.minor,
        currency=record.currency,
        decision=record.decision.value,
        device_count=record.device_count,
    )


def _note_stacked(driver: sqlite3.Connection, seq: int, record: r.NoteStacked) -> None:
    note: dict[str, Value] = {
        "cycle": record.cycle,
        "seq": seq,
        "session": record.session,
        "minor": record.minor,
        "currency": record.currency,
    }
    if record.session is None:
        box.suspense(driver, seq, record.cycle)
    # The usual way first: a note as it stood in escrow changes its state and nothing else.
    changed = _STACK_NOTE_AS_ESCROWED.run(driver, **note) or _STACK_NOTE.run(driver, **note)
    # Told again, as after a commit of which nobody knew the outcome: one note is one note of cash.
    if changed:
        _ADD_CASH.run(driver, currency=record.currency, minor=record.minor, count=1)


def _note_disputed(driver: sqlite3.Connection, seq: int, record: r.NoteDisputed) -> None:
    changed = _DISPUTE_NOTE.run(
        driver,
        cycle=record.cycle,
        seq=seq,
        session=record.session,
        minor=record.minor,
        currency=record.currency,
    )
    if changed and record.session is None:
        box.disputed(driver, seq, record.cycle)


def _payment_formed(driver: sqlite3.Connection, record: r.PaymentFormed, body: str) -> None:
    item = record.item
    _FORM_PAYMENT.run(
        driver,
        number=item.number,
        session=item.session,
        item=r.item_text(body),
        trigger=record.trigger.value,
    )
    _PAY_SESSION.run(driver, which=item.session, payment_number=item.number)
    for note in item.notes:
        _PAY_NOTE.run(driver, which=note.cycle, payment_number=item.number)
    _STORE_SLIP.run(
        driver,
        receipt_number=item.receipt_number,
        kind=SlipKind.PAYMENT.value,
        payment_number=item.number,
        text=record.slip_text,
        template=record.template,
        online=record.online,
    )


def _cash_collected(driver: sqlite3.Connection, seq: int, record: CashCollected, body: str) -> None:
    box.collected(driver, seq, record, body)
    _STORE_SLIP.run(
        driver,
        receipt_number=record.receipt_number,
        kind=SlipKind.COLLECTION.value,
        payment_number=None,
        text=record.slip_text,
        template=record.template,
        online=False,
    )


def _slip_made(driver: sqlite3.Connection, record: SlipMade) -> None:
    _STORE_SLIP.run(
        driver,
        receipt_number=record.receipt_number,
        kind=record.slip.value,
        payment_number=None,
        text=record.slip_text,
        template=record.template,
        online=False,
    )


def _payment_answered(driver: sqlite3.Connection, record: r.PaymentAnswered) -> None:
    if record.verdict in (Verdict.CONFLICT, Verdict.REJECTED):
        # Money is inside, so this is a claim that waits for a person; it never becomes a refusal.
        why = f"{record.verdict}: {record.message}"
        _PARK_PAYMENT.run(driver, which=record.number, message=why)
        return
    state = _STATE_BY_STATUS.get(record.status)
    if state is None:
        # The backend does not know it: it must be sent (again) with the same number and content.
        _QUEUE_AGAIN.run(driver, which=record.number)
        return
    _ANSWER_PAYMENT.run(
        driver, which=record.number, state=state, uid=record.uid, message=record.message
    )


def next_number(connection: Connection, name: str) -> int:
    """The number after the last one used; numbers begin at 1 and have no gaps."""
    return (_COUNTER.value(connection, of=name) or 0) + 1
