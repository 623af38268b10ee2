"""Closed periods are told to the backend in order, until each is answered for."""

from kiosk.terminal.rules import FINAL_STATUS_LOOK_S
from kiosk.terminal.service import Collect
from offline_queue.sync.messages import CollectionsAnswered, CollectionsParked
from terminal_api.collections import CollectionAnswer, CollectionBatch
from terminal_api.payments import Verdict


def told(bench):
    return [
        one
        for _, batch in bench.orders.named("report")
        if isinstance(batch, CollectionBatch)
        for one in batch.collections
    ]


def collect(bench, request):
    bench.tell(Collect(request=request, operator="Петров"))


def look(bench):
    bench.wait(FINAL_STATUS_LOOK_S + 1)


def answered(bench, *numbers, verdict=Verdict.ACCEPTED):
    said = tuple(CollectionAnswer(period=one, verdict=verdict) for one in numbers)
    bench.tell(CollectionsAnswered(answers=said))


def test_a_closed_period_is_told_with_its_counts_and_then_no_more(bench):
    bench.stacked(bench.new_cycle(), 100)
    collect(bench, "one")
    look(bench)
    (period,) = told(bench)
    assert (period.period, period.operator_id) == (1, "Петров")
    assert [(it.currency, it.minor, it.count) for it in period.counts] == [("RUB", 10_000, 1)]
    assert [it.minor for it in period.suspense] == [10_000]
    answered(bench, 1)
    look(bench)
    assert len(told(bench)) == 1
    assert bench.verdict().findings == ()


def test_what_was_told_before_a_power_cut_is_told_again_with_the_same_content(bench):
    collect(bench, "one")
    look(bench)
    first = told(bench)
    assert first
    bench.cut_power()
    bench.start()
    assert told(bench) == first


def test_a_conflict_or_an_unreadable_report_waits_for_a_person_and_holds_up_nothing(bench):
    collect(bench, "one")
    look(bench)
    answered(bench, 1, verdict=Verdict.CONFLICT)
    collect(bench, "two")
    look(bench)
    bench.tell(CollectionsParked(periods=(2,), why="unreadable"))
    collect(bench, "three")
    look(bench)
    assert [one.period for one in told(bench)] == [1, 2, 3]


def test_a_period_without_an_answer_is_told_again_with_what_follows_it(bench):
    collect(bench, "one")
    collect(bench, "two")
    look(bench)
    answered(bench, 2)
    bench.orders.log.clear()
    look(bench)
    assert [one.period for one in told(bench)] == [1, 2]
