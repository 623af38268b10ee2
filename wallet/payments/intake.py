"""Decides what becomes of each payment of a batch, given what is stored. Pure: writes nothing.

The same number with the same content is a repeat; with other content, or with a banknote that
stands in another payment, it is a conflict that changes nothing. For now content must be equal to
the byte; later amounts and flags may grow.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from terminal_api import (
    PaymentAnswer,
    PaymentItem,
    PaymentStatus,
    Verdict,
    body_hash,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What is stored under a number."""

    uid: str
    status: PaymentStatus
    body_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class New:
    """A payment to be stored."""

    payment: PaymentItem
    uid: str
    body_hash: str
    status: PaymentStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A payment that contradicts what is stored; kept beside it for people."""

    payment: PaymentItem
    body_hash: str
    reason: str
    stored_uid: str | None


@dataclass(slots=True, kw_only=True)
class Decision:
    """What to write and what to answer, in the batch's order."""

    new: list[New] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    answers: list[PaymentAnswer] = field(default_factory=list)


def decide(
    payments: Sequence[PaymentItem],
    stored: Mapping[int, Stored],
    note_owners: Mapping[str, int],
    uids: Sequence[str],
    suspense: Collection[str] = (),
) -> Decision:
    """Judge each payment.

    Args:
        payments: of one terminal, with distinct numbers.
        stored: what is stored under these numbers.
        note_owners: the payment number for each stored cycle among those of `payments`.
        uids: fresh identities, one for each payment, used or not.
        suspense: those of the cycles that are stored as in the box and in no payment.
    """
    decision = Decision()
    owners = dict(note_owners)
    for payment, uid in zip(payments, uids, strict=True):
        loose = [it for it in payment.notes if it.cycle in suspense and not it.disputed]
        _judge(decision, payment, stored.get(payment.number), owners, uid, loose=bool(loose))
    return decision


def _judge(
    decision: Decision,
    payment: PaymentItem,
    stored: Stored | None,
    owners: dict[str, int],
    uid: str,
    *,
    loose: bool,
) -> None:
    digest = body_hash(payment)
    taken = sorted({owners[note.cycle] for note in payment.notes if note.cycle in owners})
    if stored is not None and stored.body_hash == digest:
        decision.answers.append(_answer(payment, Verdict.DUPLICATE, stored.status, stored.uid))
    elif stored is not None:
        reason = "the number is stored with other content"
        _conflict(decision, payment, digest, reason, stored.uid)
    elif taken:
        reason = f"a note of it is stored with payment {taken[0]}"
        _conflict(decision, payment, digest, reason, None)
    elif loose:
        reason = "a note of it is stored as in suspense"
        _conflict(decision, payment, digest, reason, None)
    else:
        status = first_status(payment)
        decision.new.append(New(payment=payment, uid=uid, body_hash=digest, status=status))
        decision.answers.append(_answer(payment, Verdict.ACCEPTED, status, uid))
        owners.update((note.cycle, payment.number) for note in payment.notes)


def first_status(payment: PaymentItem) -> PaymentStatus:
    """Disputed when every note is: there is nothing to credit before people have looked."""
    disputed = all(note.disputed for note in payment.notes)
    return PaymentStatus.DISPUTED if disputed else PaymentStatus.ACCEPTED


def _conflict(
    decision: Decision, payment: PaymentItem, digest: str, reason: str, stored_uid: str | None
) -> None:
    decision.conflicts.append(
        Conflict(payment=payment, body_hash=digest, reason=reason, stored_uid=stored_uid)
    )
    # Never the status of what is stored: the terminal would take it for its own payment's.
    decision.answers.append(
        _answer(payment, Verdict.CONFLICT, PaymentStatus.DISPUTED, stored_uid, reason)
    )


def _answer(
    payment: PaymentItem,
    verdict: Verdict,
    status: PaymentStatus,
    uid: str | None,
    message: str = "",
) -> PaymentAnswer:
    return PaymentAnswer(
        number=payment.number, verdict=verdict, status=status, uid=uid, message=message
    )
