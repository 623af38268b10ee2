"""Tells the backend of notes that stand in no payment: suspense, and disputes that no session owns.

The same record always makes the same report, so that it can be told any number of times and is booked
once. One batch is in the courier's hands at a time. It must never hold up a payment.
"""

from collections.abc import Iterator
from datetime import datetime

import structlog

from kiosk.terminal.books import Books
from kiosk.terminal.collection_reports import CollectionReports
from kiosk.terminal.evidence import wire_evidence
from kiosk.terminal.ports import Courier
from offline_queue.journal import cash_queries
from offline_queue.journal.cash_queries import LooseNote
from offline_queue.journal.cash_records import NoteReported
from offline_queue.sync.messages import NotesAnswered, NotesParked
from terminal_api.notes import LooseState, NoteReport, NoteReportBatch
from terminal_api.payments import Verdict

_log = structlog.get_logger(__name__)

_AT_ONCE = 100


class ReportDesk:
    """Moves reports from the journal to the courier and answers back into the journal.

    `collections` does the same for closed periods.
    """

    def __init__(self, books: Books, courier: Courier, *, terminal_id: str) -> None:
        self._books = books
        self._courier = courier
        self._terminal_id = terminal_id
        self.collections = CollectionReports(books, courier, terminal_id=terminal_id)
        self._in_flight: frozenset[tuple[str, LooseState]] = frozenset()

    def pump(self) -> None:
        """Hand over what waits, if the courier's hands are empty. Raises JournalError."""
        self.collections.pump()
        if self._in_flight:
            return
        loose = self._books.ask(lambda connection: cash_queries.untold_notes(connection, _AT_ONCE))
        if not loose:
            return
        notes = tuple(self._reports(loose))
        if not notes:
            return
        self._in_flight = frozenset((note.cycle, note.state) for note in notes)
        self._courier.report(NoteReportBatch(terminal_id=self._terminal_id, notes=notes))

    def _reports(self, loose: tuple[LooseNote, ...]) -> Iterator[NoteReport]:
        """What can be told of these notes; one that no report can hold waits for a person, and
        holds up no other. Raises JournalError.
        """
        for one in loose:
            try:
                yield _report(one)
            except ValueError:
                note = one.note
                why = f"no report can hold it: {note.minor} {note.currency}"
                # No bug of ours: a device named a value or a currency that is none.
                _log.error("note_report_parked", cycle=note.cycle, why=why)  # noqa: TRY400
                self._books.write(
                    [NoteReported(cycle=note.cycle, state=one.state, verdict=None, message=why)]
                )

    def answered(self, event: NotesAnswered) -> None:
        """Record what the backend said of these notes. Raises JournalError."""
        for answer in event.answers:
            if answer.verdict not in (Verdict.ACCEPTED, Verdict.DUPLICATE):
                _log.error("note_report_parked", cycle=answer.cycle, why=answer.message)
        self._books.write(
            [
                NoteReported(
                    cycle=answer.cycle,
                    state=answer.state,
                    verdict=answer.verdict,
                    message=answer.message,
                )
                for answer in event.answers
            ]
        )
        # One that got no answer is handed over again by the terminal's clock, not at once.
        self._in_flight = frozenset()

    def parked(self, event: NotesParked) -> None:
        """The backend cannot read these; a person must look. Raises JournalError."""
        _log.error("note_report_parked", notes=[cycle for cycle, _ in event.notes], why=event.why)
        self._books.write(
            [
                NoteReported(cycle=cycle, state=state, verdict=None, message=event.why)
                for cycle, state in event.notes
            ]
        )
        self._in_flight -= frozenset(event.notes)

    def start_over(self) -> None:
        """The journal can be written again: what was answered meanwhile went unrecorded. Raises
        JournalError.
        """
        self._in_flight = frozenset()
        self.collections.start_over()
        self.pump()


def _report(loose: LooseNote) -> NoteReport:
    note = loose.note
    known = note.minor is not None and note.minor > 0 and note.currency != ""
    return NoteReport(
        cycle=note.cycle,
        state=loose.state,
        minor=note.minor if known else None,
        currency=note.currency if known else None,
        disputed_minor=loose.disputed_minor,
        at=datetime.fromisoformat(note.at),
        evidence=wire_evidence(note.evidence),
    )
