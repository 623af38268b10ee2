"""One slip at a time to the printer, each step recorded: stored, started, printed or failed.

A slip of which some bytes may have reached paper is never sent again as if it were the first; a
printing failure is told to the customer and never stops a payment.
"""

from collections import deque
from dataclasses import dataclass
from functools import partial

import structlog

from drivers.printers.contract import (
    ReceiptPrinter,
    SlipFailed,
    SlipNotTaken,
    SlipPrinted,
    SlipTaken,
)
from kiosk.terminal.books import Books
from kiosk.terminal.slips import SlipContent, SlipMaker
from offline_queue.journal import cash_queries, queries
from offline_queue.journal.records import DeviceNoted, SlipOutcome, SlipSettled, SlipStarted

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A slip to be printed."""

    item: SlipContent
    online: bool = True


class PrintDesk:
    """Feeds the printer and keeps the books about it."""

    def __init__(self, books: Books, printer: ReceiptPrinter, maker: SlipMaker) -> None:
        self._books = books
        self._printer = printer
        self._maker = maker
        self._waiting: deque[Job] = deque()
        self._printing: int | None = None

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
        if event.slip == self._printing:
            self._printing = None
        if isinstance(event, SlipPrinted):
            settled = SlipSettled(receipt_number=event.slip, outcome=SlipOutcome.PRINTED)
        else:
            _log.warning("slip_not_printed", receipt=event.slip, why=event.why, sent=event.sent)
            settled = SlipSettled(
                receipt_number=event.slip, outcome=SlipOutcome.FAILED, why=event.why.value
            )
        self._books.write([settled])
        self._next()

    def left(self, event: SlipTaken | SlipNotTaken) -> None:
        """A slip left the presenter; one that nobody took is on record. Raises JournalError."""
        if isinstance(event, SlipNotTaken):
            noted = DeviceNoted(
                device="printer", event=f"slip {event.removal.value}", detail=str(event.slip)
            )
            self._books.write([noted])

    def start(self) -> None:
        """Take up the slips of the last life: one that never went to the printer is printed now,
        one that was on its way may lie in the tray and is not sent again. Raises JournalError.
        """
        for slip in self._books.ask(queries.slips_unfinished):
            item = self._content(slip)
            if slip.state == "started" or item is None:
                self._interrupted(slip.receipt_number)
            else:
                self._waiting.append(Job(item=item, online=slip.online))

    def _content(self, slip: queries.SlipRow) -> SlipContent | None:
        if slip.payment_number is None:
            on = partial(cash_queries.collection_on, receipt_number=slip.receipt_number)
            return self._books.ask(on)
        row = self._books.ask(partial(queries.payment, number=slip.payment_number))
        return None if row is None else row.item

    def _interrupted(self, receipt_number: int) -> None:
        self._printer.part_from_the_last()
        settled = SlipSettled(
            receipt_number=receipt_number,
            outcome=SlipOutcome.FAILED,
            why="interrupted by a restart",
        )
        self._books.write([settled])

    def go_on(self) -> None:
        """The printer or the journal is there again: take up what waits. Raises JournalError."""
        self._next()

    def _next(self) -> None:
        if self._printing is not None or not self._waiting:
            return
        job = self._waiting[0]
        number = job.item.receipt_number
        self._books.write([SlipStarted(receipt_number=number)])
        self._waiting.popleft()
        self._printing = number
        self._printer.print_slip(number, self._maker.data(job.item, online=job.online))
