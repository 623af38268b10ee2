"""The provider is asked before cash: what the customer sees of it, and that it costs her nothing."""

import pytest
from structlog.testing import capture_logs

from config.catalogue import AnswerField, load_catalogue
from kiosk.terminal.snapshot import AccountCheck, AccountRefusal, Screen
from kiosk.terminal.touch import Action
from offline_queue.enquiry.messages import AccountTold
from offline_queue.sync.messages import LinkChanged
from terminal_api.accounts import AccountAnswer, AccountVerdict

ACCOUNT = "9161234567"


class Asked:
    """Whoever is asked writes it down and says nothing."""

    def __init__(self):
        self.questions = {}

    def ask(self, ticket, question):
        self.questions[ticket] = question

    @property
    def last(self):
        return max(self.questions)


def answer(verdict=AccountVerdict.GOOD, code=0, **fields):
    return AccountAnswer(terminal_id="00000000", verdict=verdict, code=code, fields=fields)


@pytest.fixture
def asked():
    return Asked()


@pytest.fixture
def bench(make_bench, asked):
    def changed(**changes):
        catalogue = load_catalogue()
        providers = tuple(
            one.model_copy(update=changes) if one.code == "mts" else one
            for one in catalogue.providers
        )
        return catalogue.model_copy(update={"providers": providers})

    def make(**changes):
        bench = make_bench(enquirer=asked, catalogue=changed(**changes))
        bench.ready()
        return bench

    return make


def type_account(bench, account=ACCOUNT):
    bench.touch(Action.OPEN_PROVIDER, "mts")
    for digit in account:
        bench.touch(Action.KEY, digit)
    bench.touch(Action.FORWARD)


def tell(bench, asked, told):
    bench.tell(AccountTold(ticket=asked.last, answer=told))


def test_the_provider_is_asked_and_its_answer_stands_on_the_check(bench, asked):
    debt = AnswerField(name="disp2", title="Долг", kind="debt")
    bench = bench(answer=(debt,))
    type_account(bench)
    assert bench.shown.screen is Screen.ENQUIRY
    question = asked.questions[asked.last]
    assert (question.provider_code, question.account) == ("mts", ACCOUNT)
    assert question.fields == {"account": ACCOUNT}
    tell(bench, asked, answer(disp1="Иванов И. И.", disp2="350.00"))
    view = bench.shown.confirm
    assert view.check is AccountCheck.GOOD
    assert [line.value for line in view.answer] == ["Иванов И. И."]
    bench.touch(Action.FORWARD)
    assert bench.shown.money.debt_minor == 35_000
    assert bench.shown.money.min_minor == 1_000, "a debt is a hint, never a sum that is forced"


def test_a_refused_account_leads_back_and_cannot_be_confirmed_as_it_is(bench, asked):
    bench = bench()
    type_account(bench)
    tell(bench, asked, answer(AccountVerdict.BAD, 5))
    assert bench.shown.screen is Screen.ENTRY
    assert bench.shown.entry.refusal is AccountRefusal.NOT_KNOWN
    assert not bench.shown.entry.complete
    bench.touch(Action.FORWARD)
    assert bench.shown.screen is Screen.ENTRY
    bench.touch(Action.ERASE)
    bench.touch(Action.KEY, "8")
    assert bench.shown.entry.refusal is None
    bench.touch(Action.FORWARD)
    assert bench.shown.screen is Screen.ENQUIRY
    assert asked.questions[asked.last].account == ACCOUNT[:-1] + "8"


def test_no_answer_in_time_goes_on_and_says_so(bench, asked):
    bench = bench()
    type_account(bench)
    assert bench.terminal.next_deadline() <= bench.clock.seconds + bench.settings.session.answer_s
    bench.wait(bench.settings.session.answer_s - 0.1)
    assert bench.shown.screen is Screen.ENQUIRY
    bench.wait(0.2)
    assert bench.shown.confirm.check is AccountCheck.UNANSWERED
    late = bench.shown
    tell(bench, asked, answer(AccountVerdict.BAD, 5))
    assert bench.shown is late, "what comes too late changes nothing"


