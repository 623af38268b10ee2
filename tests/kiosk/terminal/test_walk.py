"""The whole graph of screens, walked on a real terminal: every touch on every screen, with and
without money inside. No screen is out of reach, none is a dead end, and the books agree.
"""

import os
import random
from collections import deque

import pytest

from config.catalogue import load_catalogue
from drivers.acceptors.contract import Disabled, Enabled, Fault
from drivers.printers.contract import PrinterChanged, PrinterState
from kiosk.session.navigation import START_MONEY, Shop, touched
from kiosk.session.state import (
    Attract,
    ByNumber,
    Check,
    Confirm,
    Entry,
    Home,
    Search,
)
from kiosk.terminal.snapshot import Language, Screen
from kiosk.terminal.touch import Action, Touch
from offline_queue.enquiry.messages import AccountTold
from terminal_api.accounts import AccountAnswer, AccountVerdict

ACCOUNT = "9161234567"

MONKEY_ACTIONS = int(os.environ.get("MONKEY_ACTIONS", "700"))
"""`scripts/monkey` plays longer."""

VALUES = {
    Action.OPEN_PROVIDER: ("mts", "wallet"),
    Action.OPEN_CATEGORY: ("cellular", "legal_entity"),
    Action.KEY: ("9", "м"),
    Action.CHANGE_OVER: ("megafon", "mts"),
    Action.LANGUAGE: tuple(one.value for one in Language),
    Action.COPY: ("1",),
}


class Silent:
    """Whoever is asked about an account remembers the ticket and leaves the answer to the test."""

    ticket = 0

    def ask(self, ticket, question):
        self.ticket = ticket


def everything_to_touch():
    return [(action, value) for action in Action for value in VALUES.get(action, ("",))]


def kind(state):
    """States that differ only in what was typed look alike."""
    match state:
        case Entry():
            return (Entry, state.index, state.current.problem() is None, type(state.origin))
        case ByNumber():
            return (ByNumber, state.current.problem() is None)
        case Confirm():
            return (Confirm,)
        case Check():
            return (Check, len(state.account) >= 5, bool(state.days_ago))
        case Search():
            return (Search, bool(state.text))
        case _:
            return (type(state), getattr(state, "page", 0))


def neighbours(state, shop):
    for action, value in everything_to_touch():
        after = touched(state, action, value, shop)
        if after is not START_MONEY and hasattr(after, "__dataclass_fields__"):
            yield after


def walked(shop):
    """One state of every kind that touches lead to from where nobody is, and the ways between."""
    seen, ways = {kind(Attract()): Attract()}, {}
    waiting = deque([Attract()])
    while waiting:
        state = waiting.popleft()
        if isinstance(state, Entry | ByNumber) and state.current.problem() is not None:
            for char in state.current.field.examples_ok[0]:
                filled = touched(state, Action.KEY, char, shop)
                state = filled
        around = list(neighbours(state, shop))
        ways.setdefault(kind(state), set()).update(kind(one) for one in around)
        for one in around:
            if kind(one) not in seen and type(one).__module__ == Home.__module__:
                seen[kind(one)] = one
                waiting.append(one)
    return seen, ways


def test_every_browsing_screen_is_reached_and_leads_home():
    shop = Shop(load_catalogue())
    seen, _ = walked(shop)
    kinds = {one[0].__name__ for one in seen}
    assert kinds == {
        *("Attract", "Home", "Categories", "Providers", "Search", "ByNumber"),
        *("Entry", "Confirm", "Check", "About", "Roster"),
    }
    for state in seen.values():
        assert touched(state, Action.HOME, "", shop) == Home()
        back = state
        for _ in range(15):
            back = touched(back, Action.BACK, "", shop)
        assert back == Home(), state


def ways_to(bench):
    """How each screen is brought about, by touches and the world."""

    def entry():
        bench.touch(Action.OPEN_PROVIDER, "mts")

    def paid():
        bench.go_to_money()
        bench.feed(100)
        bench.pay()

    def found():
        bench.touch(Action.OPEN_CHECK)
        for digit in ACCOUNT:
            bench.touch(Action.KEY, digit)
        bench.touch(Action.FORWARD)

    def thanks():
        paid()
        bench.printed()
        bench.credited(1)
        bench.wait(1)

    def confirm():
        entry()
        for digit in ACCOUNT:
            bench.touch(Action.KEY, digit)
        bench.touch(Action.FORWARD)

    def roster():
        bench.touch(Action.OPEN_ABOUT)
        bench.touch(Action.OPEN_ROSTER)

    def no_receipt():
        bench.tell(PrinterChanged(state=PrinterState(reachable=False)))
        confirm()
        bench.touch(Action.FORWARD)

    return {
        Screen.HOME: lambda: None,
        Screen.ATTRACT: lambda: bench.wait(bench.settings.session.attract_s),
        Screen.CATEGORIES: lambda: bench.touch(Action.OPEN_CATEGORIES),
        Screen.PROVIDERS: lambda: bench.touch(Action.OPEN_CATEGORY, "cellular"),
        Screen.SEARCH: lambda: bench.touch(Action.OPEN_SEARCH),
        Screen.ENTRY: entry,
        Screen.ENQUIRY: confirm,
        Screen.CONFIRM: confirm,
        Screen.NO_RECEIPT: no_receipt,
        Screen.MONEY: bench.go_to_money,
        Screen.PROCESSING: paid,
        Screen.THANKS: thanks,
        Screen.CHECK: lambda: bench.touch(Action.OPEN_CHECK),
        Screen.FOUND: found,
        Screen.ABOUT: lambda: bench.touch(Action.OPEN_ABOUT),
        Screen.ROSTER: roster,
        Screen.OUT_OF_SERVICE: lambda: bench.tell(Fault(number=100, raw="silence")),
    }


