"""Trouble that comes in pairs: a disk that fails while something else happens, a device that says a
thing once and at the wrong moment. Nothing may be lost, nothing counted twice, nobody left standing.
"""

import pytest

from drivers.acceptors.contract import (
    Disabled,
    Disputed,
    Fault,
    Rejected,
    RejectReason,
    Returned,
    ReturnReason,
    StackedHow,
    Validating,
)
from drivers.acceptors.faults import FaultNumber
from kiosk.terminal.snapshot import NoteState, Screen, ServiceReason, SlipState
from kiosk.terminal.touch import Action
from offline_queue.journal import queries


def disk_fails(bench):
    bench.journal.broken = True


def disk_is_back(bench):
    bench.journal.broken = False
    bench.wait(3)


def test_a_return_told_while_the_disk_is_full_is_not_disputed_later(bench):
    bench.go_to_money()
    cycle = bench.escrow(100)
    disk_fails(bench)
    bench.returned(cycle, 100, ReturnReason.DEVICE)
    assert ("settled", cycle) not in bench.orders.log
    disk_is_back(bench)
    assert ("settled", cycle) in bench.orders.log
    assert bench.shown.money.notes[-1].state is NoteState.RETURNED
    assert bench.shown.money.can_leave


def test_a_dispute_told_while_the_disk_is_full_is_recorded_when_it_can_be(bench):
    bench.go_to_money()
    cycle = bench.escrow(100)
    disk_fails(bench)
    bench.tell(Disputed(cycle=cycle, note=None, evidence=("44",)))
    disk_is_back(bench)
    assert bench.ask(queries.note, cycle).state == "disputed"
    assert bench.shown.money.can_pay


def test_what_devices_say_while_the_disk_is_full_is_taken_in_order(bench):
    bench.go_to_money()
    bench.feed(50)
    disk_fails(bench)
    bench.ready()
    bench.tell(Fault(number=100, raw="silence"))
    disk_is_back(bench)
    assert not bench.shown.money.accepting
    bench.touch(Action.PAY)
    assert len(bench.payments) == 1
    bench.wait(30)
    bench.touch(Action.FINISH)
    assert bench.shown.out_of_service.reasons == (ServiceReason.ACCEPTOR,)


def test_a_session_paid_while_the_acceptor_is_out_of_order_does_not_leave_it_wanting_notes(bench):
    bench.go_to_money()
    bench.feed(50)
    bench.tell(Fault(number=102, raw=""))
    bench.orders.log.clear()
    bench.touch(Action.PAY)
    assert len(bench.payments) == 1
    assert bench.orders.named("stop") == [("stop",)]


def test_the_acceptor_stays_closed_while_nothing_can_be_recorded(bench):
    bench.go_to_money()
    bench.feed(50)
    disk_fails(bench)
    bench.tell(Rejected(reason=RejectReason.OTHER, raw=""), Fault(number=100, raw=""))
    bench.orders.log.clear()
    bench.ready()
    assert bench.orders.named("accept") == []


def test_the_acceptor_stays_closed_while_the_disk_is_almost_full(bench):
    bench.go_to_money()
    bench.feed(50)
    bench.free_mb = 1
    bench.wait(11)
    bench.tell(Fault(number=100, raw=""))
    bench.orders.log.clear()
    bench.ready()
    assert bench.orders.named("accept") == []
    bench.free_mb = 10_000
    bench.wait(11)
    assert len(bench.orders.named("accept")) == 1


def test_a_note_that_waits_in_escrow_while_the_disk_is_full_goes_back(bench):
    bench.go_to_money()
    disk_fails(bench)
    for _ in range(2):
        cycle = bench.escrow(100)
        assert ("give_back", cycle) in bench.orders.log
    assert bench.orders.named("stack") == []


def test_an_interrupted_session_is_paid_though_the_disk_failed_at_the_first_ready(bench):
    bench.go_to_money()
    bench.feed(100)
    bench.cut_power()
    bench.start()
    disk_fails(bench)
    bench.ready()
    assert bench.payments == ()
    disk_is_back(bench)
    assert [payment.item.inserted_minor for payment in bench.payments] == [10_000]
    assert bench.ask(queries.open_session) is None


