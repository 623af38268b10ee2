"""Which banknote is which: every accept cycle from escrow to its end, across restarts.

A credit hangs on the identity of one cycle, never on a message (DESIGN rule 3). The notebook answers,
for each thing an acceptor says of a note, which record must be written (if any) and for which cycle.
It is a pure value, rebuilt from the journal at start; it is exchanged for the next one only after the
records are durable. It must never guess: what cannot be decided becomes a disputed note.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from drivers.acceptors.contract import Disputed, Escrowed, Note, Returned, Returning, Stacked
from offline_queue.journal.queries import NoteRow
from offline_queue.journal.records import (
    Decision,
    DeviceNoted,
    JournalRecord,
    NoteDisputed,
    NoteEscrowed,
    NoteReturned,
    NoteReturnOrdered,
    NoteStacked,
)

ESCROWED, STACKED, RETURNED, DISPUTED = "escrowed", "stacked", "returned", "disputed"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenNote:
    """A note that went to escrow and of which no end is recorded."""

    cycle: str
    session: str | None
    minor: int
    currency: str
    decision: Decision
    device_count: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Notebook:
    """The terminal's knowledge of notes.

    Attributes:
        open: notes whose end is not recorded, oldest first, by cycle.
        ended: cycles of this life whose end is recorded, with that end (as in `NoteRow.state`).
        sessions: the sessions of those cycles, where they have one.
        same_as: cycles that the driver named anew for a note of an earlier life.
        last_ended: the note whose end was recorded last in an earlier life, or given up since.
        jammed: a jam was told while settling: an earlier note may have been taken out by hand.
        settling: True until the acceptor has told everything of earlier lives (its first `Ready`).
    """

    open: Mapping[str, OpenNote] = field(default_factory=dict)
    ended: Mapping[str, str] = field(default_factory=dict)
    sessions: Mapping[str, str] = field(default_factory=dict)
    same_as: Mapping[str, str] = field(default_factory=dict)
    last_ended: NoteRow | None = None
    jammed: bool = False
    settling: bool = True

    def cycle_of(self, driver_cycle: str) -> str:
        """The cycle under which the journal knows this one."""
        return self.same_as.get(driver_cycle, driver_cycle)

    def is_open(self, driver_cycle: str) -> bool:
        """True when the end of this cycle is still to be recorded."""
        return self.cycle_of(driver_cycle) in self.open

    def state_of(self, cycle: str) -> str:
        """How a known cycle stands, as in `NoteRow.state`."""
        return ESCROWED if cycle in self.open else self.ended[cycle]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What to write for an event, the notebook after that, and the cycle it is about (None: the
    event is about no note that is known).
    """

    records: tuple[JournalRecord, ...]
    notebook: Notebook
    cycle: str | None
    minor: int | None = None
    session: str | None = None


def at_start(open_notes: tuple[NoteRow, ...], last_ended: NoteRow | None) -> Notebook:
    """The notebook of a new life, from the journal's projections."""
    return Notebook(open={row.cycle: _open_note(row) for row in open_notes}, last_ended=last_ended)


def escrowed(notebook: Notebook, event: Escrowed, session: str | None, decision: Decision) -> Entry:
    """A note waits in escrow and `decision` was taken for it."""
    if notebook.is_open(event.cycle) or event.cycle in notebook.ended:
        return Entry(records=(), notebook=notebook, cycle=notebook.cycle_of(event.cycle))
    earlier = _earlier(notebook, event.note)
    if earlier is not None:
        # It waits since an earlier life; what becomes of it is recorded under its first cycle.
        return _ordered_back(
            _named(notebook, event.cycle, earlier), earlier, "in escrow after a restart"
        )
    note = OpenNote(
        cycle=event.cycle,
        session=session,
        minor=event.note.minor,
        currency=event.note.currency,
        decision=decision,
        device_count=event.device_count,
    )
    record = NoteEscrowed(
        session=session,
        cycle=note.cycle,
        minor=note.minor,
        currency=note.currency,
        decision=decision,
        device_count=note.device_count,
    )
    opened = {**notebook.open, note.cycle: note}
    return Entry(records=(record,), notebook=replace(notebook, open=opened), cycle=note.cycle)


