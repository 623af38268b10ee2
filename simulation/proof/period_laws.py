"""The laws of the cash box: what each collection says against the paper that was in the box then."""

from collections import Counter
from collections.abc import Iterable

from drivers.acceptors.device_half.mechanism import Mechanism
from drivers.acceptors.device_half.paper import Paper
from offline_queue.journal.cash_records import CashCollected
from simulation.proof.collector import CashCollector
from simulation.proof.evidence import Books
from simulation.proof.findings import Findings


def judge_periods(
    body: Mechanism, books: Books, collector: CashCollector, findings: Findings
) -> None:
    """Period by period, the present one last. A note that was disputed in its period and found later
    is counted in the period in which it was found.
    """
    numbers = [record.number for record in books.collections]
    findings.must(
        numbers == list(range(1, len(numbers) + 1)), "collection numbers without gaps", f"{numbers}"
    )
    findings.must(
        not collector.strays,
        "a box that is taken away holds closed periods only",
        f"papers {collector.strays}",
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
