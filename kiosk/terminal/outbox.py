"""Delivery of payments: what is handed to the courier, and what its answers mean for the books.

One batch is in the courier's hands at a time, in order of number. That a batch is about to leave is
recorded first, so that after a restart its status is asked for before it is sent again. A transport
error decides nothing here: the courier keeps trying, the payment stays as it is.
"""

from dataclasses import replace

import structlog
from sqlalchemy import Connection

from kiosk.terminal.books import Books
from kiosk.terminal.ports import Courier
from kiosk.terminal.snapshot import DeliveryProgress
from offline_queue.journal import queries
from offline_queue.journal.records import PaymentAnswered, PaymentParked, PaymentsSent
from offline_queue.sync.messages import Answered, Missing, Parked
from terminal_api.payments import PaymentAnswer, PaymentBatch, PaymentStatus, Verdict

_log = structlog.get_logger(__name__)


class Outbox:
    """Moves payments from the journal to the courier and answers back into the journal."""

    def __init__(
        self, books: Books, courier: Courier, *, terminal_id: str, batch_size: int
    ) -> None:
        self._books = books
        self._courier = courier
        self._terminal_id = terminal_id
        self._batch_size = batch_size
        self._in_flight: frozenset[int] = frozenset()
        self._asked_up_to = 0
        self._disputes_up_to = 0
        self._disputes_asked: frozenset[int] = frozenset()

    def pump(self) -> None:
        """Hand over the next batch if the courier's hands are empty.

        Raises:
            JournalError: the batch could not be recorded as sent; it was not handed over.
        """
        if self._in_flight:
            return
        rows = self._books.ask(lambda connection: queries.outbox(connection, self._batch_size))
        if not rows:
            return
        fresh = tuple(row.number for row in rows if row.state == "queued")
        self._books.write([PaymentsSent(numbers=fresh)] if fresh else [])
        self._in_flight = frozenset(row.number for row in rows)
        batch = PaymentBatch(
            terminal_id=self._terminal_id, payments=tuple(row.item for row in rows)
        )
        self._courier.submit(batch, ask_first=len(fresh) < len(rows))

    def answered(self, event: Answered) -> None:
        """Record what the backend said of these payments; raises JournalError."""
        for one in event.answers:
            if one.verdict in (Verdict.CONFLICT, Verdict.REJECTED):
                # Without its message: that may quote what the customer typed.
                _tell_of_parked((one.number,), one.verdict)
        self._books.write([_answer(one) for one in event.answers if not self._still_disputed(one)])
        answered = frozenset(answer.number for answer in event.answers)
        self._in_flight -= answered
        self._disputes_asked -= answered
        if not any(_says_nothing(answer) for answer in event.answers):
            self.pump()
        # An answer that says nothing is asked for again by the terminal's clock, not at once.

    def missing(self, event: Missing) -> None:
        """The backend has lost, or never had, these: they are queued again. Raises JournalError."""
        self._books.write(
            [
                PaymentAnswered(number=number, verdict=None, status=PaymentStatus.UNKNOWN, uid=None)
                for number in event.numbers
            ]
        )
        self._landed(frozenset())

    def parked(self, event: Parked) -> None:
        """The backend cannot read these; a person must look. Raises JournalError."""
        _tell_of_parked(event.numbers, event.why)
        self._books.write([PaymentParked(number=number, why=event.why) for number in event.numbers])
        self._landed(frozenset(event.numbers))

    def ask_for_final(self) -> None:
        """Ask how payments stand that the backend took and has not finished with."""
        numbers = self._books.ask(
            lambda connection: queries.awaiting_final(
                connection, self._batch_size, after=self._asked_up_to
            )
        )
        # In rounds, so that payments that stay open for long do not hide the later ones.
        self._asked_up_to = numbers[-1] if len(numbers) == self._batch_size else 0
        if numbers:
            self._courier.ask(numbers)

    def ask_about_disputes(self) -> None:
        """Ask how payments stand that the backend disputes: a person may have settled it there.
        Raises JournalError.
        """
        numbers = self._books.ask(
            lambda connection: queries.in_dispute(
                connection, self._batch_size, after=self._disputes_up_to
            )
        )
        self._disputes_up_to = numbers[-1] if len(numbers) == self._batch_size else 0
        self._disputes_asked = frozenset(numbers)
        if numbers:
            self._courier.ask(numbers)

    def progress(self, before: DeliveryProgress) -> DeliveryProgress:
        """How much waits for the backend, and since when."""
        return self._books.ask(lambda connection: _progress(connection, before))

    def start_over(self) -> None:
        """The journal can be written again: what was answered meanwhile went unrecorded, so hand
        everything over anew; idempotency decides. Raises JournalError.
        """
        self._in_flight = frozenset()
        self.pump()

    def _still_disputed(self, answer: PaymentAnswer) -> bool:
        """Nothing new: it was asked about because it is disputed."""
        return answer.number in self._disputes_asked and answer.status is PaymentStatus.DISPUTED

    def _landed(self, numbers: frozenset[int]) -> None:
        self._in_flight -= numbers
        self.pump()


def _progress(connection: Connection, before: DeliveryProgress) -> DeliveryProgress:
    state = queries.outbox_state(connection)
    oldest = queries.payment(connection, state.oldest) if state.oldest is not None else None
    since = oldest.item.formed_at if oldest is not None else None
    return replace(before, pending=state.pending, oldest_formed_at=since)


def _tell_of_parked(numbers: tuple[int, ...], why: str) -> None:
    _log.error("payments_parked", alarm="payment parked", numbers=numbers, why=why)


def _says_nothing(answer: PaymentAnswer) -> bool:
    """Taken, it says, and does not know it: the payment is queued again."""
    taken = answer.verdict in (Verdict.ACCEPTED, Verdict.DUPLICATE)
    return taken and answer.status is PaymentStatus.UNKNOWN


def _answer(answer: PaymentAnswer) -> PaymentAnswered:
    return PaymentAnswered(
        number=answer.number,
        verdict=answer.verdict,
        status=answer.status,
        uid=answer.uid,
        message=answer.message,
    )
