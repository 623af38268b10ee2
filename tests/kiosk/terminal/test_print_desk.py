"""Slips: one after the other, each recorded before and after, none printed twice."""

import pytest

from drivers.acceptors.contract import Disabled
from drivers.printers.contract import (
    Paper,
    PrinterChanged,
    PrinterState,
    SlipFailed,
    SlipFailure,
    SlipPrinted,
)
from kiosk.terminal.snapshot import Screen, SlipState
from kiosk.terminal.touch import Action
from offline_queue.journal import queries

WORKS = PrinterChanged(state=PrinterState(reachable=True, online=True, paper=Paper.OK))


def pay(bench):
    bench.touch(Action.FINISH)
    bench.go_to_money()
    bench.feed(100)
    bench.pay()


def printed(bench):
    return [number for _, number, _ in bench.orders.named("print")]


def states(bench):
    return [slip.state for slip in bench.ask(queries.slips)]


def test_a_slip_is_stored_then_started_then_handed_over(bench):
    pay(bench)
    log = [order[:2] for order in bench.orders.log]
    stored = log.index(("written", "payment_formed"))
    started = log.index(("written", "slip_started"))
    assert stored < started < log.index(("print", 1))
    assert states(bench) == ["started"]


def test_the_printer_gets_the_payment_in_its_own_bytes(bench):
    pay(bench)
    data = bench.orders.named("print")[0][2]
    assert isinstance(data, bytes)
    assert "100,00".encode("cp866") in data


@pytest.mark.parametrize(
    ("said", "state"),
    [
        (SlipPrinted(slip=1), "printed"),
        (SlipFailed(slip=1, why=SlipFailure.NOT_CONFIRMED, sent=True), "failed"),
        (SlipFailed(slip=1, why=SlipFailure.NOT_READY, sent=False), "failed"),
    ],
)
def test_what_became_of_a_slip_is_recorded(bench, said, state):
    pay(bench)
    bench.tell(said)
    assert states(bench) == [state]


def test_a_slip_waits_for_the_one_before_it(bench):
    pay(bench)
    bench.wait(21)
    bench.wait(21)
    pay(bench)
    assert printed(bench) == [1]
    bench.tell(SlipPrinted(slip=1))
    assert printed(bench) == [1, 2]


def test_a_failed_slip_does_not_hold_up_the_next(bench):
    pay(bench)
    bench.tell(SlipFailed(slip=1, why=SlipFailure.WRITE_TIMED_OUT, sent=True))
    bench.wait(21)
    pay(bench)
    assert printed(bench) == [1, 2]


def test_an_answer_about_an_old_slip_does_not_end_the_present_one(bench):
    pay(bench)
    bench.tell(SlipPrinted(slip=1))
    bench.wait(1)
    bench.wait(21)
    pay(bench)
    bench.tell(SlipPrinted(slip=1))
    assert bench.shown.result.slip is SlipState.PRINTING
    assert states(bench) == ["printed", "started"]


def test_a_slip_that_never_went_to_the_printer_is_printed_in_the_next_life(bench):
    pay(bench)
    bench.wait(21)
    bench.wait(21)
    pay(bench)  # its slip waits for the first, which the printer never confirms
    bench.cut_power()
    bench.start()
    assert printed(bench) == []
    bench.tell(WORKS)
    assert printed(bench) == [2]
    assert states(bench) == ["failed", "started"]


def test_a_disk_that_fails_before_a_slip_starts_delays_it_and_no_more(bench):
    bench.go_to_money()
    bench.feed(100)
    bench.touch(Action.PAY)
    before = bench.journal.append

    def fails_at_the_slip(*records, at):
        bench.journal.broken = bench.journal.broken or records[0].kind == "slip_started"
        before(*records, at=at)

    bench.journal.append = fails_at_the_slip
    bench.tell(Disabled())
    assert printed(bench) == []
    assert bench.shown.screen is Screen.PROCESSING
    bench.journal.append = before
    bench.journal.broken = False
    bench.wait(3)
    assert printed(bench) == [1]
    assert bench.orders.named("submit") == [("submit", (1,), False)]


def test_the_customer_gets_more_time_when_no_slip_comes_out(bench):
    pay(bench)
    bench.credited(1)
    bench.tell(SlipFailed(slip=1, why=SlipFailure.NOT_CONFIRMED, sent=True))
    bench.wait(1)
    assert bench.shown.screen is Screen.THANKS
    bench.wait(80)
    assert bench.shown.screen is Screen.THANKS
    bench.wait(11)
    assert bench.shown.screen is Screen.HOME


def test_a_slip_that_fails_late_gives_more_time_too(bench):
    pay(bench)
    bench.wait(21)
    assert bench.shown.screen is Screen.THANKS
    bench.tell(SlipFailed(slip=1, why=SlipFailure.NOT_CONFIRMED, sent=True))
    bench.wait(80)
    assert bench.shown.result.slip is SlipState.FAILED
