"""Collections: one order closes one period, whatever fails, and no note falls between two of them."""

import pytest

from drivers.acceptors.contract import (
    CassetteIn,
    CassetteOut,
    Disabled,
    Disputed,
    Fault,
    StackedHow,
    Validating,
)
from kiosk.terminal.ports import Close
from kiosk.terminal.rules import COLLECT_PATIENCE_S, STACK_PATIENCE_S, STORAGE_RETRY_S
from kiosk.terminal.service import Collect, Collected, CollectionRefused, NotCollected
from kiosk.terminal.snapshot import Screen, ServiceReason
from kiosk.terminal.touch import Action
from offline_queue.journal import cash_queries, queries
from offline_queue.journal.cash_records import CashCount, CollectionHow

HOTLINE = "8-800-707-77-59"


def order(request="order-1", operator="Петров"):
    return Collect(request=request, operator=operator)


def collections(bench):
    return bench.ask(cash_queries.collections)


def period(bench):
    return bench.ask(cash_queries.period)


def pay_one(bench, roubles=100):
    bench.go_to_money()
    bench.feed(roubles)
    bench.pay()
    bench.printed()
    go_home(bench)
    assert bench.shown.screen is Screen.HOME


def go_home(bench):
    bench.wait(21)
    bench.wait(100)


def change_the_cassette(bench):
    bench.tell(CassetteOut(), CassetteIn())
    bench.ready()


# --- an order in peace ------------------------------------------------------------------------------


def test_a_collection_closes_the_period_with_its_counts_and_begins_the_next(bench):
    pay_one(bench)
    pay_one(bench, 500)
    bench.tell(order())
    (record,) = collections(bench)
    assert record.counts == (
        CashCount(currency="RUB", minor=10_000, count=1),
        CashCount(currency="RUB", minor=50_000, count=1),
    )
    assert (record.number, record.operator, record.payments) == (1, "Петров", 2)
    assert record.how is CollectionHow.ANNOUNCED
    assert bench.cash == {}
    assert period(bench).number == 2
    assert bench.answers == [Collected(request="order-1", number=1)]


def test_the_record_stands_before_the_slip_goes_to_the_printer(bench):
    bench.tell(order())
    log = [one[:2] for one in bench.orders.log]
    written = log.index(("written", "cash_collected"))
    assert written < log.index(("written", "slip_started")) < log.index(("print", 1))


def test_the_slip_is_stored_with_hotline_terminal_and_its_number_in_the_one_row_of_numbers(bench):
    pay_one(bench)
    bench.tell(order())
    payment, slip = bench.ask(queries.slips)
    assert (payment.receipt_number, slip.receipt_number) == (1, 2)
    assert slip.kind == "collection"
    for words in (HOTLINE, bench.settings.terminal.id, "Инкассация", "Петров", "100 руб. x 1"):
        assert words in slip.text
    assert "Итого по журналу" in slip.text


def test_collections_and_receipts_are_numbered_without_gaps(bench):
    for count in range(1, 4):
        bench.tell(order(f"order-{count}"))
        change_the_cassette(bench)
        bench.printed()
        pay_one(bench)
    assert [one.number for one in collections(bench)] == [1, 2, 3]
    assert [one.receipt_number for one in bench.ask(queries.slips)] == [1, 2, 3, 4, 5, 6]


def test_disputed_and_suspense_notes_stand_on_record_and_slip_with_their_evidence(bench):
    bench.go_to_money()
    cycle = bench.escrow(500)
    bench.tell(Disputed(cycle=cycle, note=None, evidence=("44 jam", "counter 7")))
    bench.pay()
    bench.wait(60)
    strange = bench.new_cycle()
    bench.stacked(strange, 100, StackedHow.RECOVERED)
    bench.tell(order())
    (record,) = collections(bench)
    (disputed,), (suspense,) = record.disputed, record.suspense
    assert (disputed.cycle, disputed.minor) == (cycle, 50_000)
    assert "44 jam" in disputed.evidence
    assert disputed.at
    assert (suspense.cycle, suspense.minor) == (strange, 10_000)
    text = bench.ask(queries.slips)[-1].text
    assert "500,00 руб." in text
    assert "44 jam" in text
    change_the_cassette(bench)
    assert (period(bench).disputed, period(bench).suspense) == ((), ())


