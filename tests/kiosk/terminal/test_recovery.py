"""What a new life makes of what the last one left open. Each test cuts the power once, somewhere."""

import pytest

from drivers.acceptors.contract import (
    Disputed,
    Escrowed,
    Fault,
    Note,
    Returning,
    ReturnReason,
    Stacked,
    StackedHow,
    Validating,
)
from drivers.acceptors.faults import FaultNumber
from kiosk.terminal.books import OtherTerminalError
from kiosk.terminal.rules import SETTLE_PATIENCE_S, STORAGE_RETRY_S
from kiosk.terminal.snapshot import Screen
from kiosk.terminal.touch import Action
from offline_queue.journal import queries


def test_nothing_is_accepted_before_the_acceptor_has_told_everything(make_bench):
    bench = make_bench()
    assert bench.shown.screen is Screen.STARTING
    bench.ready()
    assert bench.shown.screen is Screen.HOME


def test_a_note_ordered_into_the_cassette_and_told_after_restart_is_credited_once(bench):
    bench.go_to_money()
    bench.feed(50)
    bench.escrow(100)
    bench.cut_power()
    bench.start()
    bench.stacked(bench.new_cycle(), 100, StackedHow.RECOVERED)
    bench.ready()
    assert [payment.item.inserted_minor for payment in bench.payments] == [15_000]
    assert bench.payments[0].trigger == "recovered"
    assert bench.cash == {5_000: 1, 10_000: 1}
    assert bench.shown.result.inserted_minor == 15_000


def test_a_recovered_note_told_again_and_again_is_credited_once(bench):
    bench.go_to_money()
    bench.escrow(100)
    bench.cut_power()
    bench.start()
    cycle = bench.new_cycle()
    for _ in range(3):
        bench.stacked(cycle, 100, StackedHow.RECOVERED)
    bench.ready()
    assert bench.payments[0].item.inserted_minor == 10_000
    assert bench.orders.named("settled") == [("settled", cycle)] * 3


def test_a_note_recorded_but_not_acknowledged_is_not_credited_again(bench):
    bench.go_to_money()
    bench.feed(100)
    bench.cut_power()
    bench.start()
    cycle = bench.new_cycle()
    bench.stacked(cycle, 100, StackedHow.RECOVERED)
    assert ("settled", cycle) in bench.orders.log
    bench.ready()
    assert bench.payments[0].item.inserted_minor == 10_000
    assert bench.cash == {10_000: 1}
    assert bench.ask(queries.suspense) == ()


def test_a_second_stacked_after_a_repeat_is_not_taken_for_a_repeat(bench):
    bench.go_to_money()
    bench.feed(100)
    bench.cut_power()
    bench.start()
    bench.stacked(bench.new_cycle(), 100, StackedHow.RECOVERED)
    bench.ready()
    bench.stacked(bench.new_cycle(), 100)
    assert bench.cash == {10_000: 2}
    assert len(bench.ask(queries.suspense)) == 1


def test_a_note_that_came_back_at_power_up_is_not_credited(bench):
    bench.go_to_money()
    bench.feed(50)
    bench.escrow(100)
    bench.cut_power()
    bench.start()
    bench.returned(bench.new_cycle(), 100, ReturnReason.DEVICE)
    bench.ready()
    assert bench.payments[0].item.inserted_minor == 5_000
    assert bench.payments[0].item.disputed_minor == 0


def test_a_second_cut_after_a_note_was_given_back_at_power_up_leaves_no_dispute(bench):
    bench.go_to_money()
    bench.escrow(100)
    bench.cut_power()
    bench.start()
    cycle = bench.new_cycle()
    bench.tell(Returning(cycle=cycle, note=None))
    assert bench.orders.log[-2:] == [("written", "note_return_ordered"), ("settled", cycle)]
    bench.cut_power()
    bench.start()
    bench.ready()
    assert bench.payments == ()
    assert bench.ask(queries.open_notes) == ()


