"""A legal history for a journal, drawn from a seed: what terminals write, with nothing around it.

Groups of records as the terminal appends them; a group is durable whole or not at all.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from random import Random
from typing import Final

from config.catalogue_models import FeeBand
from offline_queue.journal import records as r
from terminal_api.payments import NoteItem, PaymentItem, PaymentStatus, Verdict

AT: Final = datetime(2026, 5, 1, 6, 30, tzinfo=UTC)
_FEE: Final = (
    FeeBand(from_minor=0, to_minor=None, percent_bp=0, fixed_minor=0, min_minor=0, max_minor=None),
)

Group = tuple[r.JournalRecord, ...]


def history(chance: Random, payments: int) -> Iterator[Group]:
    """So many customers, one after the other."""
    yield (r.TerminalStarted(boot=f"boot-{chance.random()}", version="simulated"),)
    for number in range(1, payments + 1):
        yield from _customer(chance, number)


def _customer(chance: Random, number: int) -> Iterator[Group]:
    session = f"session-{number}"
    yield (_opened(session, chance),)
    notes: list[NoteItem] = []
    for place in range(chance.randrange(1, 5)):
        cycle, minor = f"{session}-{place}", chance.choice((5_000, 10_000, 50_000))
        keeps = place == 0 or chance.random() < 0.7
        yield (_escrowed(session, cycle, minor, keeps=keeps),)
        if keeps:
            notes.append(NoteItem(cycle=cycle, minor=minor, currency="RUB"))
            yield (_stacked(session, cycle, minor),)
        else:
            yield (r.NoteReturned(cycle=cycle, why="over the maximum"),)
    yield (_formed(number, session, tuple(notes)), r.SlipStarted(receipt_number=number))
    yield (r.SlipSettled(receipt_number=number, outcome=r.SlipOutcome.PRINTED),)
    yield (r.PaymentsSent(numbers=(number,)),)
    yield (
        r.PaymentAnswered(
            number=number,
            verdict=Verdict.ACCEPTED,
            status=PaymentStatus.CREDITED,
            uid=f"uid-{number}",
        ),
    )


def _opened(session: str, chance: Random) -> r.SessionOpened:
    return r.SessionOpened(
        session=session,
        provider_id=7,
        provider_code="mobile",
        provider_name="Mobile",
        account=f"{chance.randrange(10**9, 10**10)}",
        fields=(("note", "x" * chance.randrange(600)),),  # rows of many sizes cross pages
        currency="RUB",
        fee_version="2026-05",
        fee=_FEE,
    )


def _escrowed(session: str, cycle: str, minor: int, *, keeps: bool) -> r.NoteEscrowed:
    return r.NoteEscrowed(
        session=session,
        cycle=cycle,
        minor=minor,
        currency="RUB",
        decision=r.Decision.STACK if keeps else r.Decision.RETURN,
        device_count=None,
    )


def _stacked(session: str, cycle: str, minor: int) -> r.NoteStacked:
    return r.NoteStacked(session=session, cycle=cycle, minor=minor, currency="RUB", how="normal")


def _formed(number: int, session: str, notes: tuple[NoteItem, ...]) -> r.PaymentFormed:
    total = sum(note.minor for note in notes)
    item = PaymentItem(
        number=number,
        session=session,
        provider_id=7,
        provider_code="mobile",
        account="9161234567",
        fields={},
        currency="RUB",
        inserted_minor=total,
        fee_minor=0,
        credited_minor=total,
        fee_version="2026-05",
        formed_at=AT,
        receipt_number=number,
        notes=notes,
    )
    return r.PaymentFormed(
        item=item,
        trigger=r.PaymentTrigger.CUSTOMER,
        slip_text=f"slip {number}\n" * 20,
        template="payment/1",
        online=True,
    )
