"""Amounts that a provider fixes: chosen before cash, reached by notes, never gone past by one."""

import pytest
from structlog.testing import capture_logs

from config.catalogue import AnswerField, FeeBand, load_catalogue
from drivers.acceptors.contract import Disabled
from kiosk.terminal.snapshot import AccountRefusal, NoteProblem, Screen
from kiosk.terminal.touch import Action
from offline_queue.enquiry.messages import AccountTold
from terminal_api.accounts import AccountAnswer, AccountVerdict

FREE = FeeBand(
    from_minor=0, to_minor=None, percent_bp=0, fixed_minor=0, min_minor=0, max_minor=None
)
DEBT = AnswerField(name="owed", title="Долг", kind="debt")


class Asked:
    """Whoever is asked remembers the ticket."""

    ticket = 0

    def ask(self, ticket, question):
        self.ticket = ticket


@pytest.fixture
def make(make_bench):
    def bench_of(enquirer=None, notes=None, **changes):
        catalogue = load_catalogue()
        providers = tuple(
            one.model_copy(update={"fee": (FREE,), **changes}) if one.code == "mts" else one
            for one in catalogue.providers
        )
        catalogue = catalogue.model_copy(update={"providers": providers})
        sections = {"acceptor": {"denominations": notes}} if notes else {}
        bench = make_bench(catalogue=catalogue, enquirer=enquirer, **sections)
        bench.ready()
        return bench

    return bench_of


def type_account(bench):
    bench.touch(Action.OPEN_PROVIDER, "mts")
    for digit in "9161234567":
        bench.touch(Action.KEY, digit)
    bench.touch(Action.FORWARD)


def owed(bench, asked, text):
    fields = {"owed": text}
    told = AccountAnswer(terminal_id="00000000", verdict=AccountVerdict.GOOD, code=0, fields=fields)
    bench.tell(AccountTold(ticket=asked.ticket, answer=told))


def to_money(bench, value="30000"):
    type_account(bench)
    bench.touch(Action.CHOOSE, value)
    bench.touch(Action.FORWARD)
    bench.touch(Action.FORWARD)
    assert bench.shown.screen is Screen.MONEY


def test_an_amount_is_chosen_before_the_check_and_no_other_is_taken(make):
    bench = make(amounts=(100_00, 300_00))
    type_account(bench)
    assert bench.shown.entry.amounts == (100_00, 300_00)
    bench.touch(Action.FORWARD)
    assert bench.shown.screen is Screen.ENTRY
    bench.touch(Action.CHOOSE, "20000")
    assert bench.shown.entry.amount_minor is None
    bench.touch(Action.CHOOSE, "30000")
    assert bench.shown.entry.complete
    bench.touch(Action.FORWARD)
    assert bench.shown.confirm.amount_minor == 300_00
    assert bench.shown.confirm.terms.min_minor == bench.shown.confirm.terms.max_minor == 300_00


def test_the_way_back_leads_over_what_was_typed_and_the_choice_is_made_anew(make):
    bench = make(amounts=(100_00, 300_00))
    type_account(bench)
    bench.touch(Action.CHOOSE, "30000")
    bench.touch(Action.BACK)
    assert bench.shown.entry.amounts == ()
    bench.touch(Action.FORWARD)
    assert bench.shown.entry.amount_minor is None
    bench.touch(Action.CHOOSE, "10000")
    bench.touch(Action.FORWARD)
    bench.touch(Action.BACK)
    bench.touch(Action.FORWARD)
    assert bench.shown.entry.amount_minor is None


def test_notes_make_up_the_amount_and_none_goes_past_it(make):
    bench = make(amounts=(300_00,))
    to_money(bench)
    assert bench.shown.money.debt_minor == 300_00
    bench.feed(200)
    assert (bench.shown.money.missing_minor, bench.shown.money.can_pay) == (100_00, False)
    over = bench.escrow(500)
    assert ("give_back", over) in bench.orders.log
    bench.returned(over, 500)
    assert bench.shown.money.notes[-1].problem is NoteProblem.OVER_MAXIMUM
    bench.feed(100)
    assert bench.shown.money.can_pay
    bench.pay()
    (row,) = bench.payments
    assert (row.item.inserted_minor, row.item.credited_minor) == (300_00, 300_00)