def test_an_order_given_again_closes_nothing_more(bench):
    pay_one(bench)
    bench.tell(order())
    change_the_cassette(bench)
    bench.tell(order())
    assert len(collections(bench)) == 1
    assert bench.answers == [Collected(request="order-1", number=1)] * 2
    assert len(bench.orders.named("print")) == 2


@pytest.mark.parametrize("wrong", ["", "  ", "x" * 65, "a\nb"])
def test_an_order_without_a_decent_name_cannot_be_made(wrong):
    with pytest.raises(ValueError, match="printable"):
        Collect(request="order", operator=wrong)
    with pytest.raises(ValueError, match="printable"):
        Collect(request=wrong, operator="Петров")


# --- in the middle of a session ---------------------------------------------------------------------


def test_a_session_without_money_ends_with_nothing(bench):
    bench.go_to_money()
    bench.tell(order())
    assert not collections(bench)
    bench.tell(Disabled())
    assert len(collections(bench)) == 1
    assert bench.payments == ()


def test_a_session_with_money_is_paid_first_as_the_customer_confirmed(bench):
    bench.go_to_money()
    bench.feed(100)
    bench.tell(order())
    assert not collections(bench)
    bench.tell(Disabled())
    (payment,) = bench.payments
    assert (payment.item.inserted_minor, payment.trigger) == (10_000, "machine")
    (record,) = collections(bench)
    assert record.total_minor("RUB") == 10_000
    assert record.payments == 1
    assert record.receipt_number == payment.item.receipt_number + 1


def test_a_note_on_its_way_is_waited_for_and_belongs_to_the_period(bench):
    bench.go_to_money()
    cycle = bench.escrow(100)
    bench.tell(order())
    assert not collections(bench)
    bench.stacked(cycle, 100)
    bench.tell(Disabled())
    assert collections(bench)[0].total_minor("RUB") == 10_000
    assert bench.payments[0].item.inserted_minor == 10_000


def test_a_note_of_which_nothing_is_heard_is_disputed_and_listed(bench):
    bench.go_to_money()
    cycle = bench.escrow(100)
    bench.tell(order())
    bench.wait(STACK_PATIENCE_S + 1)
    (record,) = collections(bench)
    assert [one.cycle for one in record.disputed] == [cycle]
    assert record.counts == ()


def test_a_customer_who_was_leaving_and_fed_a_note_after_all_is_paid(bench):
    bench.go_to_money()
    bench.touch(Action.BACK)
    bench.tell(order(), Validating())
    cycle = bench.escrow(100)
    bench.stacked(cycle, 100)
    bench.tell(Disabled(), Disabled())
    assert bench.payments[0].item.inserted_minor == 10_000
    assert collections(bench)[0].total_minor("RUB") == 10_000


def test_with_the_acceptor_out_of_order_the_session_is_paid_at_once(bench):
    bench.go_to_money()
    bench.feed(100)
    bench.tell(Fault(number=113, raw="44"), order())
    assert len(bench.payments) == 1
    assert len(collections(bench)) == 1


def test_no_new_customer_comes_while_a_collector_waits(bench):
    bench.go_to_money()
    bench.feed(100)
    bench.tell(order(), Disabled())
    go_home(bench)
    assert bench.shown.screen is Screen.OUT_OF_SERVICE
    assert bench.shown.out_of_service.reasons[0] is ServiceReason.COLLECTION


# --- refusals ---------------------------------------------------------------------------------------


def refused(why, request="order-1"):
    return CollectionRefused(request=request, why=why)


def test_before_the_last_life_is_settled_nothing_is_collected(make_bench):
    bench = make_bench()
    bench.tell(order())
    assert bench.answers == [refused(NotCollected.SETTLING)]
    assert not collections(bench)


