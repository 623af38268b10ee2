"""What is stored about the payments and notes that a terminal tells of.

Reads inside the caller's transaction. It must never begin or end one, nor decide anything.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from sqlalchemy import Connection, select

from terminal_api import LooseState, PaymentItem, PaymentState, PaymentStatus
from wallet.payments.intake import History, Known, Offer, Stored
from wallet.payments.note_intake import Key
from wallet.payments.stage import PaymentStage
from wallet.payments.tables import note_reports, payment_notes, payment_revisions, payments
from wallet.storage.lookup import Lookup

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
    stored = stored_payments(connection, terminal_id, [one.payment.number for one in offers])
    cycles = [note.cycle for one in offers for note in one.payment.notes]
    owners = {row.cycle: row.number for row in _OWNERS.rows(connection, terminal_id, cycles)}
    reported = stored_reports(connection, terminal_id, cycles)
    other = [
        one.payment.number
        for one in offers
        if (found := stored.get(one.payment.number)) and found.body_hash != one.body_hash
    ]
    return Known(
        stored=stored,
        owners=owners,
        suspense={cycle for cycle, state in reported if state is LooseState.SUSPENSE},
        histories=_histories(connection, terminal_id, other) if other else {},
    )


def stored_payments(
    connection: Connection, terminal_id: str, numbers: Sequence[int]
) -> dict[int, Stored]:
    """What is stored under these numbers."""
    return {
        row.number: Stored(uid=row.uid, stage=PaymentStage(row.stage), body_hash=row.body_hash)
        for row in _PAYMENTS.rows(connection, terminal_id, numbers)
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
        (row.cycle, LooseState(row.state)): row.body_hash
        for row in _REPORTS.rows(connection, terminal_id, cycles)
    }


def credited_notes(connection: Connection, terminal_id: str, cycles: Sequence[str]) -> set[str]:
    """Those of these notes that stand undisputed in a payment."""
    return {row.cycle for row in _CREDITED.rows(connection, terminal_id, cycles)}


def _histories(
    connection: Connection, terminal_id: str, numbers: Sequence[int]
) -> dict[int, History]:
    earlier: defaultdict[int, set[str]] = defaultdict(set)
    for row in _EARLIER.rows(connection, terminal_id, numbers):
        earlier[row.number].add(row.body_hash)
    bodies: Iterable[tuple[int, int, str]] = (
        (row.number, row.revision, row.body)
        for row in _BODIES.rows(connection, terminal_id, numbers)
    )
    return {
        number: History(
            payment=PaymentItem.model_validate_json(body),
            body=body,
            revision=revision,
            earlier=frozenset(earlier[number]),
        )
        for number, revision, body in bodies
    }
