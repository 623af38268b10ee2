"""Everything between a banknote and its record: journal first, then the order to the acceptor.

For each thing the acceptor says of a note: ask the notebook what must be recorded, make that durable,
and only then stack, give back or acknowledge. If the record fails, nothing that depends on it leaves:
a note in escrow is given back, a stacked note stays unacknowledged and is told again.
"""

from dataclasses import dataclass, replace
from functools import partial

import structlog

from drivers.acceptors.contract import (
    BillAcceptor,
    CycleId,
    Disputed,
    Escrowed,
    Returned,
    Returning,
    ReturnReason,
    Stacked,
)
from kiosk.session.money_events import MoneyEvent, NoteBack, NoteIn, NoteUnclear, NoteWaits
from kiosk.terminal import note_rules
from kiosk.terminal import notebook as book
from kiosk.terminal.books import Books
from kiosk.terminal.notebook import Entry, Notebook, OpenNote
from offline_queue.journal import JournalError, cash_queries, queries
from offline_queue.journal.records import Decision, JournalRecord, NoteDisputed

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a session should hear of one of its notes."""

    session: str | None
    event: MoneyEvent


class NoteKeeper:
    """Keeps the notebook and gives the orders that follow from it."""

    def __init__(self, books: Books, acceptor: BillAcceptor) -> None:
        self._books = books
        self._acceptor = acceptor
        self._notebook = Notebook()
        # What was to be recorded when a write failed. It may have gone through all the same.
        self._unsure: Entry | None = None

    @property
    def nothing_open(self) -> bool:
        """True when the end of every note is recorded."""
        return not self._notebook.open

    def start(self) -> None:
        """Begin a new life from the journal. Raises JournalError."""
        self._notebook = book.at_start(
            self._books.ask(queries.open_notes), self._books.ask(queries.last_ended_note)
        )

    def escrowed(self, event: Escrowed, session: str | None, decision: Decision) -> Told | None:
        """Record the decision for a note in escrow, then give the order. Raises JournalError."""
        known_before = self._notebook.is_open(event.cycle)
        entry = note_rules.escrowed(self._notebook, event, session, decision)
        try:
            self._record(entry)
        except JournalError:
            self._acceptor.give_back(event.cycle)
            raise
        note = self._notebook.open.get(entry.cycle or "")
        if note is None or note.cycle != event.cycle or note.decision is Decision.RETURN:
            # Unknown, left over from an earlier life, or decided so.
            self._acceptor.give_back(event.cycle)
        else:
            self._acceptor.stack(event.cycle)
        if known_before or note is None or note.cycle != event.cycle:
            return None
        waits = NoteWaits(cycle=event.cycle, minor=note.minor, decision=note.decision)
        return Told(session=note.session, event=waits)

    def stacked(self, event: Stacked, open_session: str | None) -> Told | None:
        """Record that a note is in the cassette, then let the wire acknowledge it.

        Raises:
            JournalError: not recorded and not acknowledged; the acceptor will tell again.
        """
        entry = note_rules.stacked(self._notebook, event, open_session)
        self._record(entry)
        self._acceptor.settled(event.cycle)
        if entry.cycle is None or entry.minor is None:
            return None
        if entry.session is None:
            _log.warning(
                "note_in_suspense",
                alarm="suspense not empty",
                cycle=entry.cycle,
                minor=entry.minor,
            )
        return Told(session=entry.session, event=NoteIn(cycle=entry.cycle, minor=entry.minor))

    def returning(self, event: Returning) -> None:
        """Record that a note goes back, then let the driver give it back. Raises JournalError."""
        self._record(note_rules.returning(self._notebook, event))
        self._acceptor.settled(event.cycle)

    def returned(self, event: Returned) -> Told | None:
        """Record that a note went back, then let the wire acknowledge it. Raises JournalError."""
        entry = note_rules.returned(self._notebook, event)
        self._record(entry)
        self._acceptor.settled(event.cycle)
        if entry.cycle is None:
            return None
        return Told(session=entry.session, event=NoteBack(cycle=entry.cycle, why=event.why))

    def disputed(self, event: Disputed, open_session: str | None) -> Told | None:
        """Record that nobody knows where a note is. Raises JournalError."""
        entry = note_rules.disputed(self._notebook, event, open_session)
        self._record(entry)
        self._acceptor.settled(event.cycle)
        return _ended(entry)

    def jam_told(self) -> None:
        """The acceptor is jammed: a counter that stands still says less than it does otherwise."""
        self._notebook = book.jam_told(self._notebook)

    def settle(self, device_count: int | None) -> tuple[Told, ...]:
        """The acceptor is at rest and has told everything: settle what it said nothing of.

        Raises:
            JournalError: call again when the journal can be written.
        """
        told = tuple(
            self._end(note_rules.settle_by_count(self._notebook, note, device_count))
            for note in self._open_notes()
        )
        self._notebook = book.at_ready(self._notebook)
        return told

    def give_up(self, evidence: str) -> tuple[Told, ...]:
        """Nothing more will be heard: dispute what was ordered into the cassette. Raises
        JournalError.
        """
        told = []
        for note in self._open_notes():
            told.append(self._end(note_rules.give_up(self._notebook, note, (evidence,))))
            # An order to stack that never left must not leave later, when nobody waits for it.
            self._acceptor.give_back(CycleId(note.cycle))
        return tuple(told)

    def look_again(self) -> Told | None:
        """The journal can be used again: believe what it holds of the record that failed. Raises
        JournalError.
        """
        entry = self._unsure
        if entry is None or entry.cycle is None:
            return None
        row = self._books.ask(partial(queries.note, cycle=entry.cycle))
        self._unsure = None
        if row is None or row.state != entry.notebook.state_of(entry.cycle):
            return None
        self._notebook = entry.notebook
        return None if row.state == book.ESCROWED else _ended(entry)

    def _open_notes(self) -> tuple[OpenNote, ...]:
        return tuple(self._notebook.open.values())

    def _end(self, entry: Entry) -> Told:
        self._record(entry)
        told = _ended(entry)
        assert told is not None
        return told

    def _record(self, entry: Entry) -> None:
        self._unsure = entry
        self._books.write([self._dated(record) for record in entry.records])
        self._unsure = None
        self._notebook = entry.notebook

    def _dated(self, record: JournalRecord) -> JournalRecord:
        """A dispute says when the journal heard of its note last."""
        if not isinstance(record, NoteDisputed):
            return record
        _log.error("note_disputed", alarm="note disputed", cycle=record.cycle, minor=record.minor)
        at = self._books.ask(partial(cash_queries.written_at, cycle=record.cycle))
        last = f"last recorded {at}" if at else "never recorded before"
        return replace(record, evidence=(*record.evidence, last))


def _ended(entry: Entry) -> Told | None:
    """What the session hears of a note whose end was just recorded."""
    if entry.cycle is None:
        return None
    end = entry.notebook.ended[entry.cycle]
    event: MoneyEvent
    if end == book.STACKED:
        event = NoteIn(cycle=entry.cycle, minor=entry.minor or 0)
    elif end == book.RETURNED:
        event = NoteBack(cycle=entry.cycle, why=ReturnReason.DEVICE)
    else:
        event = NoteUnclear(cycle=entry.cycle, minor=entry.minor)
    return Told(session=entry.session, event=event)