def test_without_a_line_nobody_waits(bench, asked):
    bench = bench()
    bench.tell(LinkChanged(online=False, why="timeout"))
    type_account(bench)
    assert bench.shown.confirm.check is AccountCheck.UNANSWERED
    assert asked.questions == {}


def test_where_the_answer_is_required_no_cash_is_taken_without_it(bench, asked):
    bench = bench(check_required=True)
    type_account(bench)
    tell(bench, asked, None)
    assert (bench.shown.screen, bench.shown.enquiry.given_up) == (Screen.ENQUIRY, True)
    bench.touch(Action.FORWARD)
    assert not bench.shown.enquiry.given_up
    tell(bench, asked, answer())
    assert bench.shown.screen is Screen.CONFIRM


def test_whoever_gets_no_required_answer_finds_the_way_back_and_goes_by_itself(bench, asked):
    bench = bench(check_required=True)
    for leave in (
        lambda: bench.touch(Action.BACK),
        lambda: bench.touch(Action.HOME),
        lambda: bench.wait(bench.settings.session.idle_s),
    ):
        type_account(bench)
        bench.wait(bench.settings.session.answer_s)
        assert bench.shown.enquiry.given_up
        leave()
        assert bench.shown.screen in (Screen.ENTRY, Screen.HOME)
        bench.touch(Action.HOME)


def test_an_answer_to_an_earlier_question_says_nothing_about_this_one(bench, asked):
    bench = bench()
    type_account(bench)
    first = asked.last
    bench.touch(Action.BACK)
    bench.touch(Action.FORWARD)
    bench.tell(AccountTold(ticket=first, answer=answer(AccountVerdict.BAD, 5)))
    assert bench.shown.screen is Screen.ENQUIRY
    tell(bench, asked, answer())
    assert bench.shown.confirm.check is AccountCheck.GOOD


def test_an_answer_for_a_customer_who_left_reaches_nobody(bench, asked):
    bench = bench()
    type_account(bench)
    bench.touch(Action.HOME)
    before = bench.shown
    tell(bench, asked, answer(disp1="Иванов"))
    assert bench.shown is before


def test_a_good_answer_is_not_asked_for_twice_and_a_missing_one_is(bench, asked):
    bench = bench()
    type_account(bench)
    tell(bench, asked, answer())
    bench.touch(Action.BACK)
    bench.touch(Action.FORWARD)
    assert (bench.shown.screen, len(asked.questions)) == (Screen.CONFIRM, 1)
    bench.touch(Action.HOME)
    type_account(bench)
    tell(bench, asked, None)
    bench.touch(Action.BACK)
    bench.touch(Action.FORWARD)
    assert (bench.shown.screen, len(asked.questions)) == (Screen.ENQUIRY, 3)


def test_behind_the_help_nothing_is_answered_unseen(bench, asked):
    bench = bench()
    type_account(bench)
    bench.touch(Action.OPEN_ABOUT)
    tell(bench, asked, answer(AccountVerdict.BAD, 5))
    bench.touch(Action.BACK)
    assert bench.shown.screen is Screen.ENTRY
    assert bench.shown.entry.refusal is None


def test_nothing_of_question_and_answer_is_recorded_or_logged(bench, asked):
    bench = bench()
    with capture_logs() as logs:
        type_account(bench)
        tell(bench, asked, answer(disp1="Иванов И. И."))
        bench.touch(Action.FORWARD)
        bench.touch(Action.BACK)
    assert ACCOUNT not in repr(logs)
    assert "Иванов" not in repr(logs)
    bench.journal.close()
    assert "Иванов".encode() not in (bench.folder / "journal.db").read_bytes()


def test_the_same_payment_comes_of_it_whatever_was_answered(bench, asked):
    bench = bench()
    for told in (answer(disp1="Иванов"), None):
        type_account(bench)
        tell(bench, asked, told)
        bench.touch(Action.FORWARD)
        bench.feed(100)
        bench.pay()
        bench.printed()
        bench.wait(bench.settings.session.processing_s)
        bench.touch(Action.FINISH)
    one, other = (row.item for row in bench.payments)
    assert (one.account, one.fields, one.inserted_minor) == (
        other.account,
        other.fields,
        other.inserted_minor,
    )
