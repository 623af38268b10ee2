"""The laws of banknotes: each piece of paper against what the books say of it.

The truth is where the machine holds the paper. Sums are compared first, without any knowledge of
which record means which paper; then note by note.
"""

from collections import Counter
from collections.abc import Iterable

from drivers.acceptors.device_half.mechanism import Mechanism
from drivers.acceptors.device_half.paper import Paper
from offline_queue.journal.queries import NoteRow
from simulation.proof.doubts import FREED_IN_THE_DARK, Doubts
from simulation.proof.evidence import Books
from simulation.proof.findings import Findings

INSIDE, RETURNED, REMOVED = "cassette", "returned", "removed"
_TAKEN = ("stacked", "disputed")


def judge_sums(body: Mechanism, books: Books, findings: Findings) -> None:
    """Values that are in the cassette against values that are recorded."""
    inside = _values(body.places.stacked)
    stacked, disputed = _recorded(books, "stacked"), _recorded(books, "disputed")
    findings.must(
        not stacked - inside,
        "nothing is credited that is not in the cassette",
        f"{_sums(stacked - inside)} too much",
    )
    lost = inside - stacked - disputed
    findings.must(not lost, "no note in the cassette is lost", f"{_sums(lost)} unknown")
    cash = Counter(books.cash)
    for record in books.collections:
        cash.update({one.minor: one.count for one in record.counts})
    findings.must(
        not inside - cash - disputed and not cash - inside,
        "cash by the journal is cash in the box",
        f"boxes {_sums(inside)}, journal {_sums(cash)}",
    )
    strangers = Counter(
        note.minor or 0
        for note in books.notes
        if note.state == "stacked" and note.cycle not in books.escrowed
    )
    findings.must(
        not strangers,
        "every stacked note was recorded in escrow first",
        f"{_sums(strangers)} never escrowed",
    )


class NoteLaws:
    """Note by note. `papers` says which paper each cycle is about."""

    def __init__(
        self,
        body: Mechanism,
        books: Books,
        papers: dict[str, int],
        doubts: Doubts,
        findings: Findings,
    ) -> None:
        self._body = body
        self._papers = papers
        self._doubts = doubts
        self._findings = findings
        self._rows: dict[int | None, list[NoteRow]] = {}
        for row in books.notes:
            self._rows.setdefault(papers.get(row.cycle), []).append(row)

    def judge(self) -> None:
        """Every paper, and every record that no paper explains."""
        places = {
            INSIDE: self._body.places.stacked,
            RETURNED: self._body.places.returned,
            REMOVED: self._body.places.removed,
        }
        found = sum(len(papers) for papers in places.values()) + (self._body.paper is not None)
        self._findings.must(
            found == self._body.numbered,
            "every piece of paper is in one place",
            f"{self._body.numbered} were drawn in, {found} are anywhere",
        )
        for place, papers in places.items():
            for paper in papers:
                self._paper(paper, place, self._rows.get(paper.number, []))
        for row in self._rows.get(None, []):
            self._findings.say("every record is about a note", f"{row.cycle} {row.state}")

    def _paper(self, paper: Paper, place: str, rows: list[NoteRow]) -> None:
        taken = [row for row in rows if row.state in _TAKEN]
        told = f"paper {paper.number} of {paper.value}, {place}: {_brief(rows)}"
        self._findings.must(len(taken) <= 1, "a note stands in the books once", told)
        if place == INSIDE and paper.value:
            same = len(taken) == 1 and taken[0].minor in (None, paper.value * 100)
            self._findings.must(same, "a note in the cassette is in the books", told)
        else:
            credited = any(row.state == "stacked" for row in taken)
            self._findings.must(not credited, "a note that is not inside is not credited", told)
        if place == REMOVED and FREED_IN_THE_DARK not in self._doubts.of(paper.number):
            believed = any(row.state == "returned" for row in rows)
            self._findings.must(
                not believed, "a note in a technician's hand was not given back", told
            )
        if any(row.state == "disputed" for row in rows):
            self._findings.must(
                bool(self._doubts.of(paper.number)),
                "a dispute only where there was no way to know",
                told,
            )


def _values(papers: Iterable[Paper]) -> Counter[int]:
    return Counter((paper.value or 0) * 100 for paper in papers)


def _recorded(books: Books, state: str) -> Counter[int]:
    return Counter(note.minor or 0 for note in books.notes if note.state == state)


def _sums(notes: Counter[int]) -> str:
    return ", ".join(f"{count} x {minor // 100}" for minor, count in sorted(notes.items()))


def _brief(rows: list[NoteRow]) -> str:
    return ", ".join(f"{row.cycle} {row.state} {row.minor}" for row in rows) or "no record"
