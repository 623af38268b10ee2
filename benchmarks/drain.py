"""Days offline end: a large backlog goes to the backend, and memory does not grow on the way.

A real journal with the backlog, the product's outbox, sync thread and signatures in a process of
their own, `wallet serve` in another, HTTP between them. Afterwards every payment must be stored
exactly once, the books must hold, and the journal must prove itself. Run by itself
(`python -m benchmarks.drain [PAYMENTS]`) it prints rate and memory as JSON.
"""

import json
import statistics
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import func, select

from benchmarks import backlog, stores
from benchmarks.measure import Comparison, Pair, compare
from offline_queue.journal import Journal, queries
from offline_queue.journal.verify import verify
from simulation.demo.enrolment import enrol_terminal, new_token
from wallet.books.verify import verify_books
from wallet.load.own_server import own_server
from wallet.payments.tables import payments as stored_payments
from wallet.storage.database import open_for_reading

PAYMENTS = 100_000
QUICK_PAYMENTS = 2_000
BATCH = 50
"""As `backend.batch_size` is shipped."""
TERMINAL = "10000001"

_WHAT = "of the last fifth of {payments:,} payments on their way from a journal to `wallet serve`"
_BASELINE = "the same of the second fifth"


class LostError(Exception):
    """A payment is not where it should be, exactly once; the message says which side says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drained:
    """One run: of each batch the seconds it took and what the terminal's process held then."""

    payments: int
    seconds: tuple[float, ...]
    resident_mb: tuple[float, ...]
    server_processor_s: float
    server_peak_mb: float

    def told(self) -> dict[str, object]:
        """For JSON. Fifths, so that growth is seen and chance is not."""
        whole = sum(self.seconds)
        return {
            "payments": self.payments,
            "batch": BATCH,
            "seconds": round(whole, 1),
            "payments_per_s": round(self.payments / whole, 1),
            "payments_per_s_by_fifth": [
                round(len(part) * BATCH / sum(part), 1) for part in fifths(self.seconds)
            ],
            "terminal_resident_mb_by_fifth": [
                round(statistics.median(part), 1) for part in fifths(self.resident_mb)
            ],
            "terminal_resident_mb_most": round(max(self.resident_mb), 1),
            "server_ms_a_payment": round(self.server_processor_s / self.payments * 1000, 3),
            "server_peak_mb": self.server_peak_mb,
        }


def run(*, quick: bool, folder: Path | None) -> tuple[Comparison, ...]:
    """Memory and time of late batches against early ones."""
    done = drain(QUICK_PAYMENTS if quick else PAYMENTS, folder)
    what = _WHAT.format(payments=done.payments)
    rows = (("memory", "memory", done.resident_mb), ("time", "time for a batch", done.seconds))
    return tuple(
        compare(f"drain.{name}", f"{words} {what}", _BASELINE, _late_and_early(values))
        for name, words, values in rows
    )


def drain(payments: int, folder: Path | None = None) -> Drained:
    """Make a backlog and deliver it.

    Raises:
        LostError: see there.
        CalledProcessError: the terminal's side did not come to an end.
    """
    with TemporaryDirectory(dir=folder, prefix="drain-") as made:
        place = Path(made)
        journal, database = place / "terminal" / "journal.db", place / "wallet.db"
        journal.parent.mkdir()
        backlog.make(journal, payments)
        token = new_token(database, TERMINAL)
        with own_server(str(database), place / "server.log") as server:
            enrol_terminal(server.url, TERMINAL, token, place / "terminal.key")
            spent = server.processor_s()
            told = _terminal(journal, server.url, place / "terminal.key", payments)
            spent = server.processor_s() - spent
            peak_mb = server.peak_mb()
        _nothing_is_lost(journal, database, payments)
    return Drained(
        payments=payments,
        seconds=tuple(told["seconds"]),
        resident_mb=tuple(told["resident_mb"]),
        server_processor_s=spent,
        server_peak_mb=peak_mb,
    )


def fifths(values: Sequence[float]) -> list[Sequence[float]]:
    """The values in five parts, in order."""
    size = len(values) / 5
    return [values[round(n * size) : round((n + 1) * size)] for n in range(5)]


def _late_and_early(values: Sequence[float]) -> list[Pair]:
    _, early, _, _, late = fifths(values)
    return [Pair(tuple(late), tuple(early))]


def _terminal(journal: Path, url: str, key: Path, payments: int) -> dict[str, list[float]]:
    arguments = [str(journal), url, str(key), TERMINAL, str(payments), str(BATCH)]
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.draining_terminal", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise LostError(f"the terminal's side ended early: {done.stderr[-2000:]}")
    told: dict[str, list[float]] = json.loads(done.stdout.splitlines()[-1])
    return told


def _nothing_is_lost(journal: Path, database: Path, payments: int) -> None:
    engine = open_for_reading(database)
    try:
        with engine.connect() as connection:
            numbers = select(
                func.count(),
                func.count(stored_payments.c.number.distinct()),
                func.min(stored_payments.c.number),
                func.max(stored_payments.c.number),
            ).where(stored_payments.c.terminal_id == TERMINAL)
            stored = tuple(connection.execute(numbers).one())
        findings = verify_books(engine).findings
    finally:
        engine.dispose()
    if stored != (payments, payments, 1, payments) or findings:
        raise LostError(f"the backend: {stored} of {payments}, {findings[:5]}")
    with closing(Journal(journal, stores.KEY)) as opened, opened.reading() as connection:
        waiting = queries.outbox_state(connection).pending
    found = verify(journal, stores.KEY).findings
    if waiting or found:
        raise LostError(f"the journal: {waiting} still wait, {found[:5]}")


if __name__ == "__main__":
    done = drain(int(sys.argv[1]) if len(sys.argv) > 1 else PAYMENTS)
    sys.stdout.write(json.dumps(done.told(), indent=2) + "\n")
