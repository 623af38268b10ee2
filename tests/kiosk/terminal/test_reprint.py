"""A slip is printed again by order only, says that it is a copy, and is on record."""

import pytest

from drivers.printers.contract import (
    Removal,
    SlipFailed,
    SlipFailure,
    SlipNotTaken,
    SlipPrinted,
    SlipTaken,
)
from kiosk.terminal.reprint import NotReprinted, Reprint, Reprinted, ReprintRefused
from kiosk.terminal.snapshot import Screen, SlipState
from kiosk.terminal.touch import Action
from offline_queue.journal import queries
from offline_queue.journal.records import DeviceNoted, from_text
from offline_queue.journal.verify import rows
from offline_queue.sync.messages import Answered
from terminal_api.payments import PaymentAnswer, PaymentStatus, Verdict

COPY = "КОПИЯ".encode("cp866")
ORDER = Reprint(request="r1", payment_number=1)


def paid(bench, outcome=None):
    bench.go_to_money()
    bench.feed(100)
    bench.pay()
    bench.tell(outcome or SlipPrinted(slip=1))


def printed(bench):
    return [(number, data) for _, number, data in bench.orders.named("print")]


def noted(bench):
    with bench.journal.reading() as connection:
        found = [from_text(row.body) for row in rows(connection)]
    return [
        (one.event, one.detail)
        for one in found
        if isinstance(one, DeviceNoted) and one.device == "printer"
    ]


@pytest.mark.parametrize(
    "outcome",
    [
        SlipPrinted(slip=1),
        SlipFailed(slip=1, why=SlipFailure.NOT_CONFIRMED, sent=True),
        SlipFailed(slip=1, why=SlipFailure.NOT_READY, sent=False),
    ],
)
def test_a_copy_says_so_and_takes_no_receipt_number(bench, outcome):
    paid(bench, outcome)
    (first,) = printed(bench)
    assert COPY not in first[1]
    bench.tell(ORDER)
    copy = printed(bench)[1]
    assert copy[0] != first[0]
    assert COPY in copy[1]
    bench.tell(SlipPrinted(slip=copy[0]))
    assert bench.answers == [Reprinted(request="r1", payment_number=1)]
    assert [slip.receipt_number for slip in bench.ask(queries.slips)] == [1]
    assert noted(bench) == [("copy started", "receipt 1"), ("copy printed", "receipt 1")]


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (PaymentStatus.CREDITED, "платёж зачислен"),
        (PaymentStatus.REFUSED, "платёж отклонён"),
        (PaymentStatus.DISPUTED, "идёт проверка"),
        (PaymentStatus.ACCEPTED, "платёж принят"),
    ],
)
def test_a_copy_says_how_the_payment_stands_by_then(bench, status, words):
    paid(bench)
    answer = PaymentAnswer(number=1, verdict=Verdict.ACCEPTED, status=status, uid="u1")
    bench.tell(Answered(answers=(answer,)), ORDER)
    assert words.encode("cp866") in printed(bench)[-1][1]
    assert words == "платёж принят" or words.encode("cp866") not in printed(bench)[0][1]


def test_a_copy_says_of_a_parked_payment_that_it_is_looked_into(bench):
    paid(bench)
    answer = PaymentAnswer(
        number=1, verdict=Verdict.CONFLICT, status=PaymentStatus.UNKNOWN, uid=None
    )
    bench.tell(Answered(answers=(answer,)), ORDER)
    assert "в обработке".encode("cp866") in printed(bench)[-1][1]


def test_a_copy_changes_nothing_that_is_known_of_the_first(bench):
    paid(bench, SlipFailed(slip=1, why=SlipFailure.NOT_CONFIRMED, sent=True))
    bench.tell(ORDER)
    assert bench.shown.result.slip is SlipState.FAILED
    bench.tell(SlipPrinted(slip=printed(bench)[1][0]))
    assert bench.shown.result.slip is SlipState.FAILED
    assert [slip.state for slip in bench.ask(queries.slips)] == ["failed"]


def test_a_copy_that_does_not_come_out_is_refused_and_may_be_ordered_again(bench):
    paid(bench)
    bench.tell(ORDER)
    copy = printed(bench)[1][0]
    bench.tell(SlipFailed(slip=copy, why=SlipFailure.NOT_READY, sent=False))
    refused = ReprintRefused(request="r1", payment_number=1, why=NotReprinted.PRINTER)
    assert bench.answers == [refused]
    bench.tell(ORDER)
    assert len(printed(bench)) == 3


def test_the_slip_itself_comes_first_and_one_copy_at_a_time(bench):
    bench.go_to_money()
    bench.feed(100)
    bench.pay()
    waits = ReprintRefused(request="r1", payment_number=1, why=NotReprinted.STILL_WAITS)
    bench.tell(ORDER)
    assert bench.answers == [waits]
    bench.tell(SlipPrinted(slip=1), ORDER, ORDER)
    assert bench.answers == [waits, waits]
    assert len(printed(bench)) == 2


def test_a_payment_that_nobody_made_has_no_slip(bench):
    bench.tell(Reprint(request="r2", payment_number=77))
    assert bench.answers == [
        ReprintRefused(request="r2", payment_number=77, why=NotReprinted.UNKNOWN)
    ]
    assert printed(bench) == []


def test_a_copy_that_cannot_be_recorded_is_not_printed(bench):
    paid(bench)
    bench.journal.broken = True
    bench.tell(ORDER)
    assert len(printed(bench)) == 1
    refused = ReprintRefused(request="r1", payment_number=1, why=NotReprinted.STORAGE)
    assert bench.answers == [refused]
    bench.journal.broken = False
    bench.wait(3)
    assert len(printed(bench)) == 1


def test_a_copy_of_an_earlier_life_ends_nothing_in_this_one(bench):
    paid(bench)
    bench.tell(ORDER)
    copy = printed(bench)[1][0]
    bench.cut_power()
    bench.start()
    bench.tell(SlipPrinted(slip=copy))
    assert [slip.state for slip in bench.ask(queries.slips)] == ["printed"]
    assert bench.shown.screen is not Screen.OUT_OF_SERVICE


@pytest.mark.parametrize("removal", Removal)
def test_a_slip_that_nobody_took_is_on_record(bench, removal):
    paid(bench)
    bench.tell(SlipNotTaken(slip=1, removal=removal))
    assert noted(bench) == [(f"slip {removal.value}", "receipt 1")]


def test_a_slip_that_was_taken_needs_no_record(bench):
    paid(bench)
    bench.tell(SlipTaken(slip=1))
    assert noted(bench) == []


def test_a_slip_that_an_earlier_life_began_is_parted_from_the_next(bench):
    bench.touch(Action.FINISH)
    bench.go_to_money()
    bench.feed(100)
    bench.pay()
    bench.cut_power()
    bench.start()
    assert bench.orders.named("part from the last")