def test_with_a_full_disk_nothing_is_collected(bench):
    bench.journal.broken = True
    bench.tell(CassetteOut(), order())
    assert bench.answers == [refused(NotCollected.STORAGE)]


def test_at_the_end_of_the_program_nothing_is_collected(bench):
    bench.tell(Close(), order())
    assert bench.answers == [refused(NotCollected.CLOSING)]


def test_one_order_at_a_time(bench):
    bench.go_to_money()
    bench.feed(100)
    bench.tell(order(), order("order-2"), order())
    assert bench.answers == [refused(NotCollected.BUSY, "order-2")]
    bench.tell(Disabled())
    assert [one.request for one in collections(bench)] == ["order-1"]


def test_a_disk_that_fails_under_the_record_collects_once_when_it_is_back(bench):
    for doubtful in (False, True):
        bench.journal.doubtful, bench.journal.broken = doubtful, not doubtful
        bench.tell(order(f"doubtful {doubtful}"))
        assert bench.shown.out_of_service.reasons
        bench.journal.broken = bench.journal.doubtful = False
        bench.wait(STORAGE_RETRY_S)
        change_the_cassette(bench)
    assert [one.request for one in collections(bench)] == ["doubtful False", "doubtful True"]
    assert [type(one) for one in bench.answers] == [Collected, Collected]
    while "stored" in [slip.state for slip in bench.ask(queries.slips)]:
        bench.printed()
    assert [one[1] for one in bench.orders.named("print")] == [1, 2]


# --- the cassette -----------------------------------------------------------------------------------


def test_no_money_is_taken_between_the_record_and_the_change_of_the_cassette(bench):
    bench.tell(order())
    assert bench.shown.out_of_service.reasons == (ServiceReason.COLLECTION,)
    bench.tell(CassetteOut())
    bench.tell(CassetteIn())
    assert bench.shown.screen is Screen.OUT_OF_SERVICE
    bench.ready()
    assert bench.shown.screen is Screen.HOME
    assert period(bench).openings == 0


def test_a_cassette_that_is_not_changed_does_not_keep_the_terminal_closed_for_ever(bench):
    bench.tell(order())
    bench.wait(bench.settings.collection.hold_s - 1)
    assert bench.shown.screen is Screen.OUT_OF_SERVICE
    bench.wait(1)
    assert bench.shown.screen is Screen.HOME
    log = [one for one in bench.orders.log if one == ("written", "device_noted")]
    assert len(log) == 1


def test_the_wait_for_the_cassette_goes_on_after_a_power_cut(bench):
    bench.tell(order())
    bench.cut_power()
    bench.start()
    bench.ready()
    assert bench.shown.out_of_service.reasons == (ServiceReason.COLLECTION,)
    change_the_cassette(bench)
    assert bench.shown.screen is Screen.HOME
    bench.cut_power()
    bench.start()
    bench.ready()
    assert bench.shown.screen is Screen.HOME


def test_an_opening_that_nobody_announced_is_evidence_and_changes_no_count(bench):
    pay_one(bench)
    bench.tell(CassetteOut(), CassetteOut(), CassetteIn())
    bench.ready()
    assert bench.cash == {10_000: 1}
    assert period(bench).openings == 1
    assert bench.shown.screen is Screen.HOME
    pay_one(bench)
    bench.tell(order())
    (record,) = collections(bench)
    assert (record.total_minor("RUB"), record.openings) == (20_000, 1)
    assert "Кассета открывалась" in bench.ask(queries.slips)[-1].text


def test_a_cassette_taken_out_while_the_session_is_being_finished_was_announced(bench):
    bench.go_to_money()
    bench.feed(100)
    bench.tell(order(), CassetteOut(), CassetteIn())
    bench.ready()
    assert len(collections(bench)) == 1
    assert collections(bench)[0].openings == 0
    assert bench.shown.screen is not Screen.OUT_OF_SERVICE


