"""Payments on their way to the backend: handed over once, recorded at every step."""

import pytest
from structlog.testing import capture_logs

from drivers.acceptors.contract import Disabled
from kiosk.terminal.rules import DISPUTES_LOOK_S
from kiosk.terminal.snapshot import Delivery
from kiosk.terminal.touch import Action
from offline_queue.journal import queries
from offline_queue.sync.messages import Answered, Missing, Parked
from terminal_api.payments import PaymentAnswer, PaymentStatus, Verdict


def pay(bench, times=1):
    for _ in range(times):
        bench.touch(Action.FINISH)
        bench.go_to_money()
        bench.feed(100)
        bench.pay()
        bench.printed()
        bench.wait(21)


def answer(number, status=PaymentStatus.CREDITED, verdict=Verdict.ACCEPTED):
    return PaymentAnswer(number=number, verdict=verdict, status=status, uid="u")


def submitted(bench):
    return [(numbers, ask_first) for _, numbers, ask_first in bench.orders.named("submit")]


def states(bench):
    return [payment.state for payment in bench.payments]


def test_what_is_about_to_leave_is_recorded_first(bench):
    pay(bench)
    log = bench.orders.log
    assert log.index(("written", "payments_sent")) < log.index(("submit", (1,), False))
    assert states(bench) == ["sent"]


def test_one_batch_is_under_way_at_a_time(bench):
    pay(bench, 3)
    assert submitted(bench) == [((1,), False)]
    bench.tell(Answered(answers=(answer(1),)))
    assert submitted(bench) == [((1,), False), ((2, 3), False)]
    assert states(bench) == ["credited", "sent", "sent"]


def test_a_batch_that_is_answered_in_parts_is_over_with_its_last_answer(bench):
    pay(bench, 3)
    bench.tell(Answered(answers=(answer(1),)))
    pay(bench)
    bench.tell(Answered(answers=(answer(3),)))
    assert len(submitted(bench)) == 2
    bench.tell(Answered(answers=(answer(2),)))
    assert submitted(bench)[2:] == [((4,), False)]


def test_a_payment_that_waits_holds_up_no_customer(bench):
    pay(bench)
    assert bench.orders.named("submit")
    pay(bench)
    assert len(bench.payments) == 2


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (PaymentStatus.ACCEPTED, "accepted"),
        (PaymentStatus.CREDITED, "credited"),
        (PaymentStatus.REFUSED, "refused"),
        (PaymentStatus.DISPUTED, "disputed"),
    ],
)
@pytest.mark.parametrize("verdict", [Verdict.ACCEPTED, Verdict.DUPLICATE])
def test_an_answer_is_recorded(bench, status, state, verdict):
    pay(bench)
    bench.tell(Answered(answers=(answer(1, status, verdict),)))
    assert states(bench) == [state]


@pytest.mark.parametrize("verdict", [Verdict.CONFLICT, Verdict.REJECTED])
def test_a_payment_that_the_backend_does_not_take_is_parked_and_the_next_goes_on(bench, verdict):
    pay(bench, 2)
    bench.tell(Answered(answers=(answer(1, PaymentStatus.UNKNOWN, verdict),)))
    assert states(bench) == ["parked", "sent"]


@pytest.mark.parametrize("verdict", [Verdict.CONFLICT, Verdict.REJECTED])
def test_a_payment_that_is_parked_is_an_alarm_without_what_the_backend_quotes(bench, verdict):
    pay(bench)
    refused = PaymentAnswer(
        number=1, verdict=verdict, status=PaymentStatus.UNKNOWN, uid=None, message="916 1234567"
    )
    with capture_logs() as log:
        bench.tell(Answered(answers=(refused,)))
    (told,) = [entry for entry in log if entry["event"] == "payments_parked"]
    assert (told["alarm"], told["numbers"], told["why"]) == ("payment parked", (1,), verdict)
    assert "1234567" not in str(log)


def test_an_unreadable_payment_is_parked_and_the_next_goes_on(bench):
    pay(bench, 2)
    bench.tell(Parked(numbers=(1,), why="unreadable"))
    assert states(bench) == ["parked", "sent"]


def test_a_payment_that_the_backend_lost_is_sent_again(bench):
    pay(bench)
    bench.tell(Answered(answers=(answer(1, PaymentStatus.ACCEPTED),)))
    bench.tell(Missing(numbers=(1,)))
    assert submitted(bench)[-1] == ((1,), False)
    assert states(bench) == ["sent"]


