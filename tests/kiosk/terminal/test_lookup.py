"""A payment is found again by its account and day; nobody sees more of it than is needed."""

import pytest

from drivers.printers.contract import SlipFailed, SlipFailure, SlipPrinted
from kiosk.terminal.lookup import comparable
from kiosk.terminal.snapshot import Delivery, Screen, SlipState
from kiosk.terminal.touch import Action
from offline_queue.sync.messages import Answered
from terminal_api.payments import PaymentAnswer, PaymentStatus, Verdict

ACCOUNT = "9161234567"


def paid(bench, account=ACCOUNT, roubles=100):
    number = bench.journal.next_number("payment_number")
    bench.go_to_money(account=account)
    bench.feed(roubles)
    bench.pay()
    bench.printed()
    bench.credited(number)
    bench.wait(1)
    bench.touch(Action.FINISH)
    return number


def look_up(bench, typed, days_ago=0):
    bench.touch(Action.HOME)
    bench.touch(Action.OPEN_CHECK)
    for digit in typed:
        bench.touch(Action.KEY, digit)
    for _ in range(days_ago):
        bench.touch(Action.NEXT_PAGE)
    bench.touch(Action.FORWARD)
    return bench.shown.check.payments


@pytest.mark.parametrize("typed", [ACCOUNT, "7" + ACCOUNT, "8" + ACCOUNT])
def test_a_payment_is_found_however_its_phone_is_written(bench, typed):
    paid(bench, roubles=500)
    paid(bench, account="9260000000")
    (found,) = look_up(bench, typed)
    assert bench.shown.screen is Screen.FOUND
    assert (found.inserted_minor, found.delivery) == (50_000, Delivery.CREDITED)
    assert (found.provider.code, found.account) == ("mts", "+7 916 ···-··-67")


@pytest.mark.parametrize("typed", ["916123456", "1234567", "9161234568"])
def test_a_part_of_an_account_finds_nothing(bench, typed):
    paid(bench)
    assert look_up(bench, typed) == ()


@pytest.mark.parametrize(
    ("provider", "account", "typed", "found"),
    [
        ("steam", "gabe_n", "gabe_n", True),
        ("steam", "gabe_n", "GABE_N", True),
        ("steam", "Gabe_N", "gabe_n", True),
        ("steam", "gabe_n", " gabe_n ", True),
        ("steam", "gabe_n", "gaben", False),
        ("steam", "gabe1", "gabe2", False),
        ("steam", "gabe12345", "12345", False),
        ("steam", "12345", "gabe12345", False),
        ("webmoney_p", "P123456789012", "p123456789012", True),
        ("webmoney_p", "P123456789012", "r123456789012", False),
        ("webmoney_p", "P123456789012", "123456789012", False),
    ],
)
def test_letters_of_an_account_count_in_whatever_case(bench, provider, account, typed, found):
    number = bench.journal.next_number("payment_number")
    bench.go_to_money(provider=provider, account=account)
    bench.feed(500)
    bench.pay()
    bench.printed()
    bench.credited(number)
    bench.wait(1)
    bench.touch(Action.FINISH)
    assert len(look_up(bench, typed)) == found


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("12345/24/77001-ИП", "12345/24/77001-ип", True),
        ("12345/24/77001-ИП", "12345/24/77001", False),
        ("a.b@mail.ru", "ab@mail.ru", False),
        ("a-b@mail.ru", "ab@mail.ru", False),
        ("1234 5678", "12345678", True),
        ("1234-5678", "12345678", True),
        ("+7 916 123-45-67", "89161234567", True),
    ],
)
def test_what_of_an_account_has_to_agree(one, other, alike):
    assert (comparable(one) == comparable(other)) is alike


