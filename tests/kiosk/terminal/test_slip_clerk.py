"""Slips that neither a payment nor a collection brings along: on record first, each once."""

import pytest

from drivers.acceptors.contract import Disputed, Note, Stacked, StackedHow
from drivers.printers.contract import SlipFailed, SlipFailure, SlipPrinted
from kiosk.terminal.rules import STORAGE_RETRY_S
from kiosk.terminal.service import Collect
from kiosk.terminal.slip_orders import NotPrinted, PrintSlip, ServiceSlip, SlipOut, SlipRefused
from offline_queue.journal import queries
from offline_queue.sync.messages import Answered
from terminal_api.payments import PaymentAnswer, PaymentStatus, Verdict

HOTLINE = "8-800-707-77-59"


def slips(bench):
    return bench.ask(queries.slips)


def printed(bench):
    return [(number, data) for _, number, data in bench.orders.named("print")]


def said(words, data):
    return words.encode("cp866") in data


def pay_one(bench):
    bench.go_to_money()
    bench.feed(500)
    bench.pay()
    bench.printed()


def go_home(bench):
    bench.wait(21)
    bench.wait(100)


def answered(bench, status, verdict=Verdict.ACCEPTED):
    bench.tell(
        Answered(answers=(PaymentAnswer(number=1, verdict=verdict, status=status, uid="u"),))
    )


# --- what is ordered --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("slip", "kind", "words"),
    [
        (ServiceSlip.TEST, "device_test", ("Проверка печати", "80 mm", "17 cp866", "Крупно")),
        (ServiceSlip.INFORMATION, "information", ("Сведения о терминале", "test", "built-in:1")),
        (ServiceSlip.SHIFT, "shift", ("Отчёт за период (X)", "500 руб. x 1", "Период №")),
    ],
)
def test_a_slip_that_is_ordered_is_recorded_printed_and_answered(bench, slip, kind, words):
    pay_one(bench)
    bench.tell(PrintSlip(request="r1", slip=slip))
    stored = slips(bench)[-1]
    assert (stored.receipt_number, stored.kind, stored.payment_number) == (2, kind, None)
    for one in (*words, HOTLINE, bench.settings.terminal.id):
        assert one.lower() in stored.text.lower()
    log = [one[:2] for one in bench.orders.log]
    assert log.index(("written", "slip_made")) < log.index(("print", 2))
    assert bench.answers == []
    bench.printed()
    assert bench.answers == [SlipOut(request="r1", receipt_number=2)]
    assert slips(bench)[-1].state == "printed"
    assert bench.verdict().ok


def test_the_report_of_a_period_adds_up_its_payments_and_closes_nothing(bench):
    pay_one(bench)
    go_home(bench)
    bench.tell(Collect(request="c1", operator="Петров"))
    bench.printed()
    bench.wait(200)
    for _ in range(2):
        pay_one(bench)
        go_home(bench)
    bench.tell(PrintSlip(request="r1", slip=ServiceSlip.SHIFT))
    text = slips(bench)[-1].text
    items = [row.item for row in bench.payments[1:]]
    fee = sum(item.fee_minor for item in items)
    lines = [line.split("  ")[0].strip() for line in text.splitlines()]
    assert "Принято наличными" in lines
    assert "1 000,00 руб." in text
    assert f"{fee // 100},{fee % 100:02d} руб." in text
    assert "Не доставлено платежей" in lines
    before = bench.cash
    bench.printed()
    assert bench.cash == before


def test_a_slip_in_another_language_and_numbers_without_gaps(bench):
    bench.tell(PrintSlip(request="r1", slip=ServiceSlip.TEST, language="en"))
    bench.printed()
    pay_one(bench)
    assert [one.receipt_number for one in slips(bench)] == [1, 2]
    assert "Hotline" in slips(bench)[0].text


def test_one_of_a_kind_at_a_time(bench):
    order = PrintSlip(request="r1", slip=ServiceSlip.TEST)
    bench.tell(order, order)
    assert bench.answers == [SlipRefused(request="r1", why=NotPrinted.STILL_WAITS)]
    bench.printed()
    bench.tell(order)
    assert len(printed(bench)) == 2


def test_a_slip_that_does_not_come_out_is_answered_and_kept(bench):
    bench.tell(PrintSlip(request="r1", slip=ServiceSlip.TEST))
    bench.tell(SlipFailed(slip=1, why=SlipFailure.NOT_READY, sent=False))
    assert bench.answers == [SlipRefused(request="r1", why=NotPrinted.PRINTER)]
    assert slips(bench)[0].state == "failed"


def test_a_slip_that_cannot_be_recorded_is_not_printed(bench):
    bench.journal.broken = True
    bench.tell(PrintSlip(request="r1", slip=ServiceSlip.TEST))
    assert bench.answers == [SlipRefused(request="r1", why=NotPrinted.STORAGE)]
    bench.journal.broken = False
    bench.wait(STORAGE_RETRY_S)
    assert printed(bench) == []
    assert slips(bench) == ()


