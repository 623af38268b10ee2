"""The journal of a run as if nothing had ever been pruned: the archive, and what is still there.

The judge reads every record, so pruned ones are put back in front: their projections are derived anew
from the archive and the journal together, without the sealed base that the terminal goes on with. So
it can be seen that pruning let go of what had ended, and changed nothing else. The chain through both
is proved by `verify`. It must never write, and never ask the base for anything.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Table, create_engine
from sqlalchemy.pool import StaticPool

from offline_queue.journal import Journal, schema
from offline_queue.journal.archive import kept
from offline_queue.journal.live import all_rows, columns_of
from offline_queue.journal.replay import Replay, StoredRow
from simulation.proof.blank import KEY

_EVERY: Final = "SELECT seq, at, body, mac FROM record ORDER BY seq"
_PRUNING: Final = '{"kind":"journal_pruned"'

Row = dict[str, object]

_ENDED: Final[dict[str, Callable[[Row], bool]]] = {
    "session": lambda row: row["state"] != "open",
    "note": lambda row: (
        row["state"] == "returned"
        or (row["state"] == "stacked" and row["payment_number"] is not None)
    ),
    "payment": lambda row: row["state"] in ("credited", "refused"),
    "slip": lambda row: row["state"] in ("printed", "failed"),
}
"""What pruning may let go of; rows of any other projection stay for ever."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """Every record, and the projections that follow from all of them."""

    records: tuple[StoredRow, ...]
    pruned: int
    """How many of them are in the archive alone."""
    projections: Connection
    wrong: tuple[str, ...]
    """Where the journal's own projections are not these, but for what had ended."""


@contextmanager
def as_if_never_pruned(journal: Journal, archive: Path | None) -> Iterator[Whole | None]:
    """The whole journal while this holds; None where nothing was pruned.

    Raises:
        ArchiveError, RebuildStoppedError: archive and journal do not fit together.
    """
    there: list[StoredRow] = journal.at_rest(lambda driver: driver.execute(_EVERY).fetchall())
    if archive is None or not there or there[0][0] == 1:
        yield None
        return
    # A pruning that was cut off has archived records that are still in the journal.
    gone = [row for row in kept(archive) if row[0] < there[0][0]]
    replay = Replay(KEY)
    try:
        replay.take_unproved(_without_pruning((*gone, *there)))
        engine = create_engine(
            "sqlite+pysqlite://", creator=lambda: replay.driver, poolclass=StaticPool
        )
        with engine.connect() as projections:
            yield Whole(
                records=(*gone, *there),
                pruned=len(gone),
                projections=projections,
                wrong=tuple(journal.at_rest(lambda driver: list(_wrong(driver, replay.driver)))),
            )
    finally:
        replay.close()


def _without_pruning(rows: Iterable[StoredRow]) -> Iterator[tuple[int, object]]:
    """The records that say something; those about pruning would let go of rows here, too."""
    for seq, _, body, _ in rows:
        if not str(body).startswith(_PRUNING):
            yield seq, body


def _wrong(stored: sqlite3.Connection, derived: sqlite3.Connection) -> Iterator[str]:
    for table in schema.PROJECTIONS:
        mine, all_of_them = _rows(stored, table), _rows(derived, table)
        ended = _ENDED.get(table.name, _never)
        for key in mine.keys() - all_of_them.keys():
            yield f"{table.name} {key} follows from no record"
        for key, row in all_of_them.items():
            if key not in mine:
                if not ended(row):
                    yield f"{table.name} {key} was let go of, {row}"
            elif mine[key] != row:
                yield f"{table.name} {key} is {mine[key]}, should be {row}"


def _rows(driver: sqlite3.Connection, table: Table) -> dict[tuple[object, ...], Row]:
    names = columns_of(table)
    keys = [column.name for column in table.primary_key.columns]
    found = (dict(zip(names, row, strict=True)) for row in all_rows(driver, table))
    return {tuple(row[name] for name in keys): row for row in found}


def _never(_row: Row) -> bool:
    return False