def test_whoever_walks_away_from_half_of_it_is_paid_as_confirmed(make):
    bench = make(amounts=(300_00,))
    to_money(bench)
    bench.feed(100)
    bench.wait(bench.settings.session.money_idle_s)
    bench.tell(Disabled())
    assert [row.item.inserted_minor for row in bench.payments] == [100_00]


def test_a_power_cut_in_the_middle_pays_what_is_inside(make):
    bench = make(amounts=(300_00,))
    to_money(bench)
    bench.feed(200)
    bench.cut_power()
    bench.start()
    bench.ready()
    assert [row.item.inserted_minor for row in bench.payments] == [200_00]


def test_an_amount_above_the_ceiling_for_cash_is_not_offered(make):
    bench = make(amounts=(300_00, 20_000_00), max_minor=50_000_00)
    type_account(bench)
    assert bench.shown.entry.amounts == (300_00,)


def test_an_amount_that_the_notes_of_this_terminal_lead_past_is_not_offered_and_ops_hear_of_it(
    make,
):
    bench = make(notes=(50, 100, 500), amounts=(110_00, 300_00))
    with capture_logs() as logs:
        type_account(bench)
    assert bench.shown.entry.amounts == (300_00,)
    (told,) = (one for one in logs if one["event"] == "amount_not_offered")
    assert (told["provider"], told["amount_minor"]) == ("mts", 110_00)


@pytest.mark.parametrize(("notes", "amount"), [((50, 100), 110_00), ((200, 500), 600_00)])
def test_without_any_amount_that_notes_make_up_no_money_is_asked_for(make, notes, amount):
    bench = make(notes=notes, amounts=(amount,))
    type_account(bench)
    assert bench.shown.screen is Screen.ENTRY
    assert bench.shown.entry.refusal is not None
    assert not bench.shown.entry.complete


def test_a_debt_alone_is_paid_up_to_the_next_note(make):
    asked = Asked()
    bench = make(asked, debt_only=True, check_required=True, answer=(DEBT,))
    type_account(bench)
    owed(bench, asked, "456.70")
    assert bench.shown.confirm.amount_minor == 456_70
    bench.touch(Action.FORWARD)
    money = bench.shown.money
    assert (money.min_minor, money.max_minor) == (456_70, 460_00)
    for note in (200, 200, 50, 10):
        bench.feed(note)
    assert (bench.shown.money.can_pay, bench.shown.money.room_minor) == (True, 0)
    bench.pay()
    (row,) = bench.payments
    assert row.item.credited_minor == 460_00, "what is over is credited, too: no kopeck is lost"


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("0.00", AccountRefusal.NOTHING_OWED),
        ("", AccountRefusal.NOTHING_OWED),
        ("14999.99", None),
        ("15000.01", AccountRefusal.OVER_CEILING),
    ],
)
def test_a_debt_that_cash_cannot_pay_here_is_said_before_money(make, text, refusal):
    asked = Asked()
    bench = make(asked, debt_only=True, check_required=True, answer=(DEBT,))
    type_account(bench)
    owed(bench, asked, text)
    if refusal is None:
        assert bench.shown.screen is Screen.CONFIRM
    else:
        assert bench.shown.entry.refusal is refusal
        assert not bench.shown.entry.complete


def test_another_account_is_another_debt(make):
    asked = Asked()
    bench = make(asked, debt_only=True, check_required=True, answer=(DEBT,))
    type_account(bench)
    owed(bench, asked, "100.00")
    bench.touch(Action.BACK)
    bench.touch(Action.ERASE)
    bench.touch(Action.KEY, "8")
    bench.touch(Action.FORWARD)
    owed(bench, asked, "200.00")
    assert bench.shown.confirm.amount_minor == 200_00
