"""Which banknote is which: what must be written for each thing an acceptor says of a note.

A credit hangs on the identity of one cycle, never on a message (DESIGN rule 3). Each function answers
which record must be written (if any), for which cycle, and what the notebook is after that. It must
never guess: what cannot be decided becomes a disputed note.
"""

from dataclasses import replace

from drivers.acceptors.contract import Disputed, Escrowed, Note, Returned, Returning, Stacked
from kiosk.terminal.earlier_lives import (
    earlier_note,
    ended_otherwise,
    going_back,
    is_repeat,
    oldest_note,
    row_of,
    told_before,
    told_of,
)
from kiosk.terminal.notebook import (
    DISPUTED,
    RETURNED,
    STACKED,
    Entry,
    Notebook,
    OpenNote,
    with_end,
    with_end_of,
    with_name,
)
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


def escrowed(notebook: Notebook, event: Escrowed, session: str | None, decision: Decision) -> Entry:
    """A note waits in escrow and `decision` was taken for it."""
    if notebook.is_open(event.cycle) or event.cycle in notebook.ended:
        return Entry(records=(), notebook=notebook, cycle=notebook.cycle_of(event.cycle))
    earlier = earlier_note(notebook, event.note)
    if earlier is not None:
        # It waits since an earlier life; what becomes of it is recorded under its first cycle.
        return _ordered_back(
            with_name(notebook, event.cycle, earlier), earlier, "in escrow after a restart"
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
    known = notebook.open.get(cycle) or earlier_note(notebook, event.note, any_value=True)
    if known is not None:
        # A note of another currency can be in no payment of this session: it is suspense.
        session = known.session if known.currency == event.note.currency else None
        record = _stacked_record(session, known.cycle, event)
        return Entry(
            records=(*_value_differs(known, event.note), record),
            notebook=with_end_of(with_name(notebook, event.cycle, known), known, STACKED),
            cycle=known.cycle,
            minor=event.note.minor,
            session=session,
        )
    if is_repeat(notebook, event.note):
        return _repeat(notebook, event)
    if (last := ended_otherwise(notebook, event.note)) is not None:
        return _found_after_all(told_of(notebook, event, last), event, last.cycle, open_session)
    record = _stacked_record(None, event.cycle, event)
    return Entry(
        records=(record,),
        notebook=with_end(notebook, event.cycle, STACKED),
        cycle=event.cycle,
        minor=event.note.minor,
    )


def returning(notebook: Notebook, event: Returning) -> Entry:
    """A note is about to be given back; the driver waits for the record and tells until then."""
    known = going_back(notebook, event)
    if known is None or known.decision is Decision.RETURN:
        return Entry(records=(), notebook=notebook, cycle=None)
    named = with_name(notebook, event.cycle, known)
    # Of no cycle: should the record fail, nothing has to be looked up, it is told again.
    return replace(_ordered_back(named, known, "found in the path at power-up"), cycle=None)


def returned(notebook: Notebook, event: Returned) -> Entry:
    """A note went back to the customer."""
    known = going_back(notebook, event)
    if known is None:
        return Entry(records=(), notebook=notebook, cycle=None)
    return Entry(
        records=(NoteReturned(cycle=known.cycle, why=event.why.value),),
        notebook=with_end_of(with_name(notebook, event.cycle, known), known, RETURNED),
        cycle=known.cycle,
        minor=known.minor,
        session=known.session,
    )


def disputed(notebook: Notebook, event: Disputed, open_session: str | None = None) -> Entry:
    """The device cannot say where the note is; `open_session` as in `stacked`."""
    cycle = notebook.cycle_of(event.cycle)
    if cycle in notebook.ended:
        return Entry(records=(), notebook=notebook, cycle=None)
    known = notebook.open.get(cycle) or oldest_note(notebook)
    if known is None and (last := told_before(notebook, event.note)) is not None:
        return _disputed_again(notebook, event, last)
    if known is None:
        return _dispute_of_a_stranger(notebook, event, open_session)
    return Entry(
        records=(_dispute(known, event.evidence),),
        notebook=with_end_of(with_name(notebook, event.cycle, known), known, DISPUTED),
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
    last = row_of(known) if end == DISPUTED else None
    given_up = replace(with_end_of(notebook, known, end), last_ended=last)
    return Entry(
        records=(record,),
        notebook=given_up,
        cycle=known.cycle,
        minor=known.minor,
        session=known.session,
    )


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
        notebook=with_end_of(notebook, known, RETURNED if difference == 0 else STACKED),
        cycle=known.cycle,
        minor=known.minor,
        session=known.session,
    )


def _ordered_back(notebook: Notebook, known: OpenNote, why: str) -> Entry:
    """The note goes back, whatever was decided for it before."""
    back = replace(known, decision=Decision.RETURN)
    records = () if known == back else (NoteReturnOrdered(cycle=known.cycle, why=why),)
    opened = {**notebook.open, known.cycle: back}
    return Entry(records=records, notebook=replace(notebook, open=opened), cycle=known.cycle)


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
    closed = with_end(notebook, event.cycle, DISPUTED)
    if session is not None:
        closed = replace(closed, sessions={**closed.sessions, event.cycle: session})
    return Entry(
        records=(record,), notebook=closed, cycle=event.cycle, minor=minor, session=session
    )


def _disputed_again(notebook: Notebook, event: Disputed, last: NoteRow) -> Entry:
    """One more witness of a note whose end an earlier life recorded: kept, and no second note."""
    detail = f"{event.cycle} is {last.cycle}: {', '.join(event.evidence)}"
    what = "disputed told again" if last.state == DISPUTED else "disputed after it was stacked"
    record = DeviceNoted(device="acceptor", event=what, detail=detail)
    # It may still turn up in the cassette, under this name or under one more.
    named = replace(told_of(notebook, event, last), last_ended=last)
    return Entry(records=(record,), notebook=named, cycle=None)


def _repeat(notebook: Notebook, event: Stacked) -> Entry:
    assert notebook.last_ended is not None
    first = notebook.last_ended.cycle
    record = DeviceNoted(
        device="acceptor", event="stacked told again", detail=f"{event.cycle} is {first}"
    )
    named = replace(notebook, same_as={**notebook.same_as, event.cycle: first})
    return Entry(records=(record,), notebook=with_end(named, first, STACKED), cycle=None)


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
        # Its doubt is resolved, once: what is told from now on is about another note.
        notebook=replace(with_end(notebook, cycle, STACKED), last_ended=None),
        cycle=cycle,
        minor=event.note.minor,
        session=session,
    )


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