def test_a_slip_that_was_recorded_though_nobody_knew_is_printed_once(bench):
    bench.journal.doubtful = True
    bench.tell(PrintSlip(request="r1", slip=ServiceSlip.TEST))
    assert printed(bench) == []
    bench.journal.broken = False
    bench.wait(STORAGE_RETRY_S)
    bench.wait(STORAGE_RETRY_S)
    assert [number for number, _ in printed(bench)] == [1]


def test_a_slip_whose_life_ended_is_not_printed_to_nobody(bench):
    pay_one(bench)
    bench.tell(
        PrintSlip(request="r1", slip=ServiceSlip.TEST),
        PrintSlip(request="r2", slip=ServiceSlip.SHIFT),
    )
    bench.cut_power()
    bench.start()
    bench.ready()
    assert [(one.state, one.why) for one in slips(bench)[1:]] == [
        ("failed", "interrupted by a restart"),
        ("failed", "its life ended before it was printed"),
    ]
    assert printed(bench) == []


@pytest.mark.parametrize("request_", ["", " ", "x" * 65, "a\nb"])
def test_an_order_needs_an_identity(request_):
    with pytest.raises(ValueError, match="request"):
        PrintSlip(request=request_, slip=ServiceSlip.TEST)


# --- a note in no payment ---------------------------------------------------------------------------


def test_a_note_that_nobody_can_be_credited_with_gives_a_paper_to_whoever_fed_it(bench):
    cycle = bench.new_cycle()
    bench.stacked(cycle, 500)
    ((number, data),) = printed(bench)
    (stored,) = slips(bench)
    assert (stored.receipt_number, stored.kind) == (number, "error")
    for words in ("Неисправность терминала", "500,00 руб.", "в платёж не вошла", HOTLINE):
        assert said(words, data)
    assert "Зачислено" not in stored.text


def test_a_note_told_twice_gives_one_paper(bench):
    cycle = bench.new_cycle()
    bench.stacked(cycle, 500)
    bench.stacked(cycle, 500)
    assert len(slips(bench)) == 1


def test_a_note_of_another_currency_is_not_called_roubles(bench):
    note = Note(minor=2_000, currency="EUR")
    bench.tell(Stacked(cycle=bench.new_cycle(), note=note, how=StackedHow.NORMAL))
    (stored,) = slips(bench)
    assert "20,00" not in stored.text


@pytest.mark.parametrize(
    ("note", "words"),
    [(None, "достоинство неизвестно"), (Note(minor=50_000, currency="RUB"), "500,00 руб.")],
)
def test_a_disputed_note_outside_of_any_session_gives_a_paper(bench, note, words):
    bench.tell(Disputed(cycle=bench.new_cycle(), note=note, evidence=("44 jam",)))
    (stored,) = slips(bench)
    assert stored.kind == "disputed"
    assert words in stored.text
    assert "Спорная купюра" in stored.text


def test_what_an_earlier_life_left_is_printed_to_nobody(make_bench):
    bench = make_bench()
    bench.stacked(bench.new_cycle(), 500, StackedHow.RECOVERED)
    assert slips(bench) == ()
    assert bench.orders.named("print") == []


def test_a_disputed_note_in_a_session_stands_on_the_slip_of_its_payment(bench):
    bench.go_to_money()
    cycle = bench.escrow(500)
    bench.tell(Disputed(cycle=cycle, note=None, evidence=("44 jam",)))
    bench.pay()
    bench.wait(60)
    (stored,) = slips(bench)
    assert stored.payment_number == 1
    assert "Спорная купюра" in stored.text
    assert "платёж принят" not in stored.text


# --- a payment that is refused while its customer is there ----------------------------------------


def test_who_still_sees_her_payment_refused_gets_a_slip_that_says_so(bench):
    pay_one(bench)
    answered(bench, PaymentStatus.REFUSED)
    number, data = printed(bench)[-1]
    assert number == 2
    for words in ("Платёж не проведён", "К возврату по заявлению", "00000000-000001", "500,00"):
        assert said(words, data)
    bench.tell(SlipPrinted(slip=2))
    answered(bench, PaymentStatus.REFUSED, Verdict.DUPLICATE)
    assert [(one.kind, one.state) for one in slips(bench)] == [
        ("payment", "printed"),
        ("refused", "printed"),
    ]


def test_the_slip_of_the_refusal_comes_behind_the_first(bench):
    bench.go_to_money()
    bench.feed(500)
    bench.pay()
    answered(bench, PaymentStatus.REFUSED)
    assert [number for number, _ in printed(bench)] == [1]
    bench.printed()
    assert [number for number, _ in printed(bench)] == [1, 2]


@pytest.mark.parametrize("status", [PaymentStatus.CREDITED, PaymentStatus.DISPUTED])
def test_any_other_answer_prints_nothing(bench, status):
    pay_one(bench)
    answered(bench, status)
    assert len(printed(bench)) == 1


def test_a_refusal_that_comes_when_nobody_is_there_is_printed_to_nobody(bench):
    pay_one(bench)
    go_home(bench)
    answered(bench, PaymentStatus.REFUSED)
    assert len(printed(bench)) == 1
