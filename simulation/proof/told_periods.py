"""What the backend holds of closed periods against what the journal says of them.

Derived here once more and by other means, so that a report that leaves something out is seen: cash
moves from the box to the vault by what was told, and their sum shows nothing. It must never ask the
code that makes the reports.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime

from offline_queue.journal.cash_records import CashCollected
from simulation.proof.findings import Findings
from terminal_api.collections import CollectionItem

_LAW = "the backend has every closed period as it was closed"


def judge_told_periods(
    stored: Mapping[int, str], closed: Iterable[CashCollected], findings: Findings
) -> None:
    """Period by period; `stored` are the backend's texts by their numbers."""
    mine = {one.number: one for one in closed}
    findings.must(
        stored.keys() == mine.keys(), _LAW, f"told {sorted(stored)}, closed {sorted(mine)}"
    )
    for number in sorted(stored.keys() & mine.keys()):
        told, record = CollectionItem.model_validate_json(stored[number]), mine[number]
        findings.must(
            _of_backend(told) == _of_journal(record), _LAW, f"period {number}: told {told}"
        )


def _of_backend(told: CollectionItem) -> tuple[object, ...]:
    counts = Counter({(one.currency, one.minor): one.count for one in told.counts})
    in_doubt = (sorted(one.cycle for one in notes) for notes in (told.disputed, told.suspense))
    return (told.period, told.operator_id, told.opened_at, told.closed_at, counts, *in_doubt)


def _of_journal(record: CashCollected) -> tuple[object, ...]:
    # One that counts nothing equals one that is not there.
    counts = Counter({(one.currency, one.minor): one.count for one in record.counts})
    in_doubt = (sorted(one.cycle for one in notes) for notes in (record.disputed, record.suspense))
    opened = datetime.fromisoformat(record.since) if record.since else None
    closed = datetime.fromisoformat(record.at)
    return (record.number, record.operator, opened, closed, counts, *in_doubt)
