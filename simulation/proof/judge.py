"""The judge: compares where the paper is with what the terminal and the backend have written.

Runs after the final recovery, when nothing goes wrong any more. Every violation names its law and
what was found. It must trust nobody's word but the machine's body, the printer's paper and the bytes
in the two databases.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from drivers.acceptors.device_half.paper import Paper
from offline_queue.journal import queries
from offline_queue.journal.queries import NoteRow, PaymentRow
from offline_queue.journal.records import NoteEscrowed, from_text
from offline_queue.journal.verify import rows, verify
from simulation.proof.blank import KEY
from simulation.proof.life import Life
from simulation.proof.shopfront import HOTLINE
from simulation.proof.world import World
from terminal_api import canonical_bytes
from wallet.database import open_for_reading
from wallet.reports import unbalanced_transactions
from wallet.schema import conflicts as backend_conflicts
from wallet.schema import ledger_entry
from wallet.schema import payments as backend_payments

FINAL = frozenset({"credited", "disputed"})


@dataclass(frozen=True, slots=True)
class Violation:
    """A broken law and how it shows."""

    law: str
    found: str

    def __str__(self) -> str:
        return f"{self.law}: {self.found}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What a run was made of, for the summary."""

    cassette: int
    returned: int
    payments: int
    disputed: int
    suspense: int
    cuts: int
    lives: int


@dataclass(frozen=True, slots=True)
class _Books:
    """What the terminal's journal says."""

    notes: tuple[NoteRow, ...]
    payments: tuple[PaymentRow, ...]
    slips: tuple[queries.SlipRow, ...]
    cash: dict[int, int]
    escrowed: frozenset[str]
    outbox: int
    open_session: bool


