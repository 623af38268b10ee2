"""Decides what becomes of each payment of a batch, given what is stored. Pure: writes nothing.

The same number with the same content, or with content that it had before it grew, is a repeat. More
notes, larger amounts and longer evidence under the same number are growth. Anything else that
differs, or a banknote that stands elsewhere, is a conflict that changes nothing.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from terminal_api import PaymentAnswer, PaymentItem, PaymentStatus, Verdict, canonical_bytes
from terminal_api.canonical import hash_of
from wallet.payments.growth import added_notes
from wallet.payments.stage import PaymentStage


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A payment that was sent, with its canonical text and the hash of it."""

    payment: PaymentItem
    body: str
    body_hash: str
    uid: str
    """A fresh identity, used or not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What is stored under a number."""

    uid: str
    stage: PaymentStage
    body_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What is stored under a number, whole: the payment as it is, and the hashes it had before."""

    payment: PaymentItem
    body: str
    revision: int
    earlier: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class New:
    """A payment to be stored."""

    offer: Offer
    stage: PaymentStage


@dataclass(frozen=True, slots=True, kw_only=True)
class Grown:
    """A stored payment of which more was told."""

    offer: Offer
    before: History
    body_hash_before: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A payment that contradicts what is stored; kept beside it for people."""

    offer: Offer
    reason: str
    stored_uid: str | None


@dataclass(slots=True, kw_only=True)
class Decision:
    """What to write and what to answer, in the batch's order."""

    new: list[New] = field(default_factory=list)
    grown: list[Grown] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    answers: list[PaymentAnswer] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is stored about the payments of a batch.

    `owners` has the payment number for each stored cycle, `suspense` the cycles that are stored as in
    the box and in no payment, `histories` the payments that are stored with other content.
    """

    stored: Mapping[int, Stored]
    owners: Mapping[str, int]
    suspense: Collection[str] = ()
    histories: Mapping[int, History] = field(default_factory=dict)


def offer(payment: PaymentItem, uid: str) -> Offer:
    """Make the text and the hash, once."""
    body = canonical_bytes(payment)
    return Offer(payment=payment, body=body.decode(), body_hash=hash_of(body), uid=uid)


def decide(offers: Sequence[Offer], known: Known) -> Decision:
    """Judge each payment of one terminal; their numbers are distinct."""
    decision = Decision()
    owners = dict(known.owners)
    for one in offers:
        stored = known.stored.get(one.payment.number)
        if stored is None:
            _judge_new(decision, one, known, owners)
        elif stored.body_hash == one.body_hash:
            _answer(decision, one, Verdict.DUPLICATE, stored.stage.status, stored.uid)
        else:
            _judge_other(decision, one, stored, known, owners)
    return decision


def first_stage(payment: PaymentItem) -> PaymentStage:
    """Disputed when every note is: there is nothing to credit before people have looked."""
    disputed = all(note.disputed for note in payment.notes)
    return PaymentStage.DISPUTED if disputed else PaymentStage.ACCEPTED


def _judge_new(decision: Decision, one: Offer, known: Known, owners: dict[str, int]) -> None:
    payment = one.payment
    reason = _taken_elsewhere(payment, {note.cycle for note in payment.notes}, known, owners)
    if reason is not None:
        _conflict(decision, one, reason, None)
        return
    stage = first_stage(payment)
    decision.new.append(New(offer=one, stage=stage))
    _answer(decision, one, Verdict.ACCEPTED, stage.status, one.uid)
    owners.update((note.cycle, payment.number) for note in payment.notes)


def _judge_other(
    decision: Decision, one: Offer, stored: Stored, known: Known, owners: dict[str, int]
) -> None:
    payment, history = one.payment, known.histories[one.payment.number]
    if one.body_hash in history.earlier:
        _answer(decision, one, Verdict.DUPLICATE, stored.stage.status, stored.uid)
        return
    added = added_notes(history.payment, payment)
    if added is None:
        _conflict(decision, one, "the number is stored with other content", stored.uid)
        return
    reason = _taken_elsewhere(payment, {note.cycle for note in added}, known, owners)
    if reason is not None:
        _conflict(decision, one, reason, stored.uid)
        return
    decision.grown.append(Grown(offer=one, before=history, body_hash_before=stored.body_hash))
    _answer(decision, one, Verdict.ACCEPTED, stored.stage.status, stored.uid)
    owners.update((note.cycle, payment.number) for note in added)


def _taken_elsewhere(
    payment: PaymentItem, cycles: set[str], known: Known, owners: Mapping[str, int]
) -> str | None:
    taken = sorted({owners[cycle] for cycle in cycles if cycle in owners})
    if taken:
        return f"a note of it is stored with payment {taken[0]}"
    if known.suspense and any(
        note.cycle in known.suspense and note.cycle in cycles and not note.disputed
        for note in payment.notes
    ):
        return "a note of it is stored as in suspense"
    return None


def _conflict(decision: Decision, one: Offer, reason: str, stored_uid: str | None) -> None:
    decision.conflicts.append(Conflict(offer=one, reason=reason, stored_uid=stored_uid))
    # Never the status of what is stored: the terminal would take it for its own payment's.
    _answer(decision, one, Verdict.CONFLICT, PaymentStatus.DISPUTED, stored_uid, reason)


def _answer(
    decision: Decision,
    one: Offer,
    verdict: Verdict,
    status: PaymentStatus,
    uid: str | None,
    message: str = "",
) -> None:
    decision.answers.append(
        PaymentAnswer(
            number=one.payment.number, verdict=verdict, status=status, uid=uid, message=message
        )
    )
