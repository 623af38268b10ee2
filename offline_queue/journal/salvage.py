"""What a damaged journal still tells: money without an owner, numbers, and who waits for what.

Records are believed when the chain proves them. A derived table is asked only where records are
missing, and for cash alone, which a person will count again: a number that nothing proves could make
every later one impossible, and the sealed mark knows them all. The file is read and never written.
"""

import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from offline_queue.journal import projections
from offline_queue.journal.chain import ChainKey
from offline_queue.journal.chain_end import read_end
from offline_queue.journal.engine import reading_driver
from offline_queue.journal.errors import JournalDamagedError
from offline_queue.journal.numbering import NUMBERS
from offline_queue.journal.readable import UNREADABLE, proved_rows
from offline_queue.journal.records import NoteDisputed, NoteStacked, from_text
from offline_queue.journal.replay import Replay, in_temporary_folder
from offline_queue.journal.sealed import Purpose, SealBrokenError, SealedSet, load

HOW = "set_aside"
"""By which evidence a note without an owner stands in the journal that goes on."""

Cash = Counter[tuple[str, int]]
"""Notes by currency and minor units."""

# No note and no cassette is as large; what is, was spoilt.
_INCREDIBLE = 1_000_000_000

# Where the cassette was emptied, its notes are nobody's concern any more.
_OWNERLESS = """
    SELECT cycle, minor, currency, state, decision FROM note
    WHERE payment_number IS NULL AND state <> 'returned'
    AND seq > (SELECT coalesce(max(seq), 0) FROM collection)
    ORDER BY seq
"""
_UNFINISHED = (
    "SELECT number FROM payment WHERE state NOT IN ('credited', 'refused') ORDER BY number"
)
_ENDED_LAST = (
    "SELECT seq, cycle, minor, currency, state FROM note WHERE state <> 'escrowed' "
    "ORDER BY seq DESC LIMIT 1"
)
_OPEN = "SELECT id FROM session WHERE state = 'open' ORDER BY seq DESC LIMIT 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Salvage:
    """What could be read. `notes` are those that no payment speaks for, in the order in which they
    were last heard of, as they are to be recorded anew; `cash` counts the others in the cassette.
    `last_note` ended last, if nothing is missing behind it and it is none of `notes`.
    """

    last_seq: int
    numbers: dict[str, int]
    session: str | None
    unfinished: tuple[int, ...]
    cash: Cash
    notes: tuple[NoteStacked | NoteDisputed, ...]
    last_note: tuple[str, int, str, str] | None


def salvage(path: Path, key: ChainKey) -> Salvage:
    """Read what can be read of the journal at `path`, however little that is.

    Raises:
        TemporaryFolderError: there is no room to work in.
    """
    with (
        closing(_opened(path)) as stored,
        closing(Replay(key, _base(stored, key))) as replay,
    ):
        gap = _replay(stored, replay, key)
        if not _ends_there(stored, key, path, replay.place):
            return _told(replay, stored, gap=gap, proved_after=replay.place)
        return _told(replay, stored, gap=gap, proved_after=gap)


def _opened(path: Path) -> sqlite3.Connection:
    """The file, or in the place of one that cannot be opened at all one that tells nothing."""
    try:
        return reading_driver(path)
    except sqlite3.Error:
        return sqlite3.connect(":memory:")


def _base(stored: sqlite3.Connection, key: ChainKey) -> SealedSet | None:
    try:
        return load(stored, key, Purpose.BASE)
    except (SealBrokenError, *UNREADABLE):
        return None


def _replay(stored: sqlite3.Connection, replay: Replay, key: ChainKey) -> int:
    """Apply what is proved, leaving out what builds on a missing record.

    Returns:
        The last place that is missing, or could not be applied; 0 when all was there.
    """
    gap = 0
    for seq, body in proved_rows(stored, key, replay.place, replay.mac):
        if seq != replay.place + 1:
            gap = seq - 1
        replay.place = seq
        try:
            with in_temporary_folder():  # a lack of room must not pass for a missing record
                projections.apply(replay.driver, seq, from_text(body), body)
        except (sqlite3.Error, OverflowError, ValueError):
            gap = seq
    return gap


def _ends_there(stored: sqlite3.Connection, key: ChainKey, path: Path, place: int) -> bool:
    """Whether the chain's end is proved to be at that place, so that nothing is missing behind it."""
    try:
        return read_end(stored, key, path).seq == place
    except (JournalDamagedError, *UNREADABLE):
        return False


def _told(replay: Replay, stored: sqlite3.Connection, *, gap: int, proved_after: int) -> Salvage:
    derived = replay.driver
    session = derived.execute(_OPEN).fetchone()
    notes = _ownerless(derived)
    again = Counter((note.currency, note.minor) for note in notes if isinstance(note, NoteStacked))
    numbers, cash = _numbers(derived), _cash(derived)
    if gap:
        stored_cash = _stored_cash(stored)
        cash = cash if stored_cash is None else stored_cash
    return Salvage(
        last_seq=replay.place,
        numbers=numbers,
        session=session[0] if session else None,
        unfinished=tuple(row[0] for row in derived.execute(_UNFINISHED)),
        cash=cash - again,
        notes=notes,
        last_note=_last_note(derived, proved_after, {note.cycle for note in notes}),
    )


def _last_note(
    derived: sqlite3.Connection, proved_after: int, told: set[str]
) -> tuple[str, int, str, str] | None:
    """What a missing record may have told is not guessed: then there is none."""
    row = derived.execute(_ENDED_LAST).fetchone()
    if row is None:
        return None
    seq, cycle, minor, currency, state = row
    if seq <= proved_after or cycle in told or minor is None or currency is None:
        return None
    return cycle, minor, currency, state


def _ownerless(derived: sqlite3.Connection) -> tuple[NoteStacked | NoteDisputed, ...]:
    """Notes in the cassette without a payment, and notes of which nobody knows where they are."""
    return tuple(
        NoteStacked(session=None, cycle=cycle, minor=minor, currency=currency, how=HOW)
        if state == "stacked"
        else NoteDisputed(
            session=None,
            cycle=cycle,
            minor=minor,
            currency=currency,
            evidence=("the journal was damaged", f"{state} there", f"decision: {decision}"),
        )
        for cycle, minor, currency, state, decision in derived.execute(_OWNERLESS)
    )


def _numbers(driver: sqlite3.Connection) -> dict[str, int]:
    rows = driver.execute("SELECT name, value FROM counter")
    return {name: int(value) for name, value in rows if name in NUMBERS}


def _cash(driver: sqlite3.Connection) -> Cash:
    rows = driver.execute("SELECT currency, minor, count FROM cash")
    return Counter({(str(row[0]), int(row[1])): int(row[2]) for row in rows})


def _stored_cash(stored: sqlite3.Connection) -> Cash | None:
    """What the damaged table says, as far as it can be true; None where it cannot be read."""
    try:
        rows = stored.execute("SELECT currency, minor, count FROM cash").fetchall()
    except UNREADABLE:
        return None
    return Counter(
        {
            (currency, minor): count
            for currency, minor, count in rows
            if isinstance(currency, str) and _credible(minor) and _credible(count)
        }
    )


def _credible(figure: object) -> bool:
    return isinstance(figure, int) and 0 < figure < _INCREDIBLE
