"""Forming and delivering one payment while very many wait, against the same with none waiting."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import backlog, stores
from benchmarks.measure import Comparison, Pair, compare, seconds
from benchmarks.queue_peers import against_peers
from offline_queue.journal import Journal, queries
from offline_queue.journal.records import PaymentAnswered, PaymentsSent
from offline_queue.journal.upkeep import fold_log_in
from terminal_api.payments import PaymentStatus, Verdict

DEPTHS = (100_000, 1_000_000)
QUICK_DEPTHS = (500, 2_000)
BEYOND = 10_000_000
"""Numbers of payments that are formed while measuring begin here."""

ENQUEUE = "payment_formed by Journal.append, {depth:,} payments pending"
DRAIN = "asked for, sent and answered: two records by Journal.append, {depth:,} payments pending"
BASELINE = "the same journal code with no other payment pending"


def run(*, quick: bool, folder: Path | None) -> tuple[Comparison, ...]:
    """Measure the journal at each depth, then it and other queues beside a bare SQLite."""
    depths = QUICK_DEPTHS if quick else DEPTHS
    with TemporaryDirectory(dir=folder) as made, ExitStack() as stack:
        folders = Path(made)
        full = {depth: _store(stack, folders, depth) for depth in (0, *depths)}
        rows = [
            row for depth in depths for row in _growth(full[0], full[depth], depth, quick=quick)
        ]
        return (*rows, *against_peers(full, folders, quick=quick))


class JournalQueue:
    """The outbox of one journal, as something to put into and take from."""

    name = "journal"

    def __init__(self, path: Path) -> None:
        self._journal = Journal(path, stores.KEY)
        self._numbers: Iterator[int] = count(BEYOND)

    def enqueue(self) -> None:
        """Form a payment."""
        self._journal.append(stores.formed(next(self._numbers)), at=stores.BEGIN)

    def drain(self) -> None:
        """Deliver the oldest payment."""
        with self._journal.reading() as connection:
            (row,) = queries.outbox(connection, 1)
        self._journal.append(PaymentsSent(numbers=(row.number,)), at=stores.BEGIN)
        answer = PaymentAnswered(
            number=row.number, verdict=Verdict.ACCEPTED, status=PaymentStatus.CREDITED, uid="u"
        )
        self._journal.append(answer, at=stores.BEGIN)

    def rest(self) -> None:
        """What a terminal does between customers."""
        fold_log_in(self._journal)

    def close(self) -> None:
        """Close the file."""
        self._journal.close()


def _store(stack: ExitStack, folder: Path, depth: int) -> JournalQueue:
    path = folder / f"journal-{depth}" / "journal.db"
    path.parent.mkdir()
    stack.callback(shutil.rmtree, path.parent, ignore_errors=True)
    backlog.make(path, depth)
    return stack.enter_context(closing(JournalQueue(path)))


def _growth(
    empty: JournalQueue, full: JournalQueue, depth: int, *, quick: bool
) -> Iterator[Comparison]:
    rounds, repetitions = (40, 2) if quick else (100, 5)
    enqueues: list[Pair] = []
    drains: list[Pair] = []
    for _ in range(repetitions):
        both = [_round(empty, full, first=bool(number % 2)) for number in range(rounds)]
        enqueues.append(Pair(tuple(one[0] for one in both), tuple(one[2] for one in both)))
        drains.append(Pair(tuple(one[1] for one in both), tuple(one[3] for one in both)))
        empty.rest()
        full.rest()
    yield compare(f"queue.enqueue.{depth}", ENQUEUE.format(depth=depth), BASELINE, enqueues)
    yield compare(f"queue.drain.{depth}", DRAIN.format(depth=depth), BASELINE, drains)


def _round(
    empty: JournalQueue, full: JournalQueue, *, first: bool
) -> tuple[float, float, float, float]:
    """One payment in and one out on either side: the full one's times, then the empty one's."""

    def times(of: JournalQueue) -> tuple[float, float]:
        work: tuple[Callable[[], None], ...] = (of.enqueue, of.drain)
        return seconds(work[0]), seconds(work[1])

    if first:
        ours = times(full)
        return (*ours, *times(empty))
    bare = times(empty)
    return (*times(full), *bare)
