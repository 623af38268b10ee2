"""Whatever a terminal may write, snapped and pruned anywhere: base and rest give the whole."""

from contextlib import closing
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from offline_queue.journal import ChainKey, Journal, queries, schema
from offline_queue.journal import records as r
from offline_queue.journal.audit import audit
from offline_queue.journal.cash_records import CashCollected, CollectionHow, NoteReported
from offline_queue.journal.live import all_rows
from offline_queue.journal.prune import PruneWork, Retention
from offline_queue.journal.snapshot import take_snapshot
from offline_queue.journal.verify import verify
from terminal_api.notes import LooseState
from terminal_api.payments import PaymentStatus, Verdict

KEY = ChainKey(bytes(range(32)))
NOW = datetime(2026, 5, 1, tzinfo=UTC)
LATER = NOW + timedelta(days=365)


class Terminal:
    """Makes what a terminal may write, one step after the other."""

    def __init__(self, make):
        self.make = make
        self.count = 0
        self.number = 0
        self.receipt = 0
        self.collections = 0
        self.waiting = []
        self.unprinted = []
        self.untold = []

    def step(self, what, how):
        return list(getattr(self, f"_{what}")(how))

    def _new(self, prefix):
        self.count += 1
        return f"{prefix}{self.count}"

    def _pay(self, how):
        session, cycle = self._new("s"), self._new("n")
        yield self.make.session_opened(session)
        yield self.make.escrowed(session, cycle)
        if how == 0:
            yield self.make.disputed(session, cycle)
        else:
            yield self.make.stacked(session, cycle)
        self.number += 1
        self.receipt = self.number
        yield self.make.formed(self.number, session, cycle)
        self.waiting.append(self.number)
        self.unprinted.append(self.number)

    def _leave(self, how):
        session, cycle = self._new("s"), self._new("n")
        yield self.make.session_opened(session)
        if how:
            yield self.make.escrowed(session, cycle, r.Decision.RETURN)
            yield r.NoteReturned(cycle=cycle, why="refused")
        yield r.SessionClosed(session=session, why=r.SessionEnd.LEFT)

    def _print(self, how):
        if self.unprinted:
            number = self.unprinted.pop(how % len(self.unprinted))
            yield r.SlipStarted(receipt_number=number)
            yield r.SlipSettled(
                receipt_number=number, outcome=list(r.SlipOutcome)[how % len(r.SlipOutcome)]
            )

    def _deliver(self, how):
        if self.waiting:
            number = self.waiting[how % len(self.waiting)]
            yield r.PaymentsSent(numbers=(number,))
            status = (PaymentStatus.ACCEPTED, PaymentStatus.CREDITED, PaymentStatus.REFUSED)[
                how % 3
            ]
            yield self.make.answered(number, status, Verdict.ACCEPTED)
            if status is not PaymentStatus.ACCEPTED:
                self.waiting.remove(number)

    def _lose(self, how):
        cycle = self._new("n")
        yield self.make.stacked(None, cycle)
        self.untold.append(cycle)

    def _tell(self, how):
        if self.untold:
            yield NoteReported(
                cycle=self.untold.pop(0), state=LooseState.SUSPENSE, verdict=Verdict.ACCEPTED
            )

    def _settle(self, how):
        """All that waits comes to its end."""
        while self.unprinted:
            yield from self._print(0)
        while self.waiting:
            yield from self._deliver(1)
        while self.untold:
            yield from self._tell(0)

    def _collect(self, how):
        self.collections += 1
        yield CashCollected(
            number=self.collections,
            request=f"order-{self.collections}",
            operator="Collector",
            how=CollectionHow.ANNOUNCED,
            receipt_number=1_000 + self.collections,
            since="",
            at="",
            counts=(),
            disputed=(),
            suspense=(),
            payments=0,
            openings=0,
            slip_text="",
            template="",
        )
        yield r.SlipStarted(receipt_number=1_000 + self.collections)
        yield r.SlipSettled(receipt_number=1_000 + self.collections, outcome=r.SlipOutcome.PRINTED)


WRITES = (
    "pay",
    "pay",
    "leave",
    "print",
    "print",
    "deliver",
    "deliver",
    "lose",
    "tell",
    "collect",
    "settle",
)
WORKS = ("snap", "prune", "prune", "restart")
steps = st.tuples(st.sampled_from((*WRITES, *WORKS)), st.integers(0, 30))


def prune(journal, up_to):
    work = PruneWork(journal, Retention(older_than=LATER, up_to=up_to))
    while not work.step(LATER):
        pass
    work.close()


def content(journal):
    found = {
        table.name: journal.at_rest(lambda driver, table=table: list(all_rows(driver, table)))
        for table in schema.PROJECTIONS
    }
    with journal.reading() as connection:
        found["suspense"] = [note.cycle for note in queries.suspense(connection)]
        found["outbox"] = [row.number for row in queries.outbox(connection, 1_000)]
        found["unfinished"] = [row.receipt_number for row in queries.slips_unfinished(connection)]
    return found


@settings(max_examples=25, deadline=None)
@given(
    history=st.lists(
        st.lists(steps, min_size=3, max_size=8).map(
            # Else something is nearly always still to come, and nothing may be pruned.
            lambda some: [*some, ("settle", 0), ("prune", 20)]
        ),
        min_size=1,
        max_size=4,
    ).map(lambda parts: [step for part in parts for step in part])
)
def test_pruned_and_snapped_anywhere_it_says_what_the_whole_says(tmp_path_factory, make, history):
    folder = tmp_path_factory.mktemp("history")
    terminal = Terminal(make)
    journal = Journal(folder / "journal.db", KEY)
    with closing(Journal(folder / "whole.db", KEY)) as whole:
        for what, how in history:
            if what == "snap" and journal.end.seq:
                take_snapshot(journal)
            elif what == "prune":
                prune(journal, up_to=journal.end.seq * how // 30)
            elif what == "restart":
                journal.close()
                journal = Journal(folder / "journal.db", KEY)
                assert journal.start.differed == ()
            elif what not in WORKS:
                for record in terminal.step(what, how):
                    journal.append(record, at=NOW)
                    whole.append(record, at=NOW)
        verdict = verify(folder / "journal.db", KEY)
        assert verdict.ok, verdict.findings
        assert audit(journal) == ()
        assert journal.start.differed == ()
        mine, all_of_it = content(journal), content(whole)
    journal.close()
    for name in ("cash", "collected_cash", "suspense", "outbox", "unfinished"):
        assert mine[name] == all_of_it[name]
    for name in ("payment", "slip"):
        assert set(mine[name]) <= set(all_of_it[name])
