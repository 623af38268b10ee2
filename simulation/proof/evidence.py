"""What the terminal's journal says at the end of a run, read once for all laws.

Reads records and projections of the real journal; it must not trust the terminal's memory.
"""

from dataclasses import dataclass
from typing import Final

from offline_queue.journal import cash_queries, queries
from offline_queue.journal.cash_records import CashCollected
from offline_queue.journal.queries import NoteRow, PaymentRow, SlipRow
from offline_queue.journal.records import DeviceNoted, NoteEscrowed, from_text
from offline_queue.journal.verify import rows
from simulation.proof.life import Life
from simulation.proof.whole import as_if_never_pruned

_WRITABLE_AGAIN: Final = "writable again"
"""No alarm: the disk was sick and is well."""


@dataclass(frozen=True, slots=True)
class Books:
    """What the terminal's journal says."""

    notes: tuple[NoteRow, ...]
    payments: tuple[PaymentRow, ...]
    slips: tuple[SlipRow, ...]
    cash: dict[int, int]
    """Of the present period."""
    collections: tuple[CashCollected, ...]
    escrowed: frozenset[str]
    """Cycles of which an escrow was recorded."""
    outbox: int
    untold: int
    """Notes in no payment of which the backend has not heard."""
    open_session: bool
    alarms: tuple[str, ...] = ()
    """What the terminal found wrong with its own journal."""
    pruned: int = 0
    """Records that were removed from it, and read from the archive here."""
    wrongly_pruned: tuple[str, ...] = ()
    """What pruning let go of before its end, or changed."""


def read_books(life: Life) -> Books:
    """The journal of this life, pruned records included.

    Raises:
        ArchiveError, RebuildStoppedError: archive and journal do not fit together.
    """
    with (
        as_if_never_pruned(life.journal, life.archive) as whole,
        life.journal.reading() as connection,
    ):
        read = _Records()
        if whole is None:
            for row in rows(connection):
                read.take(row.body)
        else:
            for _, _, body, _ in whole.records:
                read.take(str(body))
        everything = connection if whole is None else whole.projections
        notes = (queries.note(everything, cycle) for cycle in read.cycles)
        return Books(
            notes=tuple(note for note in notes if note is not None),
            payments=queries.payments(everything),
            slips=queries.slips(everything),
            cash=queries.cash(connection),
            collections=cash_queries.collections(connection),
            escrowed=frozenset(read.escrowed),
            outbox=queries.outbox_state(connection).pending,
            untold=len(cash_queries.untold_notes(connection, limit=10)),
            open_session=queries.open_session(connection) is not None,
            alarms=tuple(read.alarms),
            pruned=0 if whole is None else whole.pruned,
            wrongly_pruned=() if whole is None else whole.wrong,
        )


class _Records:
    """What records tell that no projection does."""

    def __init__(self) -> None:
        self.escrowed: set[str] = set()
        self.cycles: dict[str, None] = {}
        self.alarms: list[str] = []

    def take(self, body: str) -> None:
        if '"journal"' in body:
            record = from_text(body)
            if isinstance(record, DeviceNoted) and record.event != _WRITABLE_AGAIN:
                self.alarms.append(f"{record.event}: {record.detail}")
        if '"cycle"' not in body:
            return
        record = from_text(body)
        if isinstance(record, NoteEscrowed):
            self.escrowed.add(record.cycle)
        if (cycle := getattr(record, "cycle", None)) is not None:
            self.cycles[cycle] = None