def stacked(notebook: Notebook, event: Stacked, open_session: str | None) -> Entry:
    """A note is in the cassette; `open_session` is the session that is not paid yet, be it of the
    customer who is there or of an earlier life.
    """
    cycle = notebook.cycle_of(event.cycle)
    if notebook.ended.get(cycle) == STACKED:
        return Entry(records=(), notebook=notebook, cycle=None)
    if cycle in notebook.ended:
        return _found_after_all(notebook, event, cycle, open_session)
    known = notebook.open.get(cycle) or _earlier(notebook, event.note, any_value=True)
    if known is not None:
        # A note of another currency can be in no payment of this session: it is suspense.
        session = known.session if known.currency == event.note.currency else None
        record = _stacked_record(session, known.cycle, event)
        return Entry(
            records=(*_value_differs(known, event.note), record),
            notebook=_without(_named(notebook, event.cycle, known), known, STACKED),
            cycle=known.cycle,
            minor=event.note.minor,
            session=session,
        )
    if _is_repeat_of_last_life(notebook, event.note):
        return _repeat(notebook, event)
    if (last := _ended_otherwise(notebook, event.note)) is not None:
        return _found_after_all(_told_of(notebook, event, last), event, last.cycle, open_session)
    record = _stacked_record(None, event.cycle, event)
    return Entry(
        records=(record,),
        notebook=_closed(notebook, event.cycle, STACKED),
        cycle=event.cycle,
        minor=event.note.minor,
    )


def returning(notebook: Notebook, event: Returning) -> Entry:
    """A note is about to be given back; the driver waits for the record and tells until then."""
    known = _going_back(notebook, event)
    if known is None or known.decision is Decision.RETURN:
        return Entry(records=(), notebook=notebook, cycle=None)
    named = _named(notebook, event.cycle, known)
    # Of no cycle: should the record fail, nothing has to be looked up, it is told again.
    return replace(_ordered_back(named, known, "found in the path at power-up"), cycle=None)


def returned(notebook: Notebook, event: Returned) -> Entry:
    """A note went back to the customer."""
    known = _going_back(notebook, event)
    if known is None:
        return Entry(records=(), notebook=notebook, cycle=None)
    return Entry(
        records=(NoteReturned(cycle=known.cycle, why=event.why.value),),
        notebook=_without(_named(notebook, event.cycle, known), known, RETURNED),
        cycle=known.cycle,
        minor=known.minor,
        session=known.session,
    )


def disputed(notebook: Notebook, event: Disputed, open_session: str | None = None) -> Entry:
    """The device cannot say where the note is; `open_session` as in `stacked`."""
    cycle = notebook.cycle_of(event.cycle)
    if cycle in notebook.ended:
        return Entry(records=(), notebook=notebook, cycle=None)
    known = notebook.open.get(cycle) or _oldest_of_earlier_lives(notebook)
    if known is None:
        return _dispute_of_a_stranger(notebook, event, open_session)
    return Entry(
        records=(_dispute(known, event.evidence),),
        notebook=_without(_named(notebook, event.cycle, known), known, DISPUTED),
        cycle=known.cycle,
        minor=known.minor,
        session=known.session,
    )


def give_up(notebook: Notebook, known: OpenNote, evidence: tuple[str, ...]) -> Entry:
    """Nothing more will be heard of this note: a return that was ordered is taken as done (the
    order to stack never left), anything else is disputed.
    """
    if known.decision is Decision.RETURN:
        record: JournalRecord = NoteReturned(cycle=known.cycle, why="return was ordered")
        end = RETURNED
    else:
        record, end = _dispute(known, evidence), DISPUTED
    # What is told of an earlier life from now on is rather this note than the one before it.
    last = _given_up(known) if end == DISPUTED else None
    given_up = replace(_without(notebook, known, end), last_ended=last)
    return Entry(
        records=(record,),
        notebook=given_up,
        cycle=known.cycle,
        minor=known.minor,
        session=known.session,
    )


def at_ready(notebook: Notebook) -> Notebook:
    """The acceptor has told everything and what was open is settled: earlier lives are over."""
    return replace(notebook, settling=False, last_ended=None, jammed=False)


def jam_told(notebook: Notebook) -> Notebook:
    """The acceptor is jammed. A jam of an earlier life's note is told before its first `Ready`."""
    return replace(notebook, jammed=True) if notebook.settling else notebook


