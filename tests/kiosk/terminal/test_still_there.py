"""Who goes away is asked first; what she chose ends with her visit, and her money is paid."""

import pytest

from drivers.acceptors.contract import Disabled, Enabled
from kiosk.terminal.snapshot import Language, Manner, Screen
from kiosk.terminal.touch import Action, Touch
from offline_queue.journal import queries


def asked_at(bench):
    session = bench.settings.session
    return session.idle_s - session.ask_s


def test_before_the_start_screen_comes_back_the_customer_is_asked(bench):
    bench.touch(Action.OPEN_PROVIDER, "mts")
    bench.wait(asked_at(bench) - 1)
    assert (bench.shown.asking, bench.shown.seconds_left) == (False, None)
    bench.wait(1)
    assert (bench.shown.asking, bench.shown.seconds_left) == (True, 20)
    assert bench.shown.screen is Screen.ENTRY
    bench.wait(1)
    assert bench.shown.seconds_left == 19
    bench.wait(19)
    assert (bench.shown.screen, bench.shown.asking) == (Screen.HOME, False)


def test_who_is_still_there_keeps_what_was_typed(bench):
    bench.touch(Action.OPEN_PROVIDER, "mts")
    bench.touch(Action.KEY, "9")
    bench.wait(asked_at(bench) + 3)
    before = bench.shown.entry
    bench.touch(Action.STAY)
    assert bench.shown.entry == before
    assert not bench.shown.asking
    bench.wait(asked_at(bench) - 1)
    assert not bench.shown.asking


def test_the_terminal_looks_again_at_every_second_of_the_question(bench):
    bench.touch(Action.OPEN_PROVIDER, "mts")
    begun = bench.clock.monotonic()
    assert bench.terminal.next_deadline() <= begun + asked_at(bench)
    bench.wait(asked_at(bench) + 0.5)
    assert bench.terminal.next_deadline() <= begun + asked_at(bench) + 1


def test_with_money_inside_the_question_ends_in_a_payment(bench):
    bench.go_to_money()
    bench.feed(500)
    session = bench.settings.session
    bench.wait(session.money_idle_s - session.money_ask_s)
    assert bench.shown.asking
    assert bench.shown.seconds_left == session.money_ask_s
    bench.wait(session.money_ask_s)
    bench.tell(Disabled())
    assert bench.shown.screen is Screen.PROCESSING
    assert [payment.item.inserted_minor for payment in bench.payments] == [50_000]


def test_with_money_inside_who_is_still_there_gets_the_whole_time_again(bench):
    bench.go_to_money()
    bench.feed(500)
    session = bench.settings.session
    bench.wait(session.money_idle_s - 1)
    bench.touch(Action.STAY)
    bench.wait(session.money_idle_s - session.money_ask_s - 1)
    assert bench.shown.screen is Screen.MONEY
    assert not bench.shown.asking
    assert not bench.payments


def test_nobody_is_asked_while_a_note_moves(bench):
    bench.go_to_money()
    bench.escrow(500)
    session = bench.settings.session
    bench.wait(session.money_idle_s - session.money_ask_s + 1)
    assert not bench.shown.asking


def test_the_language_holds_through_a_visit_with_two_payments(bench):
    bench.touch(Action.LANGUAGE, "kk")
    bench.go_to_money()
    bench.feed(100)
    bench.pay()
    bench.printed()
    bench.credited(1)
    bench.wait(1)
    assert bench.shown.screen is Screen.THANKS
    assert bench.shown.manner.language is Language.KK
    bench.touch(Action.ANOTHER)
    assert (bench.shown.screen, bench.shown.manner.language) == (Screen.HOME, Language.KK)


@pytest.mark.parametrize("action", [Action.FINISH, None])
def test_the_next_customer_is_met_in_the_houses_manner(bench, action):
    for touched, value in [(Action.LANGUAGE, "en"), (Action.CONTRAST, ""), (Action.LOW, "")]:
        bench.touch(touched, value)
    bench.go_to_money()
    bench.feed(100)
    bench.pay()
    bench.printed()
    bench.credited(1)
    bench.wait(1)
    if action is None:
        bench.wait(bench.settings.session.result_s)
    else:
        bench.touch(action)
    assert (bench.shown.screen, bench.shown.manner) == (Screen.HOME, Manner())


def test_a_changed_language_keeps_the_screen_and_what_was_typed(bench):
    bench.touch(Action.OPEN_PROVIDER, "mts")
    bench.touch(Action.KEY, "9")
    before = bench.shown.entry
    bench.touch(Action.LANGUAGE, "kk")
    assert bench.shown.entry == before
    assert bench.shown.manner.language is Language.KK


def test_the_configured_language_greets(make_bench):
    bench = make_bench(display={"language": "kk"})
    bench.ready()
    assert bench.shown.manner.language is Language.KK


def test_a_start_screen_where_nobody_is_says_what_can_be_paid(make_bench):
    bench = make_bench(session={"attract_s": 60})
    bench.ready()
    bench.touch(Action.LANGUAGE, "en")
    bench.wait(bench.settings.session.attract_s)
    assert (bench.shown.screen, bench.shown.manner) == (Screen.ATTRACT, Manner())
    bench.touch(Action.BEGIN)
    assert bench.shown.screen is Screen.HOME


def test_the_last_screen_counts_its_last_seconds(bench):
    bench.go_to_money()
    bench.feed(100)
    bench.pay()
    bench.printed()
    bench.credited(1)
    bench.wait(1)
    assert bench.shown.seconds_left is None
    bench.wait(bench.settings.session.result_s - 5)
    assert (bench.shown.seconds_left, bench.shown.asking) == (5, False)


def test_a_touch_on_a_screen_that_is_gone_changes_no_language(bench):
    bench.touch(Action.OPEN_PROVIDER, "mts")
    bench.tell(Touch(screen=Screen.HOME, action=Action.LANGUAGE, value="kk"))
    assert bench.shown.manner == Manner()


def test_money_that_timed_out_empty_ends_the_visit(bench):
    bench.touch(Action.LANGUAGE, "kk")
    bench.go_to_money()
    bench.tell(Enabled())
    bench.wait(bench.settings.session.money_idle_s)
    bench.tell(Disabled())
    assert (bench.shown.screen, bench.shown.manner) == (Screen.HOME, Manner())


def test_the_slip_speaks_the_language_of_its_session_on_paper_and_after_a_restart(bench):
    bench.touch(Action.LANGUAGE, "en")
    bench.go_to_money()
    bench.feed(100)
    bench.pay()
    (slip,) = bench.ask(queries.slips)
    assert "Credited" in slip.text
    assert slip.template.endswith(":en")
    assert b"Credited" in bench.orders.named("print")[-1][2]


def test_a_payment_that_a_restart_made_speaks_the_language_of_its_session(bench):
    bench.touch(Action.LANGUAGE, "en")
    bench.go_to_money()
    bench.feed(100)
    bench.cut_power()
    bench.start()
    bench.ready()
    (slip,) = bench.ask(queries.slips)
    assert slip.template.endswith(":en")