def test_an_empty_box_may_be_opened(bench):
    change_the_cassette(bench)
    assert period(bench).openings == 0


def test_a_change_that_is_confirmed_while_the_cassette_is_out_needs_no_second_one(bench):
    pay_one(bench)
    bench.tell(CassetteOut(), order(), CassetteIn())
    bench.ready()
    assert bench.shown.screen is Screen.HOME
    assert collections(bench)[0].how is CollectionHow.CASSETTE_OUT


def test_a_change_that_is_confirmed_afterwards_needs_no_second_one(bench):
    pay_one(bench)
    change_the_cassette(bench)
    bench.tell(order())
    assert bench.shown.screen is Screen.HOME
    assert collections(bench)[0].how is CollectionHow.CASSETTE_CHANGED


def test_the_change_of_one_collection_is_not_taken_for_that_of_the_next(bench):
    """Somebody orders again with nothing stacked since: he may take the box, so no money comes in."""
    pay_one(bench)
    bench.tell(order())
    change_the_cassette(bench)
    bench.tell(order("order-2"))
    assert collections(bench)[1].how is CollectionHow.ANNOUNCED
    assert bench.shown.screen is Screen.OUT_OF_SERVICE
    change_the_cassette(bench)
    assert bench.shown.screen is Screen.HOME


def test_an_opening_that_could_not_be_recorded_is_recorded_when_the_disk_is_back(bench):
    pay_one(bench)
    bench.journal.broken = True
    bench.tell(CassetteOut(), CassetteIn())
    bench.journal.broken = False
    bench.wait(STORAGE_RETRY_S)
    assert period(bench).openings == 1


# --- power ------------------------------------------------------------------------------------------


class PowerCut(BaseException):
    """Not an `Exception`: nothing may survive it."""


def fused(bench, after):
    """The power goes at the effect number `after` from here, between any two effects."""
    left = [after]

    def passing():
        left[0] -= 1
        if left[0] < 0:
            raise PowerCut

    def watched(effect):
        def instead(*args, **named):
            passing()
            effect(*args, **named)
            passing()

        return instead

    bench.journal.append = watched(bench.journal.append)
    for name in ("accept", "stop", "print_slip", "submit", "settled"):
        setattr(bench.orders, name, watched(getattr(bench.orders, name)))


def story(bench):
    bench.go_to_money()
    bench.feed(100)
    cycle = bench.escrow(500)
    bench.tell(order())
    bench.stacked(cycle, 500)
    bench.tell(Disabled())
    bench.tell(CassetteOut(), CassetteIn())
    bench.ready()


@pytest.mark.parametrize("after", range(50))
def test_power_that_fails_anywhere_leaves_a_whole_collection_or_none(make_bench, after):
    bench = make_bench()
    bench.ready()
    fused(bench, after)
    try:
        story(bench)
    except PowerCut:
        whole = False
    else:
        whole = True
    happened = len(collections(bench))
    bench.cut_power()
    bench.orders = bench.new_orders()
    bench.start()
    bench.ready()
    assert len(collections(bench)) == happened <= 1
    bench.tell(order())
    assert len(collections(bench)) == 1
    inside = {10_000: 1, 50_000: 1} if 50_000 in everything(bench) else {10_000: 1}
    assert everything(bench) in (inside, {})
    paid = sum(one.item.inserted_minor for one in bench.payments)
    disputed = sum(one.item.disputed_minor for one in bench.payments)
    assert paid + disputed in (0, 10_000, 60_000)
    receipts = [slip.receipt_number for slip in bench.ask(queries.slips)]
    assert receipts == list(range(1, len(receipts) + 1))
    assert bench.verdict().findings == ()
    if whole:
        assert after > 30


def everything(bench):
    """Notes of all periods by denomination."""
    found = dict(bench.cash)
    for record in collections(bench):
        for one in record.counts:
            found[one.minor] = found.get(one.minor, 0) + one.count
    return found


def test_patience_is_longer_than_any_note_takes():
    assert COLLECT_PATIENCE_S > STACK_PATIENCE_S