def test_a_payment_in_dispute_is_told_from_a_refused_one(bench):
    number = bench.journal.next_number("payment_number")
    bench.go_to_money(account=ACCOUNT)
    bench.feed(100)
    bench.pay()
    bench.printed()
    bench.wait(bench.settings.session.processing_s)
    bench.touch(Action.FINISH)
    look_up(bench, ACCOUNT)
    disputed = PaymentAnswer(
        number=number, verdict=Verdict.ACCEPTED, status=PaymentStatus.DISPUTED, uid="u"
    )
    bench.tell(Answered(answers=(disputed,)))
    assert [one.delivery for one in bench.shown.check.payments] == [Delivery.DISPUTED]
    assert [one.delivery for one in look_up(bench, ACCOUNT)] == [Delivery.DISPUTED]


def test_the_newest_come_first_and_not_too_many(bench):
    numbers = [paid(bench) for _ in range(7)]
    assert [one.number for one in look_up(bench, ACCOUNT)] == numbers[:1:-1]


@pytest.mark.parametrize(("days_ago", "count"), [(0, 0), (6, 0), (7, 1), (10, 1), (13, 1), (14, 0)])
def test_payments_of_three_days_around_are_found(bench, days_ago, count):
    paid(bench)
    bench.wait(10 * 86_400)
    bench.ready()
    assert len(look_up(bench, ACCOUNT, days_ago)) == count


def test_a_copy_is_ordered_once_and_says_that_it_is_one(bench):
    number = paid(bench)
    look_up(bench, ACCOUNT)
    before = len(bench.orders.named("print"))
    bench.touch(Action.COPY, str(number))
    bench.touch(Action.COPY, str(number))
    assert len(bench.orders.named("print")) == before + 1
    assert bench.shown.check.copied == number
    assert len(bench.payments) == 1


def test_a_copy_that_did_not_come_out_is_told_and_can_be_ordered_again(bench):
    number = paid(bench)
    look_up(bench, ACCOUNT)
    bench.touch(Action.COPY, str(number))
    bench.tell(SlipFailed(slip=-99, why=SlipFailure.NOT_CONFIRMED, sent=True))
    assert bench.shown.check.copy is SlipState.PRINTING, "that was another one"
    bench.tell(SlipFailed(slip=-number, why=SlipFailure.NOT_CONFIRMED, sent=True))
    assert bench.shown.check.copy is SlipState.FAILED
    before = len(bench.orders.named("print"))
    bench.touch(Action.COPY, str(number))
    assert len(bench.orders.named("print")) == before + 1
    assert bench.shown.check.copy is SlipState.PRINTING
    bench.tell(SlipPrinted(slip=-number))
    assert bench.shown.check.copy is SlipState.PRINTED
    bench.touch(Action.COPY, str(number))
    assert len(bench.orders.named("print")) == before + 1


def test_nothing_of_it_is_left_for_the_next_customer(bench):
    paid(bench)
    look_up(bench, ACCOUNT)
    bench.wait(bench.settings.session.idle_s)
    assert bench.shown.screen is Screen.HOME
    bench.touch(Action.OPEN_CHECK)
    assert (bench.shown.check.account, bench.shown.check.payments) == ("", None)


def test_an_answer_changes_what_is_looked_at(bench):
    number = bench.journal.next_number("payment_number")
    bench.go_to_money(account=ACCOUNT)
    bench.feed(100)
    bench.pay()
    bench.printed()
    bench.wait(bench.settings.session.processing_s)
    bench.touch(Action.FINISH)
    (found,) = look_up(bench, ACCOUNT)
    assert found.delivery is Delivery.QUEUED
    bench.credited(number)
    (now,) = bench.shown.check.payments
    assert (bench.shown.screen, now.delivery) == (Screen.FOUND, Delivery.CREDITED)


def test_an_answer_to_another_payment_changes_nothing_of_it(bench):
    paid(bench)
    other = bench.journal.next_number("payment_number")
    bench.go_to_money(account="9260000000")
    bench.feed(100)
    bench.pay()
    bench.printed()
    bench.wait(bench.settings.session.processing_s)
    bench.touch(Action.FINISH)
    before = look_up(bench, ACCOUNT)
    bench.credited(other)
    assert bench.shown.check.payments == before
