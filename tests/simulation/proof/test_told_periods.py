"""The backend was told of closed periods what the journal says of them, or the judge says so."""

from dataclasses import replace

import pytest

from kiosk.terminal import collection_reports
from offline_queue.journal.cash_records import (
    CashCollected,
    CashCount,
    CollectionHow,
    NoteInQuestion,
)
from simulation.proof.findings import Findings
from simulation.proof.plan import Plan
from simulation.proof.run import run
from simulation.proof.told_periods import judge_told_periods
from terminal_api import canonical_bytes

LOOK_AMONG = range(1, 31)
AT = "2026-05-01T06:30:00.500000+00:00"
LAW = "the backend has every closed period as it was closed"
DOUBT = NoteInQuestion(cycle="c1", minor=None, currency="", at=AT, evidence=("jam",))
CLOSED = CashCollected(
    number=1,
    request="order-1",
    operator="Петров",
    how=CollectionHow.ANNOUNCED,
    receipt_number=1,
    since=AT,
    at=AT,
    counts=(
        CashCount(currency="RUB", minor=5_000, count=2),
        CashCount(currency="RUB", minor=10_000, count=0),
    ),
    disputed=(DOUBT,),
    suspense=(replace(DOUBT, cycle="c2", minor=5_000, currency="RUB"),),
    payments=1,
    openings=0,
    slip_text="",
    template="",
)


def body_of(record):
    return canonical_bytes(collection_reports._report(record)).decode()


def broken(stored, *closed):
    findings = Findings()
    judge_told_periods(stored, closed, findings)
    return {one.law for one in findings.all}


def test_a_period_told_as_it_was_closed_breaks_no_law():
    assert broken({1: body_of(CLOSED)}, CLOSED) == set()


@pytest.mark.parametrize(
    "told",
    [
        replace(CLOSED, counts=()),
        replace(CLOSED, counts=(CashCount(currency="RUB", minor=5_000, count=1),)),
        replace(CLOSED, disputed=()),
        replace(CLOSED, suspense=()),
        replace(CLOSED, operator="Сидоров"),
        replace(CLOSED, at="2026-05-01T06:30:01+00:00"),
        replace(CLOSED, since=""),
    ],
    ids=["cash", "a note", "dispute", "suspense", "person", "end", "beginning"],
)
def test_whatever_a_report_leaves_out_or_changes_is_seen(told):
    assert broken({1: body_of(told)}, CLOSED) == {LAW}


def test_a_period_that_was_not_told_or_never_closed_is_seen():
    assert broken({}, CLOSED) == broken({1: body_of(CLOSED)}) == {LAW}


def test_a_report_that_says_less_cash_is_caught_in_a_run(monkeypatch):
    """The sum of box and vault stays the same: nothing else would show it."""
    healthy = collection_reports._report

    def report(record):
        return healthy(replace(record, counts=record.counts[:-1]))

    monkeypatch.setattr(collection_reports, "_report", report)
    for seed in LOOK_AMONG:
        result = run(Plan(seed=seed), keeps_history=False)
        if result.violations:
            assert {one.law for one in result.violations} == {LAW}
            monkeypatch.undo()
            assert run(Plan(seed=seed), keeps_history=False).ok
            return
    pytest.fail("no run closed a period with cash in it")
