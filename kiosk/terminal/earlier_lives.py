"""Which note of an earlier life the acceptor means, when it speaks of one that this life did not see.

While the terminal settles there is at most one note in the device, and nothing was stacked without
an escrow record; so what is open, or ended last, is the note that is spoken of. It must never look
past the first `Ready`, and never guess: None where nothing fits.
"""

from dataclasses import replace

from drivers.acceptors.contract import Disputed, Note, Returned, Returning, Stacked
from kiosk.terminal.notebook import DISPUTED, RETURNED, STACKED, Notebook, OpenNote
from offline_queue.journal.queries import NoteRow


def earlier_note(notebook: Notebook, note: Note, *, any_value: bool = False) -> OpenNote | None:
    """The open note of an earlier life that this one must be: there is at most one in a device."""
    if not notebook.settling:
        return None
    for known in notebook.open.values():
        if (known.minor, known.currency) == (note.minor, note.currency):
            return known
    return oldest_note(notebook) if any_value else None


def going_back(notebook: Notebook, event: Returning | Returned) -> OpenNote | None:
    """The open note that a device gives back."""
    cycle = notebook.cycle_of(event.cycle)
    if cycle in notebook.open or cycle in notebook.ended:
        return notebook.open.get(cycle)
    if event.note is None:
        # A device that finds a note in its path at power-up gives it back without naming it.
        return oldest_note(notebook)
    return earlier_note(notebook, event.note)


def oldest_note(notebook: Notebook) -> OpenNote | None:
    """The open note of an earlier life, whatever it is worth."""
    return next(iter(notebook.open.values()), None) if notebook.settling else None


def is_repeat(notebook: Notebook, note: Note) -> bool:
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


def ended_otherwise(notebook: Notebook, note: Note) -> NoteRow | None:
    """The note of an earlier life that was disputed, or believed to be back, and is in the cassette
    after all: a jam that clears after a restart. Nothing can have passed the device since, and
    nothing is stacked without an escrow, so it is that note and no other.
    """
    last = notebook.last_ended
    if not notebook.settling or last is None or last.state not in (DISPUTED, RETURNED):
        return None
    same_value = (last.minor, last.currency) == (note.minor, note.currency)
    return last if same_value or last.minor is None else None


def told_before(notebook: Notebook, note: Note | None) -> NoteRow | None:
    """The note whose end the last life recorded, where the device, powered up again, cannot say
    where one is: in the path to the stacker lies what was ordered there, every order stands in the
    journal, and that note was the last one. `note` is None where the device names no value. A note
    that is believed to be back was never ordered there, or is told with its doubt anew.
    """
    last = notebook.last_ended
    if not notebook.settling or last is None or last.state not in (DISPUTED, STACKED):
        return None
    same_value = note is None or (last.minor, last.currency) == (note.minor, note.currency)
    return last if same_value or last.minor is None else None


def told_of(notebook: Notebook, event: Stacked | Disputed, last: NoteRow) -> Notebook:
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


def row_of(known: OpenNote) -> NoteRow:
    """A disputed note as the journal gives it at a start."""
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