def test_payments_without_an_end_are_asked_about_now_and_then(bench):
    pay(bench, 2)
    bench.tell(Answered(answers=(answer(1, PaymentStatus.ACCEPTED),)))
    bench.tell(Answered(answers=(answer(2, PaymentStatus.CREDITED),)))
    bench.wait(31)
    assert bench.orders.named("ask")[-1] == ("ask", (1,))
    bench.tell(Answered(answers=(answer(1, PaymentStatus.CREDITED, Verdict.DUPLICATE),)))
    asked = len(bench.orders.named("ask"))
    bench.wait(31)
    assert len(bench.orders.named("ask")) == asked


def test_the_customer_sees_what_became_of_the_payment(bench):
    bench.go_to_money()
    bench.feed(100)
    bench.pay()
    bench.tell(Answered(answers=(answer(1, PaymentStatus.ACCEPTED),)))
    assert bench.shown.result.delivery is Delivery.ACCEPTED
    bench.tell(Answered(answers=(answer(1, PaymentStatus.REFUSED, Verdict.DUPLICATE),)))
    assert bench.shown.result.delivery is Delivery.REFUSED


def test_the_answer_to_another_payment_is_not_the_customers(bench):
    pay(bench)
    bench.touch(Action.FINISH)
    bench.go_to_money()
    bench.feed(100)
    bench.pay()
    bench.tell(Answered(answers=(answer(1, PaymentStatus.REFUSED),)))
    assert bench.shown.result.payment_number == 2
    assert bench.shown.result.delivery is Delivery.QUEUED


def test_an_answer_that_could_not_be_recorded_is_asked_for_again(bench):
    pay(bench)
    bench.journal.broken = True
    bench.tell(Answered(answers=(answer(1),)))
    bench.journal.broken = False
    bench.wait(3)
    assert submitted(bench)[-1] == ((1,), True)
    bench.tell(Answered(answers=(answer(1, verdict=Verdict.DUPLICATE),)))
    assert states(bench) == ["credited"]


def test_a_payment_formed_while_the_disk_failed_right_after_is_delivered(bench):
    bench.go_to_money()
    bench.feed(100)
    bench.touch(Action.PAY)
    bench.journal.doubtful = True
    bench.tell(Disabled())
    bench.journal.broken = False
    bench.wait(3)
    assert submitted(bench) == [((1,), False)]


def test_a_long_outbox_goes_in_batches_in_order_of_number(make_bench):
    bench = make_bench(backend={"batch_size": 2})
    bench.ready()
    pay(bench, 5)
    for number in range(1, 6):
        bench.tell(Answered(answers=(answer(number),)))
    assert [numbers for numbers, _ in submitted(bench)] == [(1,), (2, 3), (4, 5)]
    assert bench.ask(queries.outbox_state).pending == 0


def asked(bench):
    return [numbers for _, numbers in bench.orders.named("ask")]


def test_a_disputed_payment_is_asked_about_once_a_day_until_it_is_settled(bench):
    pay(bench)
    bench.tell(Answered(answers=(answer(1, PaymentStatus.DISPUTED),)))
    bench.wait(60)
    bench.wait(60)
    assert asked(bench) == [(1,)]
    end = bench.journal.end
    bench.tell(Answered(answers=(answer(1, PaymentStatus.DISPUTED, Verdict.DUPLICATE),)))
    assert bench.journal.end == end
    bench.wait(DISPUTES_LOOK_S)
    assert asked(bench) == [(1,), (1,)]
    bench.tell(Answered(answers=(answer(1, PaymentStatus.CREDITED, Verdict.DUPLICATE),)))
    assert states(bench) == ["credited"]
    bench.wait(DISPUTES_LOOK_S)
    assert asked(bench) == [(1,), (1,)]


def test_progress_is_shown_what_waits_since_when_and_the_last_answer(bench):
    pay(bench, 3)
    bench.wait(31)
    waiting = bench.shown.delivery
    assert (waiting.pending, waiting.success_at) == (3, None)
    assert waiting.oldest_formed_at == bench.payments[0].item.formed_at
    bench.tell(Answered(answers=(answer(1), answer(2))))
    assert (bench.shown.delivery.pending, bench.shown.delivery.success_at) == (1, bench.clock.now())
    assert bench.shown.delivery.oldest_formed_at == bench.payments[2].item.formed_at
    bench.tell(Answered(answers=(answer(3),)))
    assert (bench.shown.delivery.pending, bench.shown.delivery.oldest_formed_at) == (0, None)