def test_a_payment_that_was_written_unknown_to_the_terminal_is_not_made_again(bench):
    bench.go_to_money()
    bench.feed(100)
    bench.touch(Action.PAY)
    bench.journal.doubtful = True
    bench.tell(Disabled())
    disk_is_back(bench)
    assert [payment.number for payment in bench.payments] == [1]
    assert bench.shown.screen is Screen.PROCESSING
    assert bench.shown.result.inserted_minor == 10_000
    assert [order[1] for order in bench.orders.named("print")] == [1]
    assert bench.orders.named("submit")[-1][1] == (1,)


def test_a_session_that_was_closed_unknown_to_the_terminal_is_left(bench):
    bench.go_to_money()
    bench.touch(Action.BACK)
    bench.journal.doubtful = True
    bench.tell(Disabled())
    disk_is_back(bench)
    assert bench.shown.screen is Screen.CONFIRM
    assert bench.payments == ()


def test_a_note_that_was_written_unknown_to_the_terminal_is_counted_once(bench):
    bench.go_to_money()
    cycle = bench.escrow(100)
    bench.journal.doubtful = True
    bench.stacked(cycle, 100)
    assert ("settled", cycle) not in bench.orders.log
    bench.stacked(cycle, 100)
    disk_is_back(bench)
    assert ("settled", cycle) in bench.orders.log
    assert bench.shown.money.inserted_minor == 10_000
    assert bench.cash == {10_000: 1}
    assert bench.orders.log.count(("written", "note_stacked")) == 1


def test_an_escrow_that_was_written_unknown_to_the_terminal_ends_as_a_return(bench):
    bench.go_to_money()
    bench.journal.doubtful = True
    cycle = bench.escrow(100)
    assert ("give_back", cycle) in bench.orders.log
    bench.returned(cycle, 100)
    disk_is_back(bench)
    assert bench.ask(queries.open_notes) == ()
    assert bench.ask(queries.note, cycle).state == "returned"


def test_an_opening_that_was_written_unknown_to_the_terminal_leaves_no_session_behind(bench):
    bench.touch(Action.OPEN_PROVIDER, "mts")
    for char in "9161234567":
        bench.touch(Action.KEY, char)
    bench.touch(Action.FORWARD)
    bench.journal.doubtful = True
    bench.touch(Action.FORWARD)
    disk_is_back(bench)
    assert bench.ask(queries.open_session) is None
    bench.go_to_money()
    bench.feed(100)
    bench.cut_power()
    bench.start()
    bench.ready()
    assert [payment.item.inserted_minor for payment in bench.payments] == [10_000]
    assert bench.ask(queries.open_session) is None


def test_the_last_screens_go_by_though_the_disk_is_full(bench):
    bench.go_to_money()
    bench.feed(100)
    bench.pay()
    bench.printed()
    disk_fails(bench)
    bench.tell(Fault(number=100, raw=""))
    bench.wait(21)
    assert bench.shown.screen is Screen.THANKS
    bench.wait(91)
    assert bench.shown.screen is Screen.OUT_OF_SERVICE
    assert bench.shown.out_of_service.inside_minor == 0


def test_a_slip_that_came_out_while_the_disk_was_full_is_recorded_as_printed(bench):
    bench.go_to_money()
    bench.feed(100)
    bench.pay()
    disk_fails(bench)
    bench.printed()
    disk_is_back(bench)
    assert bench.ask(queries.slips)[0].state == "printed"
    assert bench.shown.result.slip is SlipState.PRINTED


def test_a_disk_that_cannot_be_looked_at_stops_sales(bench):
    bench.free_mb = FileNotFoundError("the folder is gone")
    bench.wait(11)
    assert bench.shown.out_of_service.reasons == (ServiceReason.STORAGE,)


def test_time_that_has_run_out_is_not_looked_at_again_and_again(bench):
    bench.go_to_money()
    bench.feed(100)
    disk_fails(bench)
    bench.tell(Fault(number=100, raw=""))
    bench.wait(300)
    assert bench.terminal.next_deadline() > bench.clock.monotonic()


