"""A payment from the first touch to the last screen, and what may not go wrong on the way."""

import pytest

from drivers.acceptors.contract import Disabled, Fault, Rejected, RejectReason, Validating
from drivers.printers.contract import SlipFailed, SlipFailure
from kiosk.terminal.snapshot import (
    Delivery,
    NoteProblem,
    NoteState,
    Screen,
    ServiceReason,
    SlipState,
)
from kiosk.terminal.touch import Action, Touch
from offline_queue.journal import queries
from offline_queue.sync.messages import LinkChanged


def test_100_and_50_at_5_percent_are_equal_on_screen_receipt_and_journal(bench):
    bench.go_to_money(provider="vk_votes", account="12345")
    bench.feed(100)
    bench.feed(50)
    money = bench.shown.money
    assert (money.inserted_minor, money.fee_minor, money.credited_minor) == (15_000, 750, 14_250)
    bench.pay()
    item = bench.payments[0].item
    assert (item.inserted_minor, item.fee_minor, item.credited_minor) == (15_000, 750, 14_250)
    result = bench.shown.result
    assert (result.inserted_minor, result.fee_minor, result.credited_minor) == (15_000, 750, 14_250)
    text = bench.ask(queries.slips)[0].text
    assert "150,00" in text
    assert "7,50" in text
    assert "142,50" in text
    assert "8-800-707-77-59" in text


def test_escrow_is_recorded_before_the_order_to_stack(bench):
    bench.go_to_money()
    cycle = bench.escrow(100)
    log = bench.orders.log
    assert log.index(("written", "note_escrowed")) < log.index(("stack", cycle))


def test_stacked_is_recorded_before_it_is_acknowledged_or_shown(bench):
    bench.go_to_money()
    cycle = bench.escrow(100)
    bench.journal.broken = True
    bench.stacked(cycle, 100)
    assert ("settled", cycle) not in bench.orders.log
    bench.journal.broken = False
    bench.wait(3)
    bench.stacked(cycle, 100)
    log = bench.orders.log
    assert log.index(("written", "note_stacked")) < log.index(("settled", cycle))
    assert bench.shown.money.inserted_minor == 10_000


def test_a_repeated_stacked_is_acknowledged_and_credits_nothing(bench):
    bench.go_to_money()
    cycle = bench.feed(100)
    bench.stacked(cycle, 100)
    bench.stacked(cycle, 100)
    assert bench.shown.money.inserted_minor == 10_000
    assert bench.orders.named("settled") == [("settled", cycle)] * 3
    assert bench.cash == {10_000: 1}


def test_two_equal_notes_are_two_credits(bench):
    bench.go_to_money()
    bench.feed(100)
    bench.feed(100)
    assert bench.shown.money.inserted_minor == 20_000


def test_pay_waits_for_the_note_that_is_moving(bench):
    bench.go_to_money()
    bench.feed(100)
    bench.tell(Validating())
    bench.touch(Action.PAY)
    assert bench.shown.screen is Screen.MONEY
    assert bench.shown.money.leaving
    bench.feed(50)
    bench.tell(Disabled())
    assert bench.payments[0].item.inserted_minor == 15_000


def test_pay_under_the_minimum_does_nothing(bench):
    bench.go_to_money(provider="mosenergosbyt", account="1234512345")
    assert bench.shown.money.missing_minor == 100
    bench.touch(Action.PAY)
    assert not bench.shown.money.leaving


def test_time_out_with_money_inside_pays_the_confirmed_account(bench):
    bench.go_to_money()
    bench.feed(50)
    bench.wait(121)
    bench.tell(Disabled())
    payment = bench.payments[0]
    assert payment.trigger == "timed_out"
    assert payment.item.account == "9161234567"
    assert payment.item.inserted_minor == 5_000


def test_time_out_with_nothing_inside_goes_back_to_start(bench):
    bench.go_to_money()
    bench.wait(121)
    bench.tell(Disabled())
    assert bench.payments == ()
    assert bench.shown.screen is Screen.HOME


def test_leaving_with_nothing_inside_leads_back_to_the_confirmation(bench):
    bench.go_to_money()
    bench.touch(Action.BACK)
    bench.tell(Disabled())
    assert bench.shown.screen is Screen.CONFIRM


def test_there_is_no_way_back_after_the_first_note(bench):
    bench.go_to_money()
    bench.feed(50)
    assert not bench.shown.money.can_leave
    bench.touch(Action.BACK)
    assert not bench.shown.money.leaving