def settle_by_count(notebook: Notebook, known: OpenNote, device_count: int | None) -> Entry:
    """The acceptor is at rest and said nothing of this note: its own counter decides, if it has one
    (facts sheet ccnet 8.3 rule 4).
    """
    if device_count is None or known.device_count is None or known.decision is Decision.RETURN:
        return give_up(notebook, known, ("at rest without a word", "no counter to compare"))
    difference = device_count - known.device_count
    if difference == 0 and notebook.jammed:
        # It is not in the cassette, and nobody knows whether it reached its owner's hand.
        return give_up(notebook, known, ("jammed after a restart", "counter unchanged"))
    if difference not in (0, 1):
        evidence = (f"counter was {known.device_count}", f"counter is {device_count}")
        return give_up(notebook, known, evidence)
    record: JournalRecord = (
        NoteReturned(cycle=known.cycle, why="counter unchanged")
        if difference == 0
        else NoteStacked(
            session=known.session,
            cycle=known.cycle,
            minor=known.minor,
            currency=known.currency,
            how="counter",
        )
    )
    return Entry(
        records=(record,),
        notebook=_without(notebook, known, RETURNED if difference == 0 else STACKED),
        cycle=known.cycle,
        minor=known.minor,
        session=known.session,
    )


def _open_note(row: NoteRow) -> OpenNote:
    return OpenNote(
        cycle=row.cycle,
        session=row.session,
        minor=row.minor or 0,
        currency=row.currency or "",
        decision=row.decision or Decision.STACK,
        device_count=row.device_count,
    )


def _earlier(notebook: Notebook, note: Note, *, any_value: bool = False) -> OpenNote | None:
    """The open note of an earlier life that this one must be: there is at most one in a device."""
    if not notebook.settling:
        return None
    for known in notebook.open.values():
        if (known.minor, known.currency) == (note.minor, note.currency):
            return known
    return _oldest_of_earlier_lives(notebook) if any_value else None


def _going_back(notebook: Notebook, event: Returning | Returned) -> OpenNote | None:
    """The open note that a device gives back."""
    cycle = notebook.cycle_of(event.cycle)
    if cycle in notebook.open or cycle in notebook.ended:
        return notebook.open.get(cycle)
    if event.note is None:
        # A device that finds a note in its path at power-up gives it back without naming it.
        return _oldest_of_earlier_lives(notebook)
    return _earlier(notebook, event.note)


def _ordered_back(notebook: Notebook, known: OpenNote, why: str) -> Entry:
    """The note goes back, whatever was decided for it before."""
    back = replace(known, decision=Decision.RETURN)
    records = () if known == back else (NoteReturnOrdered(cycle=known.cycle, why=why),)
    opened = {**notebook.open, known.cycle: back}
    return Entry(records=records, notebook=replace(notebook, open=opened), cycle=known.cycle)


def _oldest_of_earlier_lives(notebook: Notebook) -> OpenNote | None:
    """The open note of an earlier life, whatever it is worth."""
    return next(iter(notebook.open.values()), None) if notebook.settling else None


def _dispute_of_a_stranger(notebook: Notebook, event: Disputed, open_session: str | None) -> Entry:
    """The device speaks of a note that no escrow record knows. While a customer is there it is on her
    receipt, even without a value; of earlier lives it is for collection and support alone.
    """
    session = None if notebook.settling else open_session
    minor = None if event.note is None else event.note.minor
    record = NoteDisputed(
        session=session,
        cycle=event.cycle,
        minor=minor,
        currency="" if event.note is None else event.note.currency,
        evidence=event.evidence,
    )
    closed = _closed(notebook, event.cycle, DISPUTED)
    if session is not None:
        closed = replace(closed, sessions={**closed.sessions, event.cycle: session})
    return Entry(
        records=(record,), notebook=closed, cycle=event.cycle, minor=minor, session=session
    )


def _is_repeat_of_last_life(notebook: Notebook, note: Note) -> bool:
    """The acknowledgement of the last recorded note was lost with the last life.

    Without an open escrow nothing can have been stacked since: every note is journalled before it is
    ordered into the cassette, and a device without orders gives it back (facts sheet ccnet 8.3).
    """
    last = notebook.last_ended
    return (
        notebook.settling
        and last is not None
        and last.state == "stacked"
        and (last.minor, last.currency) == (note.minor, note.currency)
    )


