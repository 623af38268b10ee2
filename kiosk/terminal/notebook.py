"""What is known of banknotes: every accept cycle from escrow to its end, across restarts.

A pure value, rebuilt from the journal at start; it is exchanged for the next one only after the
records are durable. What becomes of it when the acceptor says something is decided in `note_rules`.
It must never hold what no record tells, but for what this life was told.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from offline_queue.journal.queries import NoteRow
from offline_queue.journal.records import Decision, JournalRecord

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


def at_ready(notebook: Notebook) -> Notebook:
    """The acceptor has told everything and what was open is settled: earlier lives are over."""
    return replace(notebook, settling=False, last_ended=None, jammed=False)


def jam_told(notebook: Notebook) -> Notebook:
    """The acceptor is jammed. A jam of an earlier life's note is told before its first `Ready`."""
    return replace(notebook, jammed=True) if notebook.settling else notebook


def with_name(notebook: Notebook, driver_cycle: str, known: OpenNote) -> Notebook:
    """The driver calls a known note by this cycle."""
    if driver_cycle == known.cycle:
        return notebook
    return replace(notebook, same_as={**notebook.same_as, driver_cycle: known.cycle})


def with_end_of(notebook: Notebook, known: OpenNote, end: str) -> Notebook:
    """A known note has ended; its session is remembered."""
    closed = with_end(notebook, known.cycle, end)
    if known.session is None:
        return closed
    return replace(closed, sessions={**notebook.sessions, known.cycle: known.session})


def with_end(notebook: Notebook, cycle: str, end: str) -> Notebook:
    """This cycle has ended, as in `NoteRow.state`."""
    rest = {key: value for key, value in notebook.open.items() if key != cycle}
    return replace(notebook, open=rest, ended={**notebook.ended, cycle: end})


def _open_note(row: NoteRow) -> OpenNote:
    return OpenNote(
        cycle=row.cycle,
        session=row.session,
        minor=row.minor or 0,
        currency=row.currency or "",
        decision=row.decision or Decision.STACK,
        device_count=row.device_count,
    )
