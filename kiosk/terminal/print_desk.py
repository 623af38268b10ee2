"""One slip at a time to the printer, each step recorded: stored, started, printed or failed.

A slip of which some bytes may have reached paper is never sent again as if it were the first: who
wants it orders a copy, which says that it is one. A printing failure is told to the customer and
never stops a payment.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

import structlog

from drivers.printers.contract import (
    ReceiptPrinter,
    SlipFailed,
    SlipNotTaken,
    SlipPrinted,
    SlipTaken,
)
from kiosk.receipts.payment_slip import SlipStatus
from kiosk.terminal.books import Books
from kiosk.terminal.reprint import (
    NotReprinted,
    Reprint,
    ReprintAnswer,
    Reprinted,
    ReprintRefused,
)
from kiosk.terminal.service import nobody
from kiosk.terminal.slips import SlipContent, SlipMaker
from offline_queue.journal import JournalError, cash_queries, queries
from offline_queue.journal.cash_records import CashCollected
from offline_queue.journal.records import DeviceNoted, SlipOutcome, SlipSettled, SlipStarted
from terminal_api.payments import PaymentItem

_log = structlog.get_logger(__name__)

_STATUS: Final = {
    "accepted": SlipStatus.ACCEPTED,
    "credited": SlipStatus.CREDITED,
    "refused": SlipStatus.REFUSED,
    "disputed": SlipStatus.DISPUTED,
    "parked": SlipStatus.IN_PROGRESS,
}
"""By the journal's state of a payment. While no answer has come, a copy says what the slip said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A slip to be printed; `order` is given for a copy, `made_by` tells language and templates
    of its text, `status` how a copy's payment stands by then (None: nothing newer is known); `ended`
    hears of its end, once that is on record.
    """

    item: SlipContent
    online: bool = True
    made_by: str = ""
    order: Reprint | None = None
    status: SlipStatus | None = None
    ended: Callable[[SlipPrinted | SlipFailed], None] | None = None

    @property
    def slip(self) -> int:
        """How the printer calls it: the receipt number, below zero for a copy, so that its end is
        never taken for the end of the first.
        """
        number = self.item.receipt_number
        return number if self.order is None else -number


class PrintDesk:
    """Feeds the printer and keeps the books about it."""

    def __init__(
        self,
        books: Books,
        printer: ReceiptPrinter,
        maker: SlipMaker,
        tell: Callable[[ReprintAnswer], None] = nobody,
    ) -> None:
        self._books = books
        self._tell = tell
        self._printer = printer
        self._maker = maker
        self._waiting: deque[Job] = deque()
        self._printing: Job | None = None

    def submit(self, job: Job) -> None:
        """Print this slip, after those before it. Raises JournalError."""
        self._waiting.append(job)
        self._next()

    def submit_if_stored(self, job: Job) -> None:
        """As `submit`, for a slip of which nobody knows whether it was submitted before: one that
        waits already, or was begun, is left alone. Raises JournalError.
        """
        number = job.item.receipt_number
        if any(one.item.receipt_number == number for one in self._waiting):
            return
        unfinished = self._books.ask(queries.slips_unfinished)
        if any(one.receipt_number == number and one.state == "stored" for one in unfinished):
            self.submit(job)

    def done(self, event: SlipPrinted | SlipFailed) -> None:
        """The printer said what became of a slip. Raises JournalError."""
        job = self._printing
        if job is not None and job.order is not None and event.slip == job.slip:
            self._copy_done(job, job.order, event)
            return
        if event.slip < 0:
            return  # a copy of an earlier life; its beginning is on record
        if isinstance(event, SlipPrinted):
            settled = SlipSettled(receipt_number=event.slip, outcome=SlipOutcome.PRINTED)
        else:
            _log.warning("slip_not_printed", receipt=event.slip, why=event.why, sent=event.sent)
            settled = SlipSettled(
                receipt_number=event.slip, outcome=SlipOutcome.FAILED, why=event.why.value
            )
        self._books.write([settled])
        if job is not None and event.slip == job.slip:
            self._printing = None
            if job.ended is not None:
                job.ended(event)
        self._next()

    def is_under_way(self, receipt_number: int | None) -> bool:
        """Whether the slip with this number waits, or is at the printer."""
        under_way = [*self._waiting] if self._printing is None else [self._printing, *self._waiting]
        return any(job.item.receipt_number == receipt_number for job in under_way)

    def reprint(self, order: Reprint) -> None:
        """Print a slip again, marked as a copy; the answer goes to whoever ordered. Raises
        JournalError.
        """
        try:
            self._reprint(order)
        except JournalError:
            self._waiting = deque(job for job in self._waiting if job.order is not order)
            self._refuse(order, NotReprinted.STORAGE)
            raise

    def _reprint(self, order: Reprint) -> None:
        number = order.payment_number
        row = self._books.ask(partial(queries.payment, number=number))
        slip = self._books.ask(partial(queries.slip_of_payment, number=number))
        if row is None or slip is None:
            self._refuse(order, NotReprinted.UNKNOWN)
        elif slip.state in ("stored", "started") or self._copies(slip.receipt_number):
            self._refuse(order, NotReprinted.STILL_WAITS)
        else:
            job = Job(
                item=row.item,
                online=slip.online,
                made_by=slip.template,
                order=order,
                status=_STATUS.get(row.state),
            )
            self.submit(job)

    def _copies(self, receipt_number: int) -> bool:
        """Whether a copy of this slip is on its way."""
        under_way = [*self._waiting] if self._printing is None else [self._printing, *self._waiting]
        return any(job.slip == -receipt_number for job in under_way)

    def _copy_done(self, job: Job, order: Reprint, event: SlipPrinted | SlipFailed) -> None:
        printed = isinstance(event, SlipPrinted)
        self._books.write([_copy_noted("printed" if printed else "failed", job)])
        self._printing = None
        if printed:
            self._tell(Reprinted(request=order.request, payment_number=order.payment_number))
        else:
            self._refuse(order, NotReprinted.PRINTER)
        self._next()

    def _refuse(self, order: Reprint, why: NotReprinted) -> None:
        refused = ReprintRefused(
            request=order.request, payment_number=order.payment_number, why=why
        )
        self._tell(refused)

    def left(self, event: SlipTaken | SlipNotTaken) -> None:
        """A slip left the presenter; one that nobody took is on record. Raises JournalError."""
        if isinstance(event, SlipNotTaken):
            noted = DeviceNoted(
                device="printer",
                event=f"{'slip' if event.slip >= 0 else 'copy'} {event.removal.value}",
                detail=f"receipt {abs(event.slip)}",
            )
            self._books.write([noted])

    def start(self) -> None:
        """Take up the slips of the last life: one that never went to the printer is printed now,
        one that was on its way may lie in the tray and is not sent again. Raises JournalError.
        """
        for slip in self._books.ask(queries.slips_unfinished):
            item = self._content(slip)
            if slip.state == "started":
                self._printer.part_from_the_last()
                self._failed(slip.receipt_number, "interrupted by a restart")
            elif item is None:
                # Made for somebody who stood there then; its text stays in the journal.
                self._failed(slip.receipt_number, "its life ended before it was printed")
            else:
                self._waiting.append(Job(item=item, online=slip.online, made_by=slip.template))

    def _content(self, slip: queries.SlipRow) -> PaymentItem | CashCollected | None:
        if slip.payment_number is None:
            on = partial(cash_queries.collection_on, receipt_number=slip.receipt_number)
            return self._books.ask(on)
        row = self._books.ask(partial(queries.payment, number=slip.payment_number))
        return None if row is None else row.item

    def _failed(self, receipt_number: int, why: str) -> None:
        settled = SlipSettled(receipt_number=receipt_number, outcome=SlipOutcome.FAILED, why=why)
        self._books.write([settled])

    def go_on(self) -> None:
        """The printer or the journal is there again: take up what waits. Raises JournalError."""
        self._next()

    def _next(self) -> None:
        if self._printing is not None or not self._waiting:
            return
        job = self._waiting[0]
        begun = (
            SlipStarted(receipt_number=job.item.receipt_number)
            if job.order is None
            else _copy_noted("started", job)
        )
        self._books.write([begun])
        self._waiting.popleft()
        self._printing = job
        copy = job.order is not None
        data = self._maker.data(
            job.item, online=job.online, copy=copy, made_by=job.made_by, status=job.status
        )
        self._printer.print_slip(job.slip, data)


def _copy_noted(what: str, job: Job) -> DeviceNoted:
    return DeviceNoted(
        device="printer", event=f"copy {what}", detail=f"receipt {job.item.receipt_number}"
    )