def test_a_note_that_slips_in_while_leaving_keeps_the_customer_at_the_money(bench):
    bench.go_to_money()
    bench.touch(Action.BACK)
    bench.feed(50)
    bench.tell(Disabled())
    assert bench.shown.screen is Screen.MONEY
    assert not bench.shown.money.leaving
    assert bench.orders.log[-1][0] == "accept"


def test_a_note_over_the_maximum_is_returned_and_the_screen_says_why(bench):
    bench.go_to_money(provider="troika", account="1234567890")  # at most 3,000 roubles
    bench.feed(2000)
    cycle = bench.escrow(2000)
    assert ("give_back", cycle) in bench.orders.log
    assert ("stack", cycle) not in bench.orders.log
    bench.returned(cycle, 2000)
    line = bench.shown.money.notes[-1]
    assert line.state is NoteState.RETURNED
    assert line.problem is NoteProblem.OVER_MAXIMUM
    assert bench.shown.money.inserted_minor == 200_000


def test_an_unrecognised_note_is_told_on_the_screen(bench):
    bench.go_to_money()
    bench.tell(Validating())
    assert bench.shown.money.notes[-1].state is NoteState.CHECKING
    bench.tell(Rejected(reason=RejectReason.UNRECOGNISED, raw="1C 66"))
    assert bench.shown.money.notes[-1].problem is NoteProblem.UNRECOGNISED


def test_a_note_without_a_session_is_given_back(bench):
    cycle = bench.escrow(100)
    assert ("give_back", cycle) in bench.orders.log


def test_a_stacked_note_without_a_session_is_suspense(bench):
    bench.stacked(bench.new_cycle(), 100)
    assert [note.minor for note in bench.ask(queries.suspense)] == [10_000]
    assert bench.cash == {10_000: 1}


def test_the_payment_is_handed_over_and_its_slip_printed(bench):
    bench.go_to_money()
    bench.feed(100)
    bench.pay()
    assert bench.orders.named("submit") == [("submit", (1,), False)]
    assert bench.orders.named("print")[0][1] == 1
    assert bench.shown.screen is Screen.PROCESSING
    bench.printed()
    bench.credited(1)
    bench.wait(1)
    assert bench.shown.screen is Screen.THANKS
    assert bench.shown.result.delivery is Delivery.CREDITED
    assert bench.shown.result.slip is SlipState.PRINTED
    assert bench.payments[0].state == "credited"
    bench.touch(Action.FINISH)
    assert bench.shown.screen is Screen.HOME


def test_without_a_link_the_payment_waits_and_the_customer_goes_on(bench):
    bench.tell(LinkChanged(online=False))
    bench.go_to_money()
    bench.feed(100)
    bench.pay()
    bench.printed()
    bench.wait(1)
    assert bench.shown.screen is Screen.THANKS
    assert bench.shown.result.delivery is Delivery.QUEUED
    assert "будет отправлен" in bench.ask(queries.slips)[0].text


def test_numbers_have_no_gaps(bench):
    for _ in range(3):
        bench.go_to_money()
        bench.feed(100)
        bench.pay()
        bench.printed()
        bench.wait(60)
        bench.touch(Action.FINISH)
    assert [payment.number for payment in bench.payments] == [1, 2, 3]
    assert [slip.receipt_number for slip in bench.ask(queries.slips)] == [1, 2, 3]


def test_a_failing_printer_never_stops_the_payment(bench):
    bench.go_to_money()
    bench.feed(100)
    bench.pay()
    bench.tell(SlipFailed(slip=1, why=SlipFailure.NOT_CONFIRMED, sent=True))
    bench.credited(1)
    bench.wait(1)
    assert bench.shown.result.slip is SlipState.FAILED
    assert bench.payments[0].state == "credited"
    assert bench.ask(queries.slips)[0].state == "failed"
    assert "8-800-707-77-59" in bench.shown.result.slip_text


def test_a_touch_made_on_an_earlier_screen_does_nothing(bench):
    bench.touch(Action.OPEN_PROVIDER, "mts")
    for char in "9161234567":
        bench.touch(Action.KEY, char)
    on_entry = Touch(screen=Screen.ENTRY, action=Action.FORWARD)
    bench.tell(on_entry, on_entry)
    assert bench.shown.screen is Screen.CONFIRM


