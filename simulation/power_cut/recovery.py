"""One life of a journal on what a power cut has left, and whether it found what was promised.

The real `Journal` opens the files, is compared with what an earlier life was promised, and goes on by
one record, so that the life that follows has something new to find. It must never mend anything.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from sqlalchemy.exc import DBAPIError

from offline_queue.journal import ChainKey, Journal, JournalError
from offline_queue.journal.engine import reading_engine
from offline_queue.journal.records import DeviceNoted, JournalRecord, to_text
from offline_queue.journal.verify import rows, verify
from simulation.power_cut.history import AT
from simulation.power_cut.recording import Tape, recorded

JOURNAL: Final = "journal.db"
KEY: Final = ChainKey(bytes(range(32)))
_AFTERWARDS: Final = DeviceNoted(device="power", event="came back")


@dataclass(slots=True)
class Promises:
    """What was asked of a journal and what it promised, by operations on its disk."""

    tape: Tape
    bodies: list[str] = field(default_factory=list)
    """Texts of the records in order; those that an earlier life left come first."""
    asked: list[tuple[int, int]] = field(default_factory=list)
    promised: list[tuple[int, int]] = field(default_factory=list)
    """Pairs of (operations done by then, records by then)."""

    def append(self, journal: Journal, *records: JournalRecord) -> None:
        """Append, and remember when it was asked and when it returned."""
        self.bodies.extend(map(to_text, records))
        self.asked.append((len(self.tape.operations), len(self.bodies)))
        journal.append(*records, at=AT)
        self.promised.append((len(self.tape.operations), len(self.bodies)))

    def contradiction(self, kept: list[str], operations: int) -> str:
        """What is wrong with these records after a cut behind so many operations; or nothing."""
        least = max((count for at, count in self.promised if at <= operations), default=0)
        most = max((count for at, count in self.asked if at <= operations), default=0)
        if len(kept) not in (least, most):
            return f"{len(kept)} records are left of {least} promised and {most} asked for"
        if kept != self.bodies[: len(kept)]:
            return "other records than were written"
        return ""


def recover(folder: Path, before: Promises, operations: int) -> tuple[str, Promises]:
    """Open what a cut behind so many operations of the life `before` has left, and go on.

    Returns:
        What is wrong, in words (empty: nothing), and what this life promised in its turn.
    """
    with recorded(folder) as tape:
        here = Promises(tape)
        try:
            return _wrong(folder / JOURNAL, before, operations, here), here
        except (JournalError, DBAPIError) as error:
            return f"{type(error).__name__}: {error}", here


def _wrong(path: Path, before: Promises, operations: int, here: Promises) -> str:
    journal = Journal(path, KEY)
    try:
        kept = _bodies(path)
        if found := before.contradiction(kept, operations):
            return found
        here.bodies = kept
        here.asked.append((0, len(kept)))
        here.promised.append((0, len(kept)))
        here.append(journal, _AFTERWARDS)
        return "; ".join(finding.what for finding in verify(path, KEY).findings)
    finally:
        journal.close()


def _bodies(path: Path) -> list[str]:
    engine = reading_engine(path)
    try:
        with engine.connect() as connection:
            return [row.body for row in rows(connection)]
    finally:
        engine.dispose()
