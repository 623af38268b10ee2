"""Makes the slips that neither a payment nor a collection brings along.

A banknote that no payment will hold, a payment that is refused while its customer still stands there,
and what a technician orders. Each is on record with its text and its number before it goes to the
printer, and none is made twice. It must never hold up money: what it tells of is recorded already.
"""

from collections.abc import Callable
from dataclasses import dataclass

import structlog

from drivers.acceptors.contract import Note
from drivers.printers.contract import SlipFailed, SlipPrinted
from kiosk.clock import Clock
from kiosk.receipts.collection_slip import SlipNote
from kiosk.receipts.finish import SlipData
from kiosk.receipts.issuer import SlipHead
from kiosk.receipts.trouble_slips import DisputedSlipData, ErrorSlipData
from kiosk.session.money_events import NoteIn, NoteUnclear
from kiosk.session.state import Processing, Thanks
from kiosk.terminal.books import Books
from kiosk.terminal.cashier import Cashier
from kiosk.terminal.note_keeper import Told
from kiosk.terminal.payment_slips import refused_slip
from kiosk.terminal.print_desk import Job, PrintDesk
from kiosk.terminal.service import TellService
from kiosk.terminal.service_slip_data import ServiceKnowledge, service_slip
from kiosk.terminal.slip_orders import (
    NotPrinted,
    PrintSlip,
    ServiceSlip,
    SlipOut,
    SlipRefused,
)
from kiosk.terminal.slips import OrderedSlip, SlipMaker
from offline_queue.journal import JournalError, queries
from offline_queue.journal.slip_records import SlipKind, SlipMade

_log = structlog.get_logger(__name__)

_KINDS = {
    ServiceSlip.TEST: SlipKind.DEVICE_TEST,
    ServiceSlip.INFORMATION: SlipKind.INFORMATION,
    ServiceSlip.SHIFT: SlipKind.SHIFT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ClerkTools:
    """What a clerk works with."""

    books: Books
    cashier: Cashier
    desk: PrintDesk
    maker: SlipMaker
    clock: Clock
    currency: str
    tell: TellService


class SlipClerk:
    """Orders slips; `version` is this program's, for the slip of information."""

    def __init__(self, tools: ClerkTools) -> None:
        self._tools = tools
        self._last: dict[ServiceSlip, int] = {}
        self._refused: int | None = None
        # What was to be recorded when a write failed. It may have gone through all the same.
        self._unsure: tuple[SlipMade, Job] | None = None
        self.version = ""

    def ordered(self, order: PrintSlip) -> None:
        """Print what was ordered; the answer goes to whoever ordered. Raises JournalError."""
        if self._tools.desk.is_under_way(self._last.get(order.slip)):
            self._refuse(order, NotPrinted.STILL_WAITS)
            return
        try:
            self._print_order(order)
        except JournalError:
            self._refuse(order, NotPrinted.STORAGE)
            raise

    def note_of_nobody(self, told: Told, note: Note | None) -> None:
        """A note is inside, or may be, and stands in no payment: whoever fed it gets a paper that
        names terminal, moment and hotline. Raises JournalError.
        """
        maker = self._tools.maker
        wording = maker.wording_in(self._language)
        match told.event:
            case NoteIn(cycle=cycle, minor=stacked):
                ours = note is None or note.currency == self._tools.currency
                inserted = stacked if ours else 0  # the slip counts in our currency alone
                reason = wording.say("error.no_session")
                self._make(
                    SlipKind.ERROR,
                    f"note {cycle}",
                    lambda head: ErrorSlipData(head=head, reason=reason, inserted=inserted),
                )
            case NoteUnclear(cycle=cycle, minor=minor):
                currency = self._tools.currency if note is None else note.currency
                self._make(
                    SlipKind.DISPUTED,
                    f"note {cycle}",
                    lambda head: DisputedSlipData(
                        head=head,
                        notes=(
                            SlipNote(
                                cycle=cycle, minor=minor, currency=currency, at=head.printed_at
                            ),
                        ),
                    ),
                )
            case _:
                pass

    def refused(self, number: int) -> None:
        """The backend refused this payment: who still sees it on the screen has a slip that says
        "accepted", and gets the one that says what became of it. Raises JournalError.
        """
        visit = self._tools.cashier.visit
        if not isinstance(visit, Processing | Thanks) or self._refused == number:
            return
        item = visit.paid.item
        if item.number != number:
            return
        known = self._tools.maker.payment_knowledge(self._language)
        self._make(
            SlipKind.REFUSED,
            f"payment {number}",
            lambda head: refused_slip(item, head, known),
            service=item.provider_code,
        )
        self._refused = number

    def journal_is_back(self) -> None:
        """Print the slip of which nobody knew whether it was recorded, if it was: it has its number
        for good. Raises JournalError.
        """
        if self._unsure is None:
            return
        record, job = self._unsure
        unfinished = self._tools.books.ask(queries.slips_unfinished)
        if any(
            one.receipt_number == record.receipt_number and one.text == record.slip_text
            for one in unfinished
        ):
            self._tools.desk.submit_if_stored(job)
        self._unsure = None

    @property
    def _language(self) -> str:
        return self._tools.cashier.attention.manner.language.value

    def _print_order(self, order: PrintSlip) -> None:
        tools = self._tools
        known = ServiceKnowledge(
            wording=tools.maker.wording_in(order.language),
            books=tools.books,
            maker=tools.maker,
            version=self.version,
        )

        def ended(event: SlipPrinted | SlipFailed) -> None:
            if isinstance(event, SlipPrinted):
                tools.tell(SlipOut(request=order.request, receipt_number=event.slip))
            else:
                self._refuse(order, NotPrinted.PRINTER)

        self._last[order.slip] = self._make(
            _KINDS[order.slip],
            f"order {order.request}",
            lambda head: service_slip(order.slip, head, known),
            language=order.language or tools.maker.wording.language,
            ended=ended,
        )

    def _make(
        self,
        kind: SlipKind,
        about: str,
        data: Callable[[SlipHead], SlipData],
        *,
        language: str = "",
        service: str = "",
        ended: Callable[[SlipPrinted | SlipFailed], None] | None = None,
    ) -> int:
        """Record a slip and send it to the printer; its number. Raises JournalError."""
        tools = self._tools
        number = tools.books.next_receipt_number()
        head = tools.maker.head(number, tools.clock.now())
        item = OrderedSlip(receipt_number=number, data=data(head), service=service)
        made = tools.maker.make(item, online=True, language=language or self._language)
        record = SlipMade(
            receipt_number=number,
            slip=kind,
            about=about,
            slip_text=made.text,
            template=made.template,
        )
        job = Job(item=item, made_by=made.template, ended=ended)
        self._unsure = (record, job)
        tools.books.write([record])
        self._unsure = None
        _log.info("slip_made", kind=kind.value, receipt=number, about=about)
        tools.desk.submit(job)
        return number

    def _refuse(self, order: PrintSlip, why: NotPrinted) -> None:
        self._tools.tell(SlipRefused(request=order.request, why=why))