def test_a_note_is_not_given_back_while_its_return_cannot_be_recorded(bench):
    bench.go_to_money()
    bench.escrow(100)
    bench.cut_power()
    bench.start()
    cycle = bench.new_cycle()
    bench.journal.broken = True
    for _ in range(3):
        bench.tell(Returning(cycle=cycle, note=None))
    assert bench.orders.named("settled") == []
    bench.journal.broken = False
    bench.wait(STORAGE_RETRY_S)
    bench.tell(Returning(cycle=cycle, note=None))
    assert bench.orders.named("settled") == [("settled", cycle)]


def test_a_second_cut_while_a_note_found_in_escrow_goes_back_leaves_no_dispute(bench):
    bench.go_to_money()
    bench.escrow(100)
    bench.cut_power()
    bench.start()
    cycle = bench.new_cycle()
    bench.tell(Escrowed(cycle=cycle, note=bench_note(100)))
    written, ordered = bench.orders.log[-2:]
    assert (written, ordered) == (("written", "note_return_ordered"), ("give_back", cycle))
    bench.cut_power()
    bench.start()
    bench.ready()
    assert bench.payments == ()


def test_a_note_still_in_escrow_after_a_restart_is_given_back(bench):
    bench.go_to_money()
    bench.escrow(100)
    bench.cut_power()
    bench.start()
    cycle = bench.new_cycle()
    bench.tell(Escrowed(cycle=cycle, note=bench_note(100)))
    assert ("give_back", cycle) in bench.orders.log
    bench.returned(cycle, 100)
    bench.ready()
    assert bench.payments == ()


def test_the_counter_of_the_device_decides_when_it_says_nothing(bench):
    for after, inserted in ((8, 10_000), (7, 0)):
        bench.ready(count=7)
        bench.go_to_money()
        bench.escrow(100, count=7)
        bench.cut_power()
        bench.start()
        bench.ready(count=after)
        found = [payment.item.inserted_minor for payment in bench.payments]
        assert found == ([inserted] if inserted else [10_000])
        bench.wait(60)
        bench.touch(Action.FINISH)


def test_a_jam_that_was_disputed_and_clears_after_a_restart_is_credited_while_its_session_is_open(
    bench,
):
    bench.go_to_money()
    cycle = bench.escrow(100)
    bench.tell(Disputed(cycle=cycle, note=bench_note(100), evidence=("44",)))
    bench.cut_power()
    bench.start()
    bench.stacked(bench.new_cycle(), 100, StackedHow.RECOVERED)
    bench.ready()
    assert [row.item.inserted_minor for row in bench.payments] == [10_000]
    assert bench.payments[0].item.disputed_minor == 0
    assert bench.ask(queries.suspense) == ()
    assert bench.verdict().ok


def test_a_jam_that_clears_after_its_disputed_payment_is_suspense_under_the_disputed_cycle(
    bench,
):
    bench.go_to_money()
    cycle = bench.escrow(100)
    bench.tell(Disputed(cycle=cycle, note=bench_note(100), evidence=("44",)))
    bench.cut_power()
    bench.start()
    bench.wait(SETTLE_PATIENCE_S)
    assert [row.item.disputed_minor for row in bench.payments] == [10_000]
    bench.stacked(bench.new_cycle(), 100, StackedHow.RECOVERED)
    (found,) = bench.ask(queries.suspense)
    assert (found.cycle, found.payment_number) == (cycle, 1)
    assert bench.verdict().ok


def test_a_note_that_was_stuck_at_a_restart_and_is_not_in_the_cassette_is_disputed(bench):
    bench.ready(count=7)
    bench.go_to_money()
    bench.escrow(100, count=7)
    bench.cut_power()
    bench.start()
    bench.tell(Fault(number=FaultNumber.CASSETTE_JAMMED, raw="44"))
    bench.ready(count=7)
    assert [row.item.disputed_minor for row in bench.payments] == [10_000]


def test_without_a_word_and_without_a_counter_the_note_is_disputed(bench):
    bench.go_to_money()
    bench.feed(50)
    bench.escrow(100)
    bench.cut_power()
    bench.start()
    bench.ready()
    item = bench.payments[0].item
    assert item.inserted_minor == 5_000
    assert item.disputed_minor == 10_000
    assert [note.disputed for note in item.notes] == [False, True]
    assert "100,00" in bench.ask(queries.slips)[0].text


