"""The laws of the cash box: what each collection says against the paper that was in the box then."""

from collections import Counter
from collections.abc import Iterable, Mapping

from drivers.acceptors.device_half.mechanism import Mechanism
from drivers.acceptors.device_half.paper import Paper
from offline_queue.journal.cash_records import CashCollected
from simulation.proof.collector import CashCollector
from simulation.proof.evidence import Books
from simulation.proof.findings import Findings


def judge_periods(
    body: Mechanism,
    books: Books,
    collector: CashCollector,
    papers_of: Mapping[str, int],
    findings: Findings,
) -> None:
    """Period by period, the present one last. A note that was disputed in its period and found later
    is counted in the period in which it was found; a jam may let it into the old box after its period
    was closed, and then it stands in that period's list of disputed notes.

    `papers_of` says which paper each cycle is about.
    """
    numbers = [record.number for record in books.collections]
    findings.must(
        numbers == list(range(1, len(numbers) + 1)), "collection numbers without gaps", f"{numbers}"
    )
    listed = {
        papers_of.get(note.cycle): record.number
        for record in reversed(books.collections)
        for note in record.disputed
    }
    strays = [
        paper for paper, last in collector.strays.items() if listed.get(paper, last + 1) > last
    ]
    findings.must(
        not strays, "a box that is taken away holds closed periods only", f"papers {strays}"
    )
    papers = {paper.number: paper for paper in body.places.stacked}
    before: frozenset[int] = frozenset()
    in_doubt: Counter[int] = Counter()
    for record in books.collections:
        closed = collector.closed.get(record.number, before)
        inside = _values(papers[number] for number in closed - before)
        in_doubt += _disputed(record)
        _judge_one(f"period {record.number}", inside, _counted(record), in_doubt, findings)
        before |= closed
    inside = _values(papers[number] for number in papers.keys() - before)
    in_doubt += Counter(note.minor or 0 for note in books.notes if note.state == "disputed")
    _judge_one("the present period", inside, Counter(books.cash), in_doubt, findings)


def _judge_one(
    name: str,
    inside: Counter[int],
    counted: Counter[int],
    in_doubt: Counter[int],
    findings: Findings,
) -> None:
    missing, too_much = inside - counted - in_doubt, counted - inside - in_doubt
    findings.must(
        not missing and not too_much,
        "cash by the journal is cash in the box",
        f"{name}: missing {dict(missing)}, too much {dict(too_much)}",
    )


def _values(papers: Iterable[Paper]) -> Counter[int]:
    return Counter((paper.value or 0) * 100 for paper in papers)


def _counted(record: CashCollected) -> Counter[int]:
    return Counter({one.minor: one.count for one in record.counts})


def _disputed(record: CashCollected) -> Counter[int]:
    return Counter(note.minor or 0 for note in record.disputed)
