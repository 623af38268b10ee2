"""The auditor's check: is every record what was written, and do the projections follow from them?

Reads only. The chain is computed anew from the first record to the head; the projections are
rebuilt in an empty database in memory and compared row by row with the stored ones.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Table, create_engine, select

from offline_queue.journal import projections, schema
from offline_queue.journal.chain import GENESIS, ChainKey, Mac, same
from offline_queue.journal.engine import quick_check, reading_engine
from offline_queue.journal.records import JournalRecord, from_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One journal row as stored."""

    seq: int
    at: str
    body: str
    mac: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that is not as it was written; `seq` is the record's place where there is one."""

    seq: int | None
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The outcome of a check."""

    records: int
    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """True when nothing was found."""
        return not self.findings


def verify(path: Path, key: ChainKey) -> Verdict:
    """Check structure, chain and projections of the journal at `path`.

    Raises:
        sqlalchemy.exc.DBAPIError: the file is not readable at all.
    """
    engine = reading_engine(path)
    with engine.connect() as stored:
        # One snapshot for the whole check: the terminal may be running and writing.
        stored.exec_driver_sql("BEGIN")
        structure = quick_check(stored)
        findings = [] if structure == "ok" else [Finding(seq=None, what=structure)]
        count, chain_findings = _check_chain(stored, key)
        findings.extend(chain_findings)
        findings.extend(_check_projections(stored))
    engine.dispose()
    return Verdict(records=count, findings=tuple(findings))


def rows(connection: Connection, after: int = 0) -> Iterator[Row]:
    """The journal's rows in order, beginning after place `after`."""
    query = select(schema.record).where(schema.record.c.seq > after).order_by(schema.record.c.seq)
    for row in connection.execute(query):
        yield Row(seq=row.seq, at=row.at, body=row.body, mac=row.mac)


def _check_chain(stored: Connection, key: ChainKey) -> tuple[int, list[Finding]]:
    findings: list[Finding] = []
    previous, count, place = GENESIS, 0, 0
    for row in rows(stored):
        count += 1
        place += 1
        if row.seq != place:
            findings.append(Finding(seq=row.seq, what=f"record {place} is missing"))
            place = row.seq
        if not same(key.link(previous, row.seq, row.at, row.body), row.mac):
            findings.append(Finding(seq=row.seq, what="changed, or put in another place"))
        previous = Mac(row.mac)
    head = stored.execute(select(schema.head.c.seq, schema.head.c.mac)).one_or_none()
    if head is None or head.seq != place or not same(head.mac, previous):
        findings.append(Finding(seq=None, what="records are missing at the end"))
    return count, findings


def _check_projections(stored: Connection) -> list[Finding]:
    memory = create_engine("sqlite+pysqlite://")
    with memory.connect() as rebuilt:
        schema.metadata.create_all(rebuilt)
        for row in rows(stored):
            record = _readable(row)
            if record is None:
                return [Finding(seq=row.seq, what="not a record of any known kind")]
            projections.apply(rebuilt, row.seq, record)
        return [
            Finding(seq=None, what=f"projection {table.name} does not follow from the records")
            for table in schema.PROJECTIONS
            if _content(stored, table) != _content(rebuilt, table)
        ]


def _readable(row: Row) -> JournalRecord | None:
    try:
        return from_text(row.body)
    except ValueError:
        return None


def _content(connection: Connection, table: Table) -> list[tuple[object, ...]]:
    query = select(table).order_by(*table.primary_key.columns)
    return [tuple(row) for row in connection.execute(query)]
