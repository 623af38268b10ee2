"""The judge: compares where the paper is with what the terminal and the backend have written.

Runs after the final recovery, when nothing goes wrong any more. Every violation names its law and
what was found. It must trust nobody's word but the machine's body, the printer's paper and the bytes
in the two databases.
"""

from collections import Counter

from sqlalchemy import select

from offline_queue.journal.verify import verify
from simulation.proof.blank import KEY
from simulation.proof.evidence import read_books
from simulation.proof.findings import Counts, Findings, Violation
from simulation.proof.life import Life
from simulation.proof.note_laws import NoteLaws, judge_sums
from simulation.proof.period_laws import judge_periods
from simulation.proof.slip_laws import judge_slips
from simulation.proof.told_periods import judge_told_periods
from simulation.proof.world import World
from terminal_api import canonical_bytes
from wallet.books.tables import collections as backend_collections
from wallet.books.tables import ledger_line
from wallet.books.verify import verify_books
from wallet.payments.tables import conflicts as backend_conflicts
from wallet.payments.tables import payments as backend_payments
from wallet.storage.database import open_for_reading

FINAL = frozenset({"credited", "disputed"})


class Judge:
    """One verdict on one world."""

    def __init__(self, world: World, life: Life) -> None:
        self._world = world
        self._body = world.around.device.body
        self._books = read_books(life)
        self._archive = life.archive
        self._path = world.around.disk.path
        self._findings = Findings()

    def judge(self) -> tuple[Violation, ...]:
        """Every law in turn."""
        around = self._world.around
        for crash in self._world.observed.crashes:
            self._findings.say("the terminal never crashes", crash)
        judge_sums(self._body, self._books, self._findings)
        NoteLaws(self._body, self._books, around.papers, around.doubts, self._findings).judge()
        judge_periods(self._body, self._books, around.collector, around.papers, self._findings)
        for violation in self._body.violations:
            self._findings.say("no order that may swallow a note", violation)
        self._owners()
        self._payments()
        self._numbers()
        judge_slips(self._books, around.printer.slips, self._findings)
        self._backend()
        self._journal()
        self._rest()
        return tuple(self._findings.all)

    def counts(self) -> Counts:
        """What the run was made of."""
        notes, places = self._books.notes, self._body.places
        return Counts(
            notes=self._body.numbered,
            cassette=len(places.stacked),
            returned=len(places.returned),
            removed=len(places.removed),
            payments=len(self._books.payments),
            disputed=sum(note.state == "disputed" for note in notes),
            collections=len(self._books.collections),
            suspense=sum(note.state == "stacked" and note.session is None for note in notes),
            cuts=self._world.observed.cuts,
            lives=self._world.lives,
            pruned=self._books.pruned,
        )

    def _must(self, holds: bool, law: str, found: str) -> None:
        self._findings.must(holds, law, found)

    def _owners(self) -> None:
        """What was credited to a customer's account is in the cassette and was hers."""
        accounts = {one.account: one.number for one in self._world.customers}
        inside: dict[int, Counter[int]] = {}
        for paper in self._body.places.stacked:
            owner = self._world.observed.owners[paper.number]
            inside.setdefault(owner, Counter())[(paper.value or 0) * 100] += 1
        credited: dict[int, Counter[int]] = {}
        for row in self._books.payments:
            owner = accounts[row.item.account[-10:]]
            mine = credited.setdefault(owner, Counter())
            mine.update(note.minor for note in row.item.notes if not note.disputed)
        for owner, notes in credited.items():
            extra = notes - inside.get(owner, Counter())
            self._must(not extra, "a note is credited to whom it belonged", f"{owner}: {extra}")

    def _payments(self) -> None:
        paid = {note.cycle for row in self._books.payments for note in row.item.notes}
        count = sum(len(row.item.notes) for row in self._books.payments)
        self._must(len(paid) == count, "no note stands in two payments", f"{count - len(paid)}")
        for row in self._books.payments:
            item = row.item
            total = item.credited_minor + item.fee_minor + item.change_minor
            inserted = sum(note.minor for note in item.notes if not note.disputed)
            self._must(
                item.inserted_minor == total == inserted,
                "inserted = credited + fee + change",
                f"payment {item.number}",
            )
        for note in self._books.notes:
            homeless = note.state in ("stacked", "disputed") and note.session is not None
            self._must(
                not homeless or note.cycle in paid,
                "every note of a session is in its payment",
                f"{note.cycle} {note.state} {note.minor}",
            )

    def _numbers(self) -> None:
        numbers = [row.number for row in self._books.payments]
        self._must(
            numbers == list(range(1, len(numbers) + 1)),
            "payment numbers without gaps",
            f"{numbers}",
        )
        receipts = [slip.receipt_number for slip in self._books.slips]
        self._must(
            receipts == list(range(1, len(receipts) + 1)),
            "receipt numbers without gaps",
            f"{receipts}",
        )

    def _backend(self) -> None:
        engine = open_for_reading(self._world.backend_path)
        try:
            with engine.connect() as connection:
                bodies = select(backend_payments.c.number, backend_payments.c.body)
                stored = {row.number: row.body for row in connection.execute(bodies)}
                strange = connection.execute(select(backend_conflicts.c.reason)).scalars().all()
                told = select(backend_collections.c.period, backend_collections.c.body)
                periods = {row.period: row.body for row in connection.execute(told)}
                entries = select(ledger_line.c.account, ledger_line.c.delta_minor)
                balances: Counter[str] = Counter()
                for row in connection.execute(entries):
                    balances[row.account.split(":")[0]] += row.delta_minor
            wrong = verify_books(engine).findings
        finally:
            engine.dispose()
        mine = {row.number: canonical_bytes(row.item).decode() for row in self._books.payments}
        self._must(
            stored == mine, "the backend has what the journal has", _difference(stored, mine)
        )
        judge_told_periods(periods, self._books.collections, self._findings)
        self._must(not strange, "the backend saw no contradiction", f"{strange}")
        self._must(not wrong, "the books verify", f"{wrong}")
        self._ledger(balances)

    def _ledger(self, balances: Counter[str]) -> None:
        """Cash and doubts of the backend are those of the journal, notes in no payment included."""
        for accounts, state in (
            (("cash_in_transit", "agent_vault"), "stacked"),
            (("cash_disputed",), "disputed"),
        ):
            known = sum(note.minor or 0 for note in self._books.notes if note.state == state)
            booked = sum(balances[it] for it in accounts)
            self._must(
                booked == known,
                "the ledger has what the journal has",
                f"{accounts} {booked}, {state} {known}",
            )

    def _journal(self) -> None:
        for finding in verify(self._path, KEY, archive=self._archive).findings:
            self._findings.say("the journal verifies", f"{finding.seq}: {finding.what}")
        for wrong in self._books.wrongly_pruned:
            self._findings.say("pruning lets go of what has ended, and of nothing else", wrong)
        for alarm in self._books.alarms:
            self._findings.say("the terminal finds its own journal whole", alarm)

    def _rest(self) -> None:
        law = "nothing waits for ever"
        self._must(self._books.outbox == 0, law, "the outbox is not empty")
        self._must(self._books.untold == 0, law, "a note is not reported to the backend")
        self._must(not self._books.open_session, law, "a session is open")
        for row in self._books.payments:
            self._must(row.state in FINAL, law, f"payment {row.number}: {row.state}")
        for note in self._books.notes:
            self._must(note.state != "escrowed", law, f"{note.cycle} is open")
        for slip in self._books.slips:
            ended = slip.state in ("printed", "failed")
            self._must(ended, law, f"slip {slip.receipt_number}: {slip.state}")
        still = self._body.paper is None and self._body.end is None
        self._must(still, law, f"acceptor: {self._body.phase}")


def _difference(stored: dict[int, str], mine: dict[int, str]) -> str:
    other = [n for n in stored.keys() & mine.keys() if stored[n] != mine[n]]
    return (
        f"missing there {sorted(mine.keys() - stored.keys())}, "
        f"only there {sorted(stored.keys() - mine.keys())}, other content {sorted(other)}"
    )