@pytest.mark.parametrize("event", [Validating(), Rejected(reason=RejectReason.OTHER, raw="1C")])
def test_a_second_note_at_the_bezel_does_not_hide_the_one_being_stacked(bench, event):
    bench.go_to_money()
    cycle = bench.escrow(100)
    bench.tell(event, Fault(number=113, raw="44"))
    assert bench.shown.screen is Screen.MONEY
    bench.stacked(cycle, 100)
    assert bench.shown.money.inserted_minor == 10_000
    assert [line.state for line in bench.shown.money.notes][-1] is NoteState.ACCEPTED


def test_a_note_at_the_bezel_while_a_close_could_not_be_written_holds_nobody_up(bench):
    bench.go_to_money()
    disk_fails(bench)
    bench.tell(Fault(number=100, raw=""), Validating())
    disk_is_back(bench)
    bench.wait(36)
    assert bench.shown.screen is Screen.OUT_OF_SERVICE
    assert bench.ask(queries.open_session) is None


def test_a_disputed_note_that_turns_up_while_the_customer_is_there_is_credited(bench):
    bench.go_to_money()
    cycle = bench.escrow(100)
    bench.tell(Disputed(cycle=cycle, note=None, evidence=("44",)))
    bench.stacked(cycle, 100)
    bench.stacked(cycle, 100)
    assert bench.shown.money.inserted_minor == 10_000
    bench.pay()
    item = bench.payments[0].item
    assert (item.inserted_minor, item.disputed_minor) == (10_000, 0)
    assert bench.ask(queries.suspense) == ()
    assert bench.cash == {10_000: 1}


def test_a_note_without_a_name_given_back_at_power_up_is_the_open_one(bench):
    bench.go_to_money()
    bench.escrow(100)
    bench.cut_power()
    bench.start()
    bench.tell(Returned(cycle=bench.new_cycle(), note=None, why=ReturnReason.DEVICE))
    bench.ready()
    assert bench.payments == ()
    assert bench.ask(queries.open_notes) == ()


def test_a_recorded_note_told_again_by_an_acceptor_that_was_long_silent_is_counted_once(bench):
    bench.go_to_money()
    bench.feed(100)
    bench.cut_power()
    bench.start()
    bench.wait(121)
    assert bench.payments[0].item.inserted_minor == 10_000
    bench.stacked(bench.new_cycle(), 100, StackedHow.RECOVERED)
    bench.ready()
    assert bench.cash == {10_000: 1}
    assert bench.ask(queries.suspense) == ()


def test_a_note_given_up_after_long_silence_is_not_taken_for_the_one_before_it(bench):
    bench.go_to_money()
    bench.feed(100)
    bench.escrow(100)
    bench.cut_power()
    bench.start()
    bench.wait(121)
    bench.stacked(bench.new_cycle(), 100, StackedHow.RECOVERED)
    bench.ready()
    assert bench.payments[0].item.inserted_minor == 10_000
    assert bench.payments[0].item.disputed_minor == 10_000
    assert bench.cash == {10_000: 2}
    assert len(bench.ask(queries.suspense)) == 1


def test_an_acceptor_that_never_answers_is_told_as_out_of_service(make_bench):
    bench = make_bench()
    assert bench.shown.screen is Screen.STARTING
    bench.wait(121)
    assert bench.shown.screen is Screen.OUT_OF_SERVICE
    assert ServiceReason.ACCEPTOR in bench.shown.out_of_service.reasons


def test_a_journal_that_went_through_all_this_still_verifies(bench):
    bench.go_to_money()
    bench.journal.doubtful = True
    bench.stacked(bench.escrow(100), 100)
    disk_is_back(bench)
    bench.pay()
    assert bench.payments[0].item.inserted_minor == 10_000
    assert bench.verdict().findings == ()


def test_an_acceptor_without_one_wanted_note_is_out_of_service_until_it_has_one(bench):
    bench.ready(values=(5,))
    assert bench.shown.out_of_service.fault_number == FaultNumber.NO_USABLE_NOTES
    bench.ready(values=(5, 100))
    assert bench.shown.screen is Screen.HOME