def test_an_abandoned_entry_is_forgotten(bench):
    bench.touch(Action.OPEN_PROVIDER, "mts")
    bench.touch(Action.KEY, "9")
    bench.wait(bench.settings.session.idle_s)
    assert bench.shown.screen is Screen.HOME


def test_an_acceptor_fault_with_nothing_inside_puts_the_terminal_out_of_service(bench):
    bench.go_to_money()
    bench.tell(Fault(number=100, raw="silence"))
    assert bench.shown.screen is Screen.OUT_OF_SERVICE
    assert bench.shown.out_of_service.reasons == (ServiceReason.ACCEPTOR,)
    bench.ready()
    assert bench.shown.screen is Screen.HOME


def test_an_acceptor_fault_with_money_inside_lets_the_customer_pay(bench):
    bench.go_to_money()
    bench.feed(100)
    bench.tell(Fault(number=100, raw="silence"))
    assert bench.shown.screen is Screen.MONEY
    assert not bench.shown.money.accepting
    bench.touch(Action.PAY)
    assert bench.payments[0].item.inserted_minor == 10_000


def test_an_acceptor_that_dies_after_the_order_to_stack_leaves_a_disputed_note(bench):
    bench.go_to_money()
    bench.feed(50)
    bench.escrow(100)
    bench.tell(Fault(number=100, raw="silence"))
    bench.wait(121)
    bench.wait(36)
    item = bench.payments[0].item
    assert item.inserted_minor == 5_000
    assert item.disputed_minor == 10_000
    assert bench.shown.result.disputed_minor == 10_000


def test_a_disputed_note_that_turns_up_later_is_suspense_not_a_second_credit(bench):
    bench.go_to_money()
    cycle = bench.escrow(100)
    bench.tell(Fault(number=113, raw="44"))
    bench.wait(121)
    bench.wait(36)
    bench.stacked(cycle, 100)
    assert bench.payments[0].item.disputed_minor == 10_000
    assert bench.cash == {10_000: 1}
    assert [note.cycle for note in bench.ask(queries.suspense)] == [cycle]


def test_a_full_disk_closes_the_acceptor_at_once_and_gives_the_note_back(bench):
    bench.go_to_money()
    bench.journal.broken = True
    cycle = bench.escrow(100)
    assert ("give_back", cycle) in bench.orders.log
    assert ("stop",) in bench.orders.log
    assert bench.shown.screen is Screen.OUT_OF_SERVICE
    assert bench.shown.out_of_service.reasons == (ServiceReason.STORAGE,)


def test_after_a_full_disk_the_customer_goes_on_where_he_was(bench):
    bench.go_to_money()
    bench.feed(100)
    bench.journal.broken = True
    bench.escrow(50)
    assert bench.shown.screen is Screen.OUT_OF_SERVICE
    assert bench.shown.out_of_service.inside_minor == 10_000
    bench.journal.broken = False
    bench.wait(3)
    assert bench.shown.screen is Screen.MONEY
    assert bench.orders.log[-1][0] == "accept"


def test_a_payment_that_could_not_be_written_is_formed_when_the_disk_is_back(bench):
    bench.go_to_money()
    bench.feed(100)
    bench.touch(Action.PAY)
    bench.journal.broken = True
    bench.tell(Disabled())
    assert bench.payments == ()
    bench.journal.broken = False
    bench.wait(3)
    assert bench.payments[0].item.inserted_minor == 10_000


def test_low_space_stops_sales_before_a_write_can_fail(bench):
    bench.free_mb = 1
    bench.wait(11)
    assert bench.shown.out_of_service.reasons == (ServiceReason.STORAGE,)
    bench.free_mb = 10_000
    bench.wait(11)
    assert bench.shown.screen is Screen.HOME


@pytest.mark.parametrize("answer", ["conflict", "rejected"])
def test_a_payment_the_backend_cannot_take_stays_as_a_claim(bench, answer):
    from offline_queue.sync.messages import Answered
    from terminal_api.payments import PaymentAnswer, PaymentStatus, Verdict

    bench.go_to_money()
    bench.feed(100)
    bench.pay()
    said = PaymentAnswer(
        number=1, verdict=Verdict(answer), status=PaymentStatus.UNKNOWN, uid=None, message="why"
    )
    bench.tell(Answered(answers=(said,)))
    assert bench.payments[0].state == "parked"
