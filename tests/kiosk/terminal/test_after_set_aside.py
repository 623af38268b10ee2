"""A note that the damaged journal knew is told again to the new one: it is one note still."""

import sqlite3
from contextlib import closing

import pytest

from drivers.acceptors.contract import StackedHow
from offline_queue.journal import queries
from offline_queue.journal.number_mark import NumberMark
from offline_queue.journal.opening import open_for_service


@pytest.fixture
def damaged(bench):
    """The last note is in a payment, its acknowledgement was lost, and so was the journal."""

    def spoil(statement):
        bench.go_to_money()
        bench.feed(100)
        bench.pay()
        key, path = bench.journal.key, bench.journal.path
        NumberMark(path, key).begin({"payment_number": 1, "receipt_number": 1})
        bench.journal.close()
        with closing(sqlite3.connect(path, isolation_level=None)) as file:
            file.execute(statement)
        opened = open_for_service(path, key, set_aside=True, now=bench.clock.now)
        opened.journal.close()
        bench.start()
        return bench

    return spoil


def test_it_is_not_counted_twice(damaged):
    bench = damaged("DELETE FROM record WHERE seq = 2")
    before = bench.cash
    bench.stacked(bench.new_cycle(), 100, StackedHow.RECOVERED)
    bench.ready()
    assert bench.cash == before
    assert bench.ask(queries.suspense) == ()


def test_another_value_is_another_note(damaged):
    bench = damaged("DELETE FROM record WHERE seq = 2")
    bench.stacked(bench.new_cycle(), 500, StackedHow.RECOVERED)
    bench.ready()
    assert [note.minor for note in bench.ask(queries.suspense)] == [50_000]


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM record WHERE seq = (SELECT max(seq) FROM record)",
        "UPDATE head SET seal = x'00'",
    ],
    ids=["the last record is missing", "the seal is spoilt"],
)
def test_where_the_end_is_not_proved_nothing_is_guessed(damaged, damage):
    """A note may have ended last of which nothing can be read: this one may be it. So it stands in
    the books twice, and at the next count one is missing; else a new one would stand nowhere.
    """
    bench = damaged(damage)
    bench.stacked(bench.new_cycle(), 100, StackedHow.RECOVERED)
    bench.ready()
    assert [note.minor for note in bench.ask(queries.suspense)] == [10_000]