@pytest.mark.parametrize("screen", [one for one in Screen if one is not Screen.STARTING])
def test_every_screen_can_be_brought_about_and_ends_by_itself_at_the_start(make_bench, screen):
    bench = make_bench(
        enquirer=Silent() if screen is Screen.ENQUIRY else None,
        printer={"required": screen is not Screen.NO_RECEIPT},
    )
    bench.ready()
    ways_to(bench)[screen]()
    assert bench.shown.screen is screen
    if screen is Screen.OUT_OF_SERVICE:
        bench.ready()
    for _ in range(4):
        bench.wait(bench.settings.session.money_idle_s)
        bench.tell(Disabled())
    assert bench.shown.screen in (Screen.HOME, Screen.ATTRACT)


@pytest.mark.parametrize("screen", [one for one in Screen if one is not Screen.STARTING])
def test_no_touch_on_any_screen_breaks_anything_or_loses_a_note(make_bench, screen):
    bench = make_bench(
        enquirer=Silent() if screen is Screen.ENQUIRY else None,
        printer={"required": screen is not Screen.NO_RECEIPT},
    )
    bench.ready()
    way = ways_to(bench)[screen]
    for action, value in everything_to_touch():
        bench.touch(Action.HOME)
        if bench.shown.screen is not Screen.HOME:
            go_home(bench)
        way()
        bench.tell(Touch(screen=bench.shown.screen, action=action, value=value))
        go_home(bench)
    assert bench.verdict().ok


def go_home(bench):
    """Whatever is shown, the next customer finds the start screen."""
    bench.ready()
    bench.wait(bench.settings.session.money_idle_s)
    bench.tell(Disabled())
    if bench.orders.named("print"):
        bench.printed()
    bench.wait(bench.settings.session.receipt_trouble_s)
    bench.wait(bench.settings.session.result_s)
    bench.touch(Action.HOME)
    assert bench.shown.screen is Screen.HOME, bench.shown.screen


def test_with_money_inside_there_is_no_way_back_and_one_way_on(bench):
    for action, value in everything_to_touch():
        if action in (Action.PAY, Action.STAY):
            continue
        bench.go_to_money()
        bench.feed(100)
        payments = len(bench.payments)
        bench.touch(action, value)
        assert bench.shown.screen is Screen.MONEY, action
        bench.pay()
        assert len(bench.payments) == payments + 1
        go_home(bench)


@pytest.mark.parametrize("seed", range(2))
def test_a_monkey_finds_no_stuck_screen_and_loses_no_note(make_bench, seed):
    bench = make_bench(enquirer=Silent() if seed else None)
    bench.ready()
    monkey(bench, random.Random(seed), actions=MONKEY_ACTIONS)


ANSWERS = (
    None,
    *(
        AccountAnswer(terminal_id="00000000", verdict=verdict, code=5, fields={"disp1": "Иванов"})
        for verdict in AccountVerdict
    ),
)


def monkey(bench, chance, *, actions):
    """Touches and notes at random; in the end every rouble in the box is in a payment."""
    touches = everything_to_touch()
    for _ in range(actions):
        dice = chance.random()
        if dice < 0.06 and bench.shown.screen is Screen.MONEY and bench.shown.money.accepting:
            bench.feed(chance.choice((10, 50, 100, 500)))
        elif dice < 0.10:
            bench.wait(chance.uniform(1, 30))
        elif dice < 0.18 and bench.shown.screen is Screen.MONEY:
            bench.tell(chance.choice((Enabled(), Disabled())))
        elif dice < 0.25 and bench.shown.screen is Screen.HOME:
            bench.go_to_money()
        elif dice < 0.40 and bench.shown.screen is Screen.ENQUIRY:
            bench.tell(AccountTold(ticket=bench.enquirer.ticket, answer=chance.choice(ANSWERS)))
        else:
            action, value = chance.choice(touches)
            bench.tell(Touch(screen=bench.shown.screen, action=action, value=value))
    go_home(bench)
    inside = sum(minor * count for minor, count in bench.cash.items())
    assert inside == sum(one.item.inserted_minor for one in bench.payments)
    assert bench.verdict().ok
