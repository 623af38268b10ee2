"""What is stored about the payments and notes that a terminal tells of.

Reads inside the caller's transaction. It must never begin or end one, nor decide anything.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection, select

from terminal_api import LooseState, PaymentItem, PaymentState, PaymentStatus
from wallet.payments.intake import History, Known, Offer, Stored
from wallet.payments.note_intake import Key
from wallet.payments.stage import PaymentStage
from wallet.payments.tables import note_reports, payment_notes, payment_revisions, payments
from wallet.storage.lookup import Found, Lookup, look_up

_PAYMENTS: Final = Lookup(
    select(payments.c.number, payments.c.uid, payments.c.stage, payments.c.body_hash),
    payments.c.terminal_id,
    payments.c.number,
)
_BODIES: Final = Lookup(
    select(payments.c.number, payments.c.revision, payments.c.body),
    payments.c.terminal_id,
    payments.c.number,
)
_EARLIER: Final = Lookup(
    select(payment_revisions.c.number, payment_revisions.c.body_hash),
    payment_revisions.c.terminal_id,
    payment_revisions.c.number,
)
_OWNERS: Final = Lookup(
    select(payment_notes.c.cycle, payment_notes.c.number),
    payment_notes.c.terminal_id,
    payment_notes.c.cycle,
)
_CREDITED: Final = Lookup(
    select(payment_notes.c.cycle).where(payment_notes.c.disputed.is_(False)),
    payment_notes.c.terminal_id,
    payment_notes.c.cycle,
)
_REPORTS: Final = Lookup(
    select(note_reports.c.cycle, note_reports.c.state, note_reports.c.body_hash),
    note_reports.c.terminal_id,
    note_reports.c.cycle,
)


def known_of(connection: Connection, terminal_id: str, offers: Sequence[Offer]) -> Known:
    """Everything that is needed to judge these payments."""
    cycles = [note.cycle for one in offers for note in one.payment.notes]
    found = look_up(
        connection,
        terminal_id,
        (_PAYMENTS, [one.payment.number for one in offers]),
        (_OWNERS, cycles),
        (_REPORTS, cycles),
    )
    stored = _stored(found[0])
    other = [
        one.payment.number
        for one in offers
        if (known := stored.get(one.payment.number)) and known.body_hash != one.body_hash
    ]
    return Known(
        stored=stored,
        owners={row[0]: row[1] for row in found[1]},
        suspense={cycle for cycle, state, _ in found[2] if state == LooseState.SUSPENSE.value},
        histories=_histories(connection, terminal_id, other) if other else {},
    )


def stored_payments(
    connection: Connection, terminal_id: str, numbers: Sequence[int]
) -> dict[int, Stored]:
    """What is stored under these numbers."""
    return _stored(_PAYMENTS.rows(connection, terminal_id, numbers))


def _stored(rows: Found) -> dict[int, Stored]:
    return {
        number: Stored(uid=uid, stage=PaymentStage(stage), body_hash=body_hash)
        for number, uid, stage, body_hash in rows
    }


def payment_state(number: int, stored: Stored | None) -> PaymentState:
    """What to answer about a number."""
    if stored is None:
        return PaymentState(number=number, status=PaymentStatus.UNKNOWN, uid=None)
    return PaymentState(
        number=number, status=stored.stage.status, uid=stored.uid, body_hash=stored.body_hash
    )


def stored_reports(
    connection: Connection, terminal_id: str, cycles: Sequence[str]
) -> dict[Key, str]:
    """The body hash of each stored report about these notes, by note and state."""
    return {
        (cycle, LooseState(state)): body_hash
        for cycle, state, body_hash in _REPORTS.rows(connection, terminal_id, cycles)
    }


def credited_notes(connection: Connection, terminal_id: str, cycles: Sequence[str]) -> set[str]:
    """Those of these notes that stand undisputed in a payment."""
    return {cycle for (cycle,) in _CREDITED.rows(connection, terminal_id, cycles)}


def _histories(
    connection: Connection, terminal_id: str, numbers: Sequence[int]
) -> dict[int, History]:
    bodies, hashes = look_up(connection, terminal_id, (_BODIES, numbers), (_EARLIER, numbers))
    earlier: defaultdict[int, set[str]] = defaultdict(set)
    for number, body_hash in hashes:
        earlier[number].add(body_hash)
    return {
        number: History(
            payment=PaymentItem.model_validate_json(body),
            body=body,
            revision=revision,
            earlier=frozenset(earlier[number]),
        )
        for number, revision, body in bodies
    }
