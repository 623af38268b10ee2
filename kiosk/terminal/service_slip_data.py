"""What the slips that a technician orders say: printer's test, information, the present period.

Reads the journal and changes nothing; an X report closes no period.
"""

from dataclasses import dataclass
from typing import assert_never

from kiosk.receipts.figures import moment_text
from kiosk.receipts.finish import SlipData
from kiosk.receipts.issuer import SlipHead
from kiosk.receipts.pages import page_for
from kiosk.receipts.payment_slip import SlipField
from kiosk.receipts.service_slips import InformationSlipData, ShiftSlipData, TestSlipData
from kiosk.receipts.wording import Wording
from kiosk.terminal.books import Books
from kiosk.terminal.cash_slips import moment_of, slip_counts
from kiosk.terminal.slip_orders import ServiceSlip
from kiosk.terminal.slips import SlipMaker
from offline_queue.journal import cash_queries, queries

_ROUBLES = "RUB"


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceKnowledge:
    """Where the words and the figures come from; `version` is the program's."""

    wording: Wording
    books: Books
    maker: SlipMaker
    version: str


def service_slip(slip: ServiceSlip, head: SlipHead, known: ServiceKnowledge) -> SlipData:
    """The data of the slip that was ordered. Raises JournalError."""
    match slip:
        case ServiceSlip.TEST:
            return _test(head, known)
        case ServiceSlip.INFORMATION:
            return _information(head, known)
        case ServiceSlip.SHIFT:
            return _shift(head, known)
        case _ as never:
            assert_never(never)


def _test(head: SlipHead, known: ServiceKnowledge) -> TestSlipData:
    model = known.maker.model
    page = page_for(model, known.wording.language)
    return TestSlipData(
        head=head,
        printer=model.title,
        columns=model.columns,
        page=f"{page.number} {page.name}",
    )


def _information(head: SlipHead, known: ServiceKnowledge) -> InformationSlipData:
    maker, say = known.maker, known.wording.say
    collections = known.books.ask(cash_queries.last_collection)
    last = None if collections is None else moment_of(collections.at, maker.zone)
    sets = maker.writer.own[:1] or (maker.writer.shipped,)
    waiting = known.books.ask(queries.outbox_state).pending
    lines = {
        "version": known.version,
        "catalogue": maker.catalogue.version,
        "fees": maker.catalogue.fee_version,
        "templates": sets[0].mark,
        "printer": maker.model.title,
        "collection": say("information.none") if last is None else moment_text(last),
        "undelivered": str(waiting),
    }
    return InformationSlipData(
        head=head,
        lines=tuple(
            SlipField(title=say(f"information.{key}"), value=value) for key, value in lines.items()
        ),
    )


def _shift(head: SlipHead, known: ServiceKnowledge) -> ShiftSlipData:
    books = known.books
    period, sums = books.ask(cash_queries.period), books.ask(cash_queries.period_sums)
    return ShiftSlipData(
        head=head,
        number=period.number,
        since=moment_of(period.since, known.maker.zone),
        payments=period.payments,
        inserted=sums.inserted_minor,
        fee=sums.fee_minor,
        credited=sums.credited_minor,
        change=sums.change_minor,
        disputed=sum(note.minor or 0 for note in period.disputed if note.currency == _ROUBLES),
        undelivered=books.ask(queries.outbox_state).pending,
        counts=slip_counts(period.counts),
    )
