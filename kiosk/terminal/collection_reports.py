"""Tells the backend of closed periods of the cash box, in order.

The same record always makes the same report, so that it can be told any number of times and is booked
once. One batch is in the courier's hands at a time. It must never hold up a payment.
"""

from collections.abc import Iterator
from datetime import datetime

import structlog

from kiosk.terminal.books import Books
from kiosk.terminal.ports import Courier
from offline_queue.journal import cash_queries
from offline_queue.journal.cash_records import CashCollected, CollectionReported, NoteInQuestion
from offline_queue.sync.messages import CollectionsAnswered, CollectionsParked
from terminal_api.collections import (
    CollectionAnswer,
    CollectionBatch,
    CollectionItem,
    DenominationCount,
    NoteInDoubt,
)
from terminal_api.payments import Verdict

_log = structlog.get_logger(__name__)

_AT_ONCE = 10


class CollectionReports:
    """Moves closed periods from the journal to the courier and answers back into the journal."""

    def __init__(self, books: Books, courier: Courier, *, terminal_id: str) -> None:
        self._books = books
        self._courier = courier
        self._terminal_id = terminal_id
        self._in_flight: frozenset[int] = frozenset()

    def pump(self) -> None:
        """Hand over what waits, if the courier's hands are empty. Raises JournalError."""
        if self._in_flight:
            return
        found = self._books.ask(
            lambda connection: cash_queries.untold_collections(connection, _AT_ONCE)
        )
        if not found:
            return
        told = tuple(self._reports(found))
        if told:
            self._in_flight = frozenset(one.period for one in told)
            self._courier.report(CollectionBatch(terminal_id=self._terminal_id, collections=told))

    def _reports(self, found: tuple[CashCollected, ...]) -> Iterator[CollectionItem]:
        """What can be told of these periods, up to the first that no report can hold: that one waits
        for a person once those before it are told. Raises JournalError.
        """
        for n, one in enumerate(found):
            try:
                yield _report(one)
            except ValueError:
                if n == 0:
                    self._park(one.number, "no report can hold it")
                return

    def answered(self, event: CollectionsAnswered) -> None:
        """Record what the backend said of these periods. Raises JournalError."""
        answers = self._up_to_a_gap(event)
        self._in_flight = frozenset()
        for answer in answers:
            if answer.verdict not in (Verdict.ACCEPTED, Verdict.DUPLICATE):
                _log.error("collection_report_parked", number=answer.period, why=answer.message)
        self._books.write(
            [
                CollectionReported(
                    number=answer.period, verdict=answer.verdict, message=answer.message
                )
                for answer in answers
            ]
        )

    def _up_to_a_gap(self, event: CollectionsAnswered) -> tuple[CollectionAnswer, ...]:
        """Periods are told in order: what follows one without an answer is told again with it."""
        by_number = {answer.period: answer for answer in event.answers}
        kept: list[CollectionAnswer] = []
        for number in sorted(self._in_flight | by_number.keys()):
            if number not in by_number:
                break
            kept.append(by_number[number])
        return tuple(kept)

    def parked(self, event: CollectionsParked) -> None:
        """The backend cannot read these; a person must look. Raises JournalError."""
        self._in_flight -= frozenset(event.periods)
        for number in event.periods:
            self._park(number, event.why)

    def start_over(self) -> None:
        """The journal can be written again: what was answered meanwhile went unrecorded. Raises
        JournalError.
        """
        self._in_flight = frozenset()
        self.pump()

    def _park(self, number: int, why: str) -> None:
        _log.error("collection_report_parked", number=number, why=why)
        self._books.write([CollectionReported(number=number, verdict=None, message=why)])


def _report(record: CashCollected) -> CollectionItem:
    return CollectionItem(
        period=record.number,
        opened_at=datetime.fromisoformat(record.since) if record.since else None,
        closed_at=datetime.fromisoformat(record.at),
        operator_id=record.operator,
        counts=tuple(
            DenominationCount(currency=one.currency, minor=one.minor, count=one.count)
            for one in record.counts
            if one.count
        ),
        disputed=tuple(_in_doubt(note) for note in record.disputed),
        suspense=tuple(_in_doubt(note) for note in record.suspense),
    )


def _in_doubt(note: NoteInQuestion) -> NoteInDoubt:
    known = note.minor is not None and note.minor > 0 and note.currency != ""
    return NoteInDoubt(
        cycle=note.cycle,
        minor=note.minor if known else None,
        currency=note.currency if known else None,
    )