def _repeat(notebook: Notebook, event: Stacked) -> Entry:
    assert notebook.last_ended is not None
    first = notebook.last_ended.cycle
    record = DeviceNoted(
        device="acceptor", event="stacked told again", detail=f"{event.cycle} is {first}"
    )
    named = replace(notebook, same_as={**notebook.same_as, event.cycle: first})
    return Entry(records=(record,), notebook=_closed(named, first, STACKED), cycle=None)


def _ended_otherwise(notebook: Notebook, note: Note) -> NoteRow | None:
    """The note of an earlier life that was disputed, or believed to be back, and is in the cassette
    after all: a jam that clears after a restart. Nothing can have passed the device since, and
    nothing is stacked without an escrow, so it is that note and no other.
    """
    last = notebook.last_ended
    if not notebook.settling or last is None or last.state not in (DISPUTED, RETURNED):
        return None
    same_value = (last.minor, last.currency) == (note.minor, note.currency)
    return last if same_value or last.minor is None else None


def _told_of(notebook: Notebook, event: Stacked, last: NoteRow) -> Notebook:
    """The note that an earlier life disputed gets this life's name."""
    sessions = dict(notebook.sessions)
    if last.session is not None:
        sessions[last.cycle] = last.session
    return replace(
        notebook,
        same_as={**notebook.same_as, event.cycle: last.cycle},
        ended={**notebook.ended, last.cycle: last.state},
        sessions=sessions,
        last_ended=None,
    )


def _given_up(known: OpenNote) -> NoteRow:
    return NoteRow(
        cycle=known.cycle,
        session=known.session,
        minor=known.minor,
        currency=known.currency,
        state=DISPUTED,
        decision=known.decision,
        device_count=known.device_count,
        payment_number=None,
    )


def _named(notebook: Notebook, driver_cycle: str, known: OpenNote) -> Notebook:
    if driver_cycle == known.cycle:
        return notebook
    return replace(notebook, same_as={**notebook.same_as, driver_cycle: known.cycle})


def _found_after_all(
    notebook: Notebook, event: Stacked, cycle: str, open_session: str | None
) -> Entry:
    """It was recorded as returned or disputed and turns out to be in the cassette. Once its payment
    is gone it is suspense: visible, counted, and credited to nobody by a guess.
    """
    session = notebook.sessions.get(cycle)
    session = session if session == open_session else None
    detail = f"{cycle} was {notebook.ended[cycle]}"
    noted = DeviceNoted(device="acceptor", event="stacked after all", detail=detail)
    return Entry(
        records=(noted, _stacked_record(session, cycle, event)),
        notebook=_closed(notebook, cycle, STACKED),
        cycle=cycle,
        minor=event.note.minor,
        session=session,
    )


def _without(notebook: Notebook, known: OpenNote, end: str) -> Notebook:
    closed = _closed(notebook, known.cycle, end)
    if known.session is None:
        return closed
    return replace(closed, sessions={**notebook.sessions, known.cycle: known.session})


def _closed(notebook: Notebook, cycle: str, end: str) -> Notebook:
    rest = {key: value for key, value in notebook.open.items() if key != cycle}
    return replace(notebook, open=rest, ended={**notebook.ended, cycle: end})


def _stacked_record(session: str | None, cycle: str, event: Stacked) -> NoteStacked:
    return NoteStacked(
        session=session,
        cycle=cycle,
        minor=event.note.minor,
        currency=event.note.currency,
        how=event.how.value,
    )


def _value_differs(known: OpenNote, note: Note) -> tuple[JournalRecord, ...]:
    if (known.minor, known.currency) == (note.minor, note.currency):
        return ()
    detail = f"{known.cycle}: escrow {known.minor}, stacked {note.minor}"
    return (DeviceNoted(device="acceptor", event="stacked another value", detail=detail),)


def _dispute(known: OpenNote, evidence: tuple[str, ...]) -> NoteDisputed:
    return NoteDisputed(
        session=known.session,
        cycle=known.cycle,
        minor=known.minor,
        currency=known.currency,
        evidence=(*evidence, f"ordered: {known.decision.value}", _counted(known)),
    )


def _counted(known: OpenNote) -> str:
    if known.device_count is None:
        return "acceptor tells no counter"
    return f"acceptor counted {known.device_count} before it"
