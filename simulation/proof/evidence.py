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


def read_books(life: Life) -> Books:
    """The journal of this life."""
    with life.journal.reading() as connection:
        escrowed: set[str] = set()
        cycles: dict[str, None] = {}
        alarms: list[str] = []
        for row in rows(connection):
            if '"journal"' in row.body:
                record = from_text(row.body)
                if isinstance(record, DeviceNoted) and record.event != _WRITABLE_AGAIN:
                    alarms.append(f"{record.event}: {record.detail}")
            if '"cycle"' not in row.body:
                continue
            record = from_text(row.body)
            if isinstance(record, NoteEscrowed):
                escrowed.add(record.cycle)
            if (cycle := getattr(record, "cycle", None)) is not None:
                cycles[cycle] = None
        notes = (queries.note(connection, cycle) for cycle in cycles)
        return Books(
            notes=tuple(note for note in notes if note is not None),
            payments=queries.payments(connection),
            slips=queries.slips(connection),
            cash=queries.cash(connection),
            collections=cash_queries.collections(connection),
            escrowed=frozenset(escrowed),
            outbox=queries.outbox_state(connection).pending,
            untold=len(cash_queries.untold_notes(connection, limit=10)),
            open_session=queries.open_session(connection) is not None,
            alarms=tuple(alarms),
        )
