"""The auditor's check: is every record what was written, and do the projections follow from them?

Reads only. The chain is computed anew from the first record to the head; the projections are
rebuilt in a database of their own and compared row by row with the stored ones. Where the beginning
was pruned, both start with what was sealed then, and a record in the chain must tell of that seal.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from offline_queue.journal import schema
from offline_queue.journal.archive import ArchiveError, kept
from offline_queue.journal.chain import GENESIS, ChainKey, Mac, same
from offline_queue.journal.engine import driver_of, full_check, reading_engine
from offline_queue.journal.rebuild import RebuildStoppedError
from offline_queue.journal.replay import Replay, differing
from offline_queue.journal.sealed import Purpose, SealBrokenError, SealedSet, load

_StoredRow = tuple[int, object, object, object]


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


def verify(path: Path, key: ChainKey, *, archive: Path | None = None) -> Verdict:
    """Check structure, chain and projections of the journal at `path`.

    Args:
        path: the journal.
        key: its secret.
        archive: the folder that holds its pruned records; they are checked as well, if given.

    Raises:
        sqlalchemy.exc.DBAPIError: the file is not readable as a journal at all.
    """
    engine = reading_engine(path)
    try:
        with engine.connect() as stored:
            # One snapshot for the whole check: the terminal may be running and writing.
            stored.exec_driver_sql("BEGIN")
            return _check(stored, key, archive)
    finally:
        engine.dispose()


def rows(connection: Connection, after: int = 0) -> Iterator[Row]:
    """The journal's rows in order, beginning after place `after`; what is no text is made readable
    for a person.
    """
    for seq, at, body, mac in _stored_rows(connection, after):
        shown = mac if isinstance(mac, bytes) else b""
        yield Row(seq=seq, at=_readable_text(at), body=_readable_text(body), mac=shown)


def _check(stored: Connection, key: ChainKey, archive: Path | None = None) -> Verdict:
    findings: list[Finding] = []
    count = before = 0
    try:
        findings.extend(_check_file(stored))
        base, broken = _check_sealed(stored, key)
        findings.extend(broken)
        if archive is not None:
            before, broken = _check_archive(archive, key, base)
            findings.extend(broken)
        count, broken = _check_chain(stored, key, base)
        count += before
        findings.extend(broken)
        findings.extend(_check_projections(stored, key, base))
    except DBAPIError as error:
        if not findings:
            raise
        findings.append(Finding(seq=None, what=f"not readable to its end: {error.orig}"))
    except (sqlite3.Error, UnicodeDecodeError) as error:
        # The driver fails so when even a name in the file, or in its own message, is no text.
        findings.append(Finding(seq=None, what=f"not readable to its end: {error}"))
    return Verdict(records=count, findings=tuple(findings))


def _check_file(stored: Connection) -> Iterator[Finding]:
    structure = full_check(stored)
    if structure != "ok":
        yield Finding(seq=None, what=structure)
    version = stored.exec_driver_sql("PRAGMA user_version").scalar_one()
    if version != schema.SCHEMA_VERSION:
        yield Finding(seq=None, what=f"schema {version} is not what this program writes")


def _check_chain(
    stored: Connection, key: ChainKey, base: SealedSet | None = None
) -> tuple[int, list[Finding]]:
    findings: list[Finding] = []
    count = 0
    place, previous = (0, GENESIS) if base is None else (base.place, base.mac)
    for seq, at, body, mac in _stored_rows(stored):
        count += 1
        place += 1
        if seq != place:
            findings.append(Finding(seq=seq, what=f"record {place} is missing"))
            place = seq
        if not _linked(key, previous, (seq, at, body, mac)):
            findings.append(Finding(seq=seq, what="changed, or put in another place"))
        previous = Mac(mac) if isinstance(mac, bytes) else GENESIS
    ends = stored.exec_driver_sql("SELECT id, seq, seal FROM head").all()
    if [tuple(end) for end in ends] != [(1, place, key.seal(place, previous))]:
        findings.append(Finding(seq=None, what="records are missing at the end"))
    return count, findings


def _linked(key: ChainKey, previous: Mac, row: _StoredRow) -> bool:
    seq, at, body, mac = row
    if not (isinstance(at, str) and isinstance(body, str) and isinstance(mac, bytes)):
        return False
    try:
        return same(key.link(previous, seq, at, body), mac)
    except UnicodeEncodeError:
        return False


def _check_sealed(stored: Connection, key: ChainKey) -> tuple[SealedSet | None, list[Finding]]:
    """What was sealed when the beginning was pruned, and what is wrong with anything sealed."""
    base, findings = None, []
    try:
        base = load(driver_of(stored), key, Purpose.BASE)
        load(driver_of(stored), key, Purpose.SNAPSHOT)
    except SealBrokenError as error:
        findings.append(Finding(seq=None, what=str(error)))
    return base, findings


def _check_archive(
    folder: Path, key: ChainKey, base: SealedSet | None
) -> tuple[int, list[Finding]]:
    """Follow the chain from its very first record to the last one that was pruned. What comes after
    it was archived by a pruning that was cut off, and is still in the journal.
    """
    count, previous = 0, GENESIS
    last = 0 if base is None else base.place
    try:
        for row in takewhile(lambda row: row[0] <= last, kept(folder)):
            if row[0] != count + 1 or not _linked(key, previous, row):
                return count, [Finding(seq=row[0], what="in the archive: changed or misplaced")]
            count, previous = row[0], Mac(bytes(row[3])) if isinstance(row[3], bytes) else GENESIS
    except ArchiveError as error:
        return count, [Finding(seq=None, what=str(error))]
    if (count, previous) != ((base.place, base.mac) if base else (0, GENESIS)):
        return count, [Finding(seq=count, what="the archive does not reach up to the journal")]
    return count, []


def _check_projections(
    stored: Connection, key: ChainKey, base: SealedSet | None = None
) -> list[Finding]:
    with closing(Replay(key, base)) as replay:
        try:
            # Not proved again: what the chain has to say was said, and a look at what follows from
            # records that are no longer what they were is worth having all the same.
            replay.take_unproved((row[0], row[2]) for row in _stored_rows(stored))
        except RebuildStoppedError as stopped:
            return [Finding(seq=stopped.seq, what=stopped.what)]
        findings = [
            Finding(seq=None, what=f"projection {name} does not follow from the records")
            for name in differing(driver_of(stored), replay.driver)
        ]
        if not replay.tells_of(base):
            what = "what was sealed at the last pruning is not what the records tell of"
            findings.append(Finding(seq=None, what=what))
        return findings


def _stored_rows(connection: Connection, after: int | None = None) -> Iterator[_StoredRow]:
    # Past SQLAlchemy's types: a value of a type that was never written must be seen as it is.
    # Without a beginning all are given, also those at places where no record can be.
    query = "SELECT seq, at, body, mac FROM record WHERE ?1 IS NULL OR seq > ?1 ORDER BY seq"
    found = connection.exec_driver_sql(query, (after,))
    return ((row[0], row[1], row[2], row[3]) for row in found)


def _readable_text(stored: object) -> str:
    if isinstance(stored, str):
        return stored.encode("utf-8", "replace").decode("utf-8")
    return stored.decode("utf-8", "replace") if isinstance(stored, bytes) else str(stored)