class Judge:
    """One verdict on one world."""

    def __init__(self, world: World, life: Life) -> None:
        self._world = world
        self._body = world.around.device.body
        self._books = _read(life)
        self._path = world.around.disk.path
        self._found: list[Violation] = []

    def judge(self) -> tuple[Violation, ...]:
        """Every law in turn."""
        for crash in self._world.observed.crashes:
            self._say("the terminal never crashes", crash)
        self._paper()
        self._owners()
        self._payments()
        self._numbers()
        self._slips()
        self._backend()
        self._journal()
        self._rest()
        return tuple(self._found)

    def counts(self) -> Counts:
        """What the run was made of."""
        notes = self._books.notes
        return Counts(
            cassette=len(self._body.places.stacked),
            returned=len(self._body.places.returned),
            payments=len(self._books.payments),
            disputed=sum(note.state == "disputed" for note in notes),
            suspense=sum(note.state == "stacked" and note.session is None for note in notes),
            cuts=self._world.observed.cuts,
            lives=self._world.lives,
        )

    def _say(self, law: str, found: str) -> None:
        self._found.append(Violation(law, found))

    def _must(self, holds: bool, law: str, found: str) -> None:
        if not holds:
            self._say(law, found)

    def _paper(self) -> None:
        inside = _values(self._body.places.stacked)
        stacked = self._recorded("stacked")
        disputed = self._recorded("disputed")
        self._must(
            not stacked - inside,
            "nothing is credited that is not in the cassette",
            f"{_sums(stacked - inside)} too much",
        )
        self._must(
            not inside - stacked - disputed,
            "no note in the cassette is lost",
            f"{_sums(inside - stacked - disputed)} unknown",
        )
        cash = Counter(self._books.cash)
        self._must(
            not inside - cash - disputed and not cash - inside,
            "cash by the journal is cash in the box",
            f"box {_sums(inside)}, journal {_sums(cash)}",
        )
        self._must(
            disputed.total() <= len(self._world.around.excuses),
            "a dispute only where there was no way to know",
            f"{_sums(disputed)} disputed, reasons {self._world.around.excuses}",
        )
        for violation in self._body.violations:
            self._say("no order that may swallow a note", violation)
        strangers = self._strangers()
        self._must(
            not strangers - disputed,
            "every stacked note was recorded in escrow first",
            f"{_sums(strangers - disputed)} never escrowed",
        )

    def _strangers(self) -> Counter[int]:
        """Notes that are recorded as stacked and never were in escrow. One that an earlier life has
        disputed may turn up so: it stands in the books twice, openly, and is credited to nobody.
        """
        return Counter(
            note.minor or 0
            for note in self._books.notes
            if note.state == "stacked" and note.cycle not in self._books.escrowed
        )

    def _recorded(self, state: str) -> Counter[int]:
        return Counter(note.minor or 0 for note in self._books.notes if note.state == state)

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

    def _slips(self) -> None:
        by_payment = {slip.payment_number: slip for slip in self._books.slips}
        for row in self._books.payments:
            slip = by_payment.get(row.number)
            has = slip is not None and HOTLINE in slip.text
            self._must(has, "every payment has a slip with the hotline", f"payment {row.number}")
        known = {slip.receipt_number: slip.state for slip in self._books.slips}
        printed = Counter(paper.number for paper in self._world.around.printer.slips)
        for number, times in printed.items():
            begun = known.get(number) in ("started", "printed", "failed")
            self._must(begun, "no slip is printed before it is recorded", f"slip {number}")
            self._must(times == 1, "no slip is printed twice as the first", f"slip {number}")

    def _backend(self) -> None:
        engine = open_for_reading(self._world.backend_path)
        try:
            with engine.connect() as connection:
                bodies = select(backend_payments.c.number, backend_payments.c.body)
                stored = {row.number: row.body for row in connection.execute(bodies)}
                strange = connection.execute(select(backend_conflicts.c.reason)).scalars().all()
                entries = connection.execute(select(ledger_entry.c.delta_minor)).scalars().all()
            unbalanced = unbalanced_transactions(engine)
        finally:
            engine.dispose()
        mine = {row.number: canonical_bytes(row.item).decode() for row in self._books.payments}
        self._must(
            stored == mine, "the backend has what the journal has", _difference(stored, mine)
        )
        self._must(not strange, "the backend saw no contradiction", f"{strange}")
        self._must(not unbalanced, "debits equal credits", f"{unbalanced}")
        debits = sum(delta for delta in entries if delta > 0)
        items = [row.item for row in self._books.payments]
        inserted = sum(item.inserted_minor + item.disputed_minor for item in items)
        self._must(debits == inserted, "the ledger has what was inserted", f"{debits} {inserted}")

    def _journal(self) -> None:
        for finding in verify(self._path, KEY).findings:
            self._say("the journal verifies", f"{finding.seq}: {finding.what}")

    def _rest(self) -> None:
        self._must(self._books.outbox == 0, "nothing waits for ever", "the outbox is not empty")
        self._must(not self._books.open_session, "nothing waits for ever", "a session is open")
        for row in self._books.payments:
            self._must(
                row.state in FINAL, "nothing waits for ever", f"payment {row.number}: {row.state}"
            )
        for note in self._books.notes:
            self._must(note.state != "escrowed", "nothing waits for ever", f"{note.cycle} is open")
        for slip in self._books.slips:
            ended = slip.state in ("printed", "failed")
            self._must(ended, "nothing waits for ever", f"slip {slip.receipt_number}: {slip.state}")
        still = self._body.paper is None and self._body.end is None
        self._must(still, "nothing waits for ever", f"acceptor: {self._body.phase}")


def _read(life: Life) -> _Books:
    with life.journal.reading() as connection:
        escrowed, cycles = set(), []
        for row in rows(connection):
            record = from_text(row.body)
            if isinstance(record, NoteEscrowed):
                escrowed.add(record.cycle)
            cycle = getattr(record, "cycle", None)
            if cycle is not None and cycle not in cycles:
                cycles.append(cycle)
        notes = (queries.note(connection, cycle) for cycle in cycles)
        return _Books(
            notes=tuple(note for note in notes if note is not None),
            payments=queries.payments(connection),
            slips=queries.slips(connection),
            cash=queries.cash(connection),
            escrowed=frozenset(escrowed),
            outbox=queries.outbox_state(connection).pending,
            open_session=queries.open_session(connection) is not None,
        )


def _values(papers: Iterable[Paper]) -> Counter[int]:
    return Counter((paper.value or 0) * 100 for paper in papers)


def _sums(notes: Counter[int]) -> str:
    return ", ".join(f"{count} x {minor // 100}" for minor, count in sorted(notes.items()))


def _difference(stored: dict[int, str], mine: dict[int, str]) -> str:
    other = [n for n in stored.keys() & mine.keys() if stored[n] != mine[n]]
    return (
        f"missing there {sorted(mine.keys() - stored.keys())}, "
        f"only there {sorted(stored.keys() - mine.keys())}, other content {sorted(other)}"
    )
