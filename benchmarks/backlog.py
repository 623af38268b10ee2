"""A journal in which very many payments wait for the backend, written past the journal's own code.

To append a million payments takes minutes, and nothing here measures that. So the texts of their
records are made by exchanging the number in a real one, the chain is computed over them, and the rows
that follow from them are put in many at a time. `tests/benchmarks` holds a small one against what the
journal itself writes.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from benchmarks import stores
from offline_queue.journal import Journal, schema
from offline_queue.journal.chain import Mac
from offline_queue.journal.live import live_parts
from offline_queue.journal.numbering import PAYMENT_NUMBER, RECEIPT_NUMBER
from offline_queue.journal.records import (
    JournalRecord,
    SlipOutcome,
    SlipSettled,
    item_text,
    to_text,
)
from offline_queue.journal.sealed import Purpose, Sealer

_SAMPLE = 987_654_321
"""A number that stands nowhere else in the text of a record."""

_STAMP = stores.BEGIN.isoformat(timespec="milliseconds")
_ROWS_A_PART = 5_000


def records(payments: int) -> Iterator[JournalRecord]:
    """What the backlog consists of: of each payment its forming and its slip."""
    for number in range(1, payments + 1):
        yield stores.formed(number)
        yield SlipSettled(receipt_number=number, outcome=SlipOutcome.PRINTED)


def make(path: Path, payments: int) -> None:
    """Write the journal, with a snapshot at its end."""
    with closing(Journal(path, stores.KEY)) as journal:
        journal.at_rest(lambda driver: _write(driver, journal, payments))


def _write(driver: sqlite3.Connection, journal: Journal, payments: int) -> None:
    for pragma in ("synchronous=OFF", "cache_size=-1000000", "wal_autocheckpoint=100000"):
        driver.execute(f"PRAGMA {pragma}").fetchall()
    driver.execute("BEGIN IMMEDIATE")
    end = _Chain(journal)
    driver.executemany("INSERT INTO record VALUES (?, ?, ?, ?)", end.rows(payments))
    form = stores.formed(_SAMPLE)
    item = item_text(to_text(form))
    numbers = range(1, payments + 1)
    driver.executemany(
        "INSERT INTO payment (number, session, item, trigger, state, message) "
        "VALUES (?, ?, ?, ?, 'queued', '')",
        ((n, f"session-{n}", _for(item, n), form.trigger.value) for n in numbers),
    )
    driver.executemany(
        "INSERT INTO slip (receipt_number, kind, payment_number, text, template, online, state, why)"
        " VALUES (?, 'payment', ?, ?, ?, 1, 'printed', '')",
        ((n, n, _for(form.slip_text, n), form.template) for n in numbers),
    )
    for name in (PAYMENT_NUMBER, RECEIPT_NUMBER) if payments else ():
        driver.execute("INSERT INTO counter VALUES (?, ?)", (name, payments))
    seal = stores.KEY.seal(end.place, end.mac)
    driver.execute("UPDATE head SET seq = ?, seal = ?", (end.place, seal))
    _snap(driver, end)
    driver.execute("COMMIT")


class _Chain:
    """Gives rows and knows where the chain ends after them."""

    def __init__(self, journal: Journal) -> None:
        self.place, self.mac = journal.end
        self._form = to_text(stores.formed(_SAMPLE))
        self._slip = to_text(SlipSettled(receipt_number=_SAMPLE, outcome=SlipOutcome.PRINTED))

    def rows(self, payments: int) -> Iterator[tuple[int, str, str, Mac]]:
        for number in range(1, payments + 1):
            for text in (self._form, self._slip):
                body = _for(text, number)
                self.place += 1
                self.mac = stores.KEY.link(self.mac, self.place, _STAMP, body)
                yield self.place, _STAMP, body, self.mac


def _snap(driver: sqlite3.Connection, end: _Chain) -> None:
    if not end.place:
        return
    sealer = Sealer(stores.KEY, Purpose.SNAPSHOT, end.place, end.mac)
    for table in schema.PROJECTIONS:
        for part in live_parts(driver, table, _ROWS_A_PART):
            sealer.add(driver, part)
    sealer.end(driver, "")


def _for(text: str, number: int) -> str:
    return text.replace(str(_SAMPLE), str(number))