def test_a_return_that_was_ordered_is_never_disputed(bench):
    bench.go_to_money(provider="troika", account="1234567890")
    bench.escrow(5000)
    bench.cut_power()
    bench.start()
    bench.ready()
    assert bench.payments == ()
    assert bench.ask(queries.open_session) is None


def test_a_session_with_nothing_inside_is_simply_closed(bench):
    bench.go_to_money()
    bench.tell(Validating())
    bench.cut_power()
    bench.start()
    bench.ready()
    assert bench.payments == ()
    assert bench.shown.screen is Screen.HOME


def test_an_acceptor_that_stays_silent_does_not_hold_up_the_payment_for_ever(bench):
    bench.go_to_money()
    bench.feed(50)
    bench.escrow(100)
    bench.cut_power()
    bench.start()
    bench.wait(121)
    item = bench.payments[0].item
    assert (item.inserted_minor, item.disputed_minor) == (5_000, 10_000)


def test_a_payment_that_was_on_its_way_is_asked_for_before_it_is_sent_again(bench):
    bench.go_to_money()
    bench.feed(100)
    bench.pay()
    bench.cut_power()
    bench.start()
    assert bench.orders.named("submit") == [("submit", (1,), True)]


def test_a_slip_that_was_being_printed_is_not_sent_again(bench):
    bench.go_to_money()
    bench.feed(100)
    bench.pay()
    bench.cut_power()
    bench.start()
    bench.ready()
    assert bench.orders.named("print") == []
    slip = bench.ask(queries.slips)[0]
    assert (slip.state, slip.why) == ("failed", "interrupted by a restart")


def test_a_dispute_of_the_device_closes_the_note_of_an_earlier_life(bench):
    bench.go_to_money()
    cycle = bench.escrow(100)
    bench.tell(Disputed(cycle=cycle, note=bench_note(100), evidence=("state 44",)))
    assert bench.shown.money.can_pay
    bench.pay()
    assert bench.payments[0].item.disputed_minor == 10_000


def bench_note(roubles):
    from drivers.acceptors.contract import Note

    return Note(minor=roubles * 100, currency="RUB")


def test_a_start_on_a_full_disk_is_out_of_service_and_recovers_by_itself(bench):
    bench.go_to_money()
    bench.feed(100)
    bench.cut_power()
    bench.start(broken=True)
    assert bench.shown.screen is Screen.OUT_OF_SERVICE
    bench.ready()
    assert bench.shown.screen is Screen.OUT_OF_SERVICE
    bench.journal.broken = False
    bench.wait(3)
    assert [payment.item.inserted_minor for payment in bench.payments] == [10_000]
    assert bench.verdict().ok


def test_the_journal_of_another_terminal_is_refused(bench):
    bench.cut_power()
    bench.settings = bench.settings.model_copy(
        update={"terminal": bench.settings.terminal.model_copy(update={"id": "87654321"})}
    )
    with pytest.raises(OtherTerminalError, match="00000000"):
        bench.start()


def test_a_note_given_up_is_ordered_back_so_that_no_late_order_stacks_it(bench):
    bench.go_to_money()
    cycle = bench.escrow(100)
    bench.tell(Fault(number=100, raw="silence"))
    bench.wait(121)
    bench.wait(36)
    assert bench.orders.log.index(("give_back", cycle)) > bench.orders.log.index(("stack", cycle))


def test_a_note_of_another_currency_never_hinders_the_payment(bench):
    bench.go_to_money()
    bench.feed(50)
    cycle = bench.escrow(100)
    bench.tell(Stacked(cycle=cycle, note=Note(minor=500, currency="KZT"), how=StackedHow.NORMAL))
    bench.pay()
    assert bench.payments[0].item.inserted_minor == 5_000
    assert [note.minor for note in bench.ask(queries.suspense)] == [500]
