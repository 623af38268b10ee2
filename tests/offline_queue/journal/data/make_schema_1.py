"""Wrote `schema-1.db`, run once with the program of 22 November 2026 (commit 968c197).

Kept to show what the file holds and why it can be trusted; with a later program it would write
another file, so nothing runs it. Every kind of record of that version stands in it, in every state
that a payment, a note or a slip could be left in, and it ends in the middle of a session.
"""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from config.catalogue_models import FeeBand
from offline_queue.journal import ChainKey, Journal
from offline_queue.journal import records as r
from terminal_api.payments import NoteItem, PaymentItem, PaymentStatus, Verdict

KEY = ChainKey(bytes(range(32)))
START = datetime(2026, 11, 22, 6, 30, tzinfo=UTC)
FEE = (
    FeeBand(
        from_minor=0, to_minor=100_000, percent_bp=500, fixed_minor=0, min_minor=0, max_minor=None
    ),
    FeeBand(
        from_minor=100_000, to_minor=None, percent_bp=0, fixed_minor=50, min_minor=0, max_minor=500
    ),
)
AWKWARD = 'Алматы "край" \\ / \t \x7f \u2028 é 💶'


def opened(session: str) -> r.SessionOpened:
    return r.SessionOpened(
        session=session,
        provider_id=7,
        provider_code="mobile",
        provider_name="Мобильная связь «Ёлка»",
        account="9161234567",
        fields=(("region", AWKWARD),),
        currency="RUB",
        fee_version="2026-11",
        fee=FEE,
    )


def escrowed(session: str, cycle: str, minor: int, *, stack: bool = True) -> r.NoteEscrowed:
    return r.NoteEscrowed(
        session=session,
        cycle=cycle,
        minor=minor,
        currency="RUB",
        decision=r.Decision.STACK if stack else r.Decision.RETURN,
        device_count=41,
    )


def stacked(session: str | None, cycle: str, minor: int, how: str = "normal") -> r.NoteStacked:
    return r.NoteStacked(session=session, cycle=cycle, minor=minor, currency="RUB", how=how)


def disputed(session: str | None, cycle: str, minor: int | None) -> r.NoteDisputed:
    return r.NoteDisputed(
        session=session,
        cycle=cycle,
        minor=minor,
        currency="RUB",
        evidence=("ordered to stack", "no counter", "power up: idle"),
    )


def formed(
    number: int, session: str, notes: tuple[tuple[str, int], ...], lost: tuple[tuple[str, int], ...]
) -> r.PaymentFormed:
    inserted = sum(minor for _, minor in notes)
    item = PaymentItem(
        number=number,
        session=session,
        provider_id=7,
        provider_code="mobile",
        account="9161234567",
        fields={"region": "Алматы «край» \\ 💶", "area": ""},
        currency="RUB",
        inserted_minor=inserted,
        fee_minor=inserted // 20,
        credited_minor=inserted - inserted // 20,
        disputed_minor=sum(minor for _, minor in lost),
        fee_version="2026-11",
        formed_at=START + timedelta(hours=number, microseconds=number),
        receipt_number=number + 100,
        notes=(
            *(NoteItem(cycle=cycle, minor=minor, currency="RUB") for cycle, minor in notes),
            *(
                NoteItem(cycle=cycle, minor=minor, currency="RUB", disputed=True)
                for cycle, minor in lost
            ),
        ),
    )
    return r.PaymentFormed(
        item=item,
        trigger=r.PaymentTrigger.CUSTOMER if number % 2 else r.PaymentTrigger.RECOVERED,
        slip_text=f"ЧЕК № {number}\n{AWKWARD}\nИтого: {inserted // 100},00 ₽\n",
        template="payment/1",
        online=bool(number % 3),
    )


def answered(number: int, status: PaymentStatus, verdict: Verdict | None) -> r.PaymentAnswered:
    uid = None if status is PaymentStatus.UNKNOWN else f"uid-{number}"
    return r.PaymentAnswered(number=number, verdict=verdict, status=status, uid=uid, message="да")


def paid(number: int, *, lost: bool = False) -> list[r.JournalRecord]:
    session, cycle = f"s{number}", f"boot-1/{number}"
    notes, missing = ((f"{cycle}a", 50_000), (f"{cycle}b", 10_000)), ()
    told: list[r.JournalRecord] = [opened(session)]
    for one, minor in notes:
        told += [escrowed(session, one, minor), stacked(session, one, minor)]
    if lost:
        missing = ((f"{cycle}c", 100_000),)
        told += [escrowed(session, f"{cycle}c", 100_000), disputed(session, f"{cycle}c", 100_000)]
    return [*told, formed(number, session, notes, missing)]


def history() -> list[list[r.JournalRecord]]:
    slip = r.SlipStarted
    done, failed = r.SlipOutcome.PRINTED, r.SlipOutcome.FAILED
    return [
        [r.TerminalStarted(boot="boot-1", version="0.1.0", terminal_id="00000042")],
        [r.DeviceNoted(device="acceptor", event="ready", detail="CCNET")],
        [opened("left")],
        [escrowed("left", "boot-1/r", 500_000, stack=False)],
        [r.NoteReturned(cycle="boot-1/r", why="above the limit")],
        [r.SessionClosed(session="left", why=r.SessionEnd.LEFT)],
        # 1 credited, slip printed; 2 accepted, slip failed; 3 refused, slip started.
        *([one] for one in paid(1)),
        [slip(receipt_number=101)],
        [r.SlipSettled(receipt_number=101, outcome=done)],
        [r.PaymentsSent(numbers=(1,))],
        [answered(1, PaymentStatus.ACCEPTED, Verdict.ACCEPTED)],
        [answered(1, PaymentStatus.CREDITED, None)],
        *([one] for one in paid(2)),
        [slip(receipt_number=102)],
        [r.SlipSettled(receipt_number=102, outcome=failed, why="paper out")],
        *([one] for one in paid(3)),
        [slip(receipt_number=103)],
        [r.PaymentsSent(numbers=(2, 3))],
        [
            answered(2, PaymentStatus.ACCEPTED, Verdict.DUPLICATE),
            answered(3, PaymentStatus.REFUSED, Verdict.ACCEPTED),
        ],
        # 4 with a disputed note, parked; 5 in conflict; 6 lost by the backend; 7 sent; 8 queued.
        *([one] for one in paid(4, lost=True)),
        [r.PaymentParked(number=4, why="HTTP 422: payments.0.account")],
        *([one] for one in paid(5)),
        *([one] for one in paid(6)),
        [r.PaymentsSent(numbers=(5, 6))],
        [
            answered(5, PaymentStatus.DISPUTED, Verdict.CONFLICT),
            answered(6, PaymentStatus.UNKNOWN, None),
        ],
        *([one] for one in paid(7)),
        [r.PaymentsSent(numbers=(7,))],
        [stacked(None, "boot-1/x", 20_000, "recovered")],
        [disputed(None, "boot-1/y", None)],
        [r.TerminalStarted(boot="boot-2", version="0.1.0", terminal_id="00000042")],
        *([one] for one in paid(8)),
        # The power fails here: one note inside, another ordered to be stacked.
        [opened("open")],
        [escrowed("open", "boot-2/m", 100_000)],
        [stacked("open", "boot-2/m", 100_000)],
        [escrowed("open", "boot-2/n", 500_000)],
    ]


def main(path: Path) -> None:
    journal = Journal(path, KEY)
    for second, batch in enumerate(history()):
        journal.append(*batch, at=START + timedelta(seconds=second))
    journal.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
