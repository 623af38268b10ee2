"""What the screen shows: one view for each screen, and why the terminal is out of service."""

import pytest

from config.catalogue import load_catalogue
from drivers.acceptors.contract import Disabled, Escrowed, Fault, Note
from drivers.printers.contract import Paper, PrinterChanged, PrinterState, SlipPrinted
from kiosk.session.navigation import Shop
from kiosk.session.state import Categories, Home, Providers
from kiosk.terminal import view
from kiosk.terminal.health import Health, banners, reasons
from kiosk.terminal.rules import rules_of
from kiosk.terminal.snapshot import Banner, Screen, ServiceReason, Snapshot
from kiosk.terminal.touch import Action

CATALOGUE = load_catalogue()

WORKS = PrinterState(reachable=True, online=True, paper=Paper.OK)
NEAR_END = PrinterState(reachable=True, online=True, paper=Paper.NEAR_END)
NO_PAPER = PrinterState(reachable=True, online=True, paper=Paper.OUT)
OPEN_LID = PrinterState(reachable=True, online=True, paper=Paper.OK, cover_open=True)
SILENT = PrinterState(reachable=False)

WELL = {
    "acceptor_known": True,
    "acceptor_ready": True,
    "printer": WORKS,
    "settled": True,
    "online": True,
}

VIEW_OF = {
    Screen.STARTING: "starting",
    Screen.ATTRACT: "home",
    Screen.HOME: "home",
    Screen.CATEGORIES: "listing",
    Screen.PROVIDERS: "listing",
    Screen.SEARCH: "search",
    Screen.ENTRY: "entry",
    Screen.ENQUIRY: "enquiry",
    Screen.CONFIRM: "confirm",
    Screen.NO_RECEIPT: None,
    Screen.MONEY: "money",
    Screen.PROCESSING: "result",
    Screen.THANKS: "result",
    Screen.CHECK: "check",
    Screen.FOUND: "check",
    Screen.ABOUT: None,
    Screen.ROSTER: "roster",
    Screen.OUT_OF_SERVICE: "out_of_service",
}
VIEWS = {
    "starting",
    "home",
    "listing",
    "search",
    "check",
    "entry",
    "enquiry",
    "confirm",
    "roster",
    "money",
    "result",
    "out_of_service",
}


def health(**changes):
    return Health(**{**WELL, **changes})


# --- out of service -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"online": False}, []),
        ({"online": None}, []),
        ({"printer": NEAR_END}, []),
        ({"printer": None, "printer_required": False}, []),
        ({"printer": SILENT, "printer_required": False}, []),
        ({"closing": True}, ["closing"]),
        ({"closing": True, "storage_writable": False}, ["closing"]),
        ({"storage_writable": False}, ["storage"]),
        ({"space_enough": False}, ["storage"]),
        ({"storage_writable": False, "space_enough": False}, ["storage"]),
        ({"acceptor_known": False, "acceptor_ready": False}, ["starting"]),
        ({"acceptor_ready": False}, ["acceptor"]),
        ({"acceptor_ready": False, "acceptor_fault": 113}, ["acceptor"]),
        ({"acceptor_ready": False, "cassette_out": True}, ["cassette_out"]),
        ({"acceptor_ready": False, "cassette_full": True}, ["cassette_full"]),
        (
            {"acceptor_ready": False, "cassette_out": True, "cassette_full": True},
            ["cassette_out"],
        ),
        ({"printer": None}, ["starting"]),
        ({"printer": SILENT}, ["printer"]),
        ({"printer": OPEN_LID}, ["printer"]),
        ({"printer": NO_PAPER}, ["paper"]),
        ({"settled": False}, ["settling"]),
        ({"settled": False, "printer": NO_PAPER}, ["paper"]),
        ({"acceptor_ready": False, "printer": NO_PAPER}, ["acceptor", "paper"]),
        (
            {"storage_writable": False, "acceptor_ready": False, "printer": SILENT},
            ["storage", "acceptor", "printer"],
        ),
    ],
)
def test_why_no_money_is_taken(changes, expected):
    assert [reason.value for reason in reasons(health(**changes))] == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ()),
        ({"online": None}, ()),
        ({"online": False}, (Banner.NO_LINK,)),
        ({"printer": SILENT}, ()),
        ({"printer": SILENT, "printer_required": False}, (Banner.NO_RECEIPT,)),
        ({"printer": None, "printer_required": False}, (Banner.NO_RECEIPT,)),
        ({"printer": NEAR_END, "printer_required": False}, ()),
        (
            {"printer": NO_PAPER, "printer_required": False, "online": False},
            (Banner.NO_LINK, Banner.NO_RECEIPT),
        ),
    ],
)
def test_what_the_customer_should_know_before_paying(changes, expected):
    assert banners(health(**changes)) == expected


@pytest.mark.parametrize(
    ("changes", "screen"),
    [
        ({"acceptor_known": False, "printer": None}, Screen.STARTING),
        ({"settled": False}, Screen.STARTING),
        ({"acceptor_known": False, "storage_writable": False}, Screen.OUT_OF_SERVICE),
        ({"acceptor_known": False, "printer": NO_PAPER}, Screen.OUT_OF_SERVICE),
        ({"acceptor_ready": False}, Screen.OUT_OF_SERVICE),
        ({"closing": True}, Screen.OUT_OF_SERVICE),
        ({}, Screen.HOME),
    ],
)
def test_a_start_is_told_from_trouble(bench, changes, screen):
    shown = shown_by(bench, Home(), health(**changes))
    assert shown.screen is screen
    check(shown)


def shown_by(bench, visit, state):
    return view.snapshot(visit, state, Shop(CATALOGUE), rules_of(bench.settings), serial=7)


# --- one view for each screen ---------------------------------------------------------------------


def check(shown: Snapshot):
    filled = {name for name in VIEWS if getattr(shown, name) is not None}
    expected = VIEW_OF[shown.screen]
    assert filled == ({expected} if expected else set())


def test_every_screen_has_its_view():
    assert set(VIEW_OF) == set(Screen)


class Silent:
    """Whoever is asked about an account never answers."""

    def ask(self, ticket, question):
        pass


def enter(bench):
    """Type an account, up to the check before money."""
    bench.touch(Action.OPEN_PROVIDER, "mts")
    for digit in "9161234567":
        bench.touch(Action.KEY, digit)
    bench.touch(Action.FORWARD)
    if bench.shown.screen is Screen.ENQUIRY:
        bench.wait(bench.settings.session.answer_s)


def test_a_whole_visit_shows_on_each_screen_what_belongs_to_it(make_bench):
    bench = make_bench(enquirer=Silent(), printer={"required": False})
    bench.ready()
    bench.touch(Action.OPEN_CATEGORIES)
    bench.touch(Action.OPEN_CATEGORY, "cellular")
    bench.touch(Action.OPEN_SEARCH)
    bench.touch(Action.KEY, "м")
    bench.touch(Action.OPEN_PROVIDER, "mts")
    bench.touch(Action.OPEN_ABOUT)
    bench.touch(Action.OPEN_ROSTER)
    bench.touch(Action.BACK)
    bench.touch(Action.BACK)
    bench.touch(Action.HOME)
    bench.tell(PrinterChanged(state=SILENT))
    enter(bench)
    bench.touch(Action.FORWARD)
    bench.touch(Action.HOME)
    bench.ready()
    bench.go_to_money()
    bench.feed(100)
    bench.pay()
    bench.credited(1)
    bench.tell(SlipPrinted(slip=1))
    bench.wait(1)
    bench.touch(Action.FINISH)
    bench.touch(Action.OPEN_CHECK)
    for digit in "9161234567":
        bench.touch(Action.KEY, digit)
    bench.touch(Action.FORWARD)
    bench.touch(Action.HOME)
    bench.wait(bench.settings.session.attract_s)
    bench.tell(Fault(number=113, raw="44"))
    for shown in bench.snapshots:
        check(shown)
    assert {shown.screen for shown in bench.snapshots} == set(Screen)
    serials = [shown.serial for shown in bench.snapshots]
    assert serials == sorted(set(serials))


def test_nothing_of_a_customer_is_on_the_screens_of_the_next(bench):
    bench.go_to_money()
    bench.feed(100)
    bench.pay()
    assert "9161234567" not in repr(bench.shown.result.account)
    bench.wait(21)
    bench.wait(21)
    bench.touch(Action.FINISH)
    assert bench.shown.screen is Screen.HOME
    assert "916" not in repr(bench.shown)


def test_nothing_is_published_when_nothing_changed(bench):
    before = len(bench.snapshots)
    bench.wait(0.1)
    bench.tell(Disabled())
    assert len(bench.snapshots) == before


# --- what the views hold --------------------------------------------------------------------------


def test_home_shows_the_wallet_the_popular_and_the_first_categories(bench):
    home = bench.shown.home
    assert home.wallet.code == "wallet"
    assert 0 < len(home.popular) <= view.POPULAR_ON_HOME
    assert home.wallet not in home.popular
    assert len(home.categories) == 7
    assert home.more


def test_the_pages_of_a_list_hold_everything_once(bench):
    for visit, kind, count in (
        (Categories, "categories", len(CATALOGUE.categories)),
        (lambda page: Providers(category="internet_tv", page=page), "providers", 8),
    ):
        seen, page = [], 1
        while True:
            listing = shown_by(bench, visit(page=page), health()).listing
            seen += [item.code for item in getattr(listing, kind)]
            if page == listing.pages:
                break
            page += 1
        assert len(seen) == len(set(seen)) == count


def test_a_list_has_the_title_of_its_category(bench):
    bench.touch(Action.OPEN_CATEGORY, "cellular")
    title = next(c.title for c in CATALOGUE.categories if c.code == "cellular")
    assert bench.shown.listing.title == title


def test_an_entry_tells_its_terms_before_any_money(bench):
    bench.touch(Action.OPEN_PROVIDER, "vk_votes")
    entry = bench.shown.entry
    assert (entry.field_number, entry.fields) == (1, 1)
    assert not entry.complete
    assert entry.terms.bands
    assert not any(band.current for band in entry.terms.bands)
    assert entry.terms.max_minor <= bench.settings.limits.cash_max_minor


def test_the_money_screen_adds_up(bench):
    bench.go_to_money(provider="vk_votes", account="12345")
    for roubles in (50, 100, 500):
        bench.feed(roubles)
        money = bench.shown.money
        assert money.inserted_minor == money.fee_minor + money.credited_minor
        assert money.room_minor == money.max_minor - money.inserted_minor
        assert sum(band.current for band in money.bands) == 1


def test_only_the_last_notes_are_listed(bench):
    bench.go_to_money()
    for _ in range(view.LINES_SHOWN + 3):
        bench.feed(10)
    assert len(bench.shown.money.notes) == view.LINES_SHOWN


def test_a_fault_number_is_there_for_the_phone_call(bench):
    bench.tell(Fault(number=113, raw="44"))
    assert bench.shown.out_of_service.fault_number == 113
    bench.ready()
    assert bench.shown.screen is Screen.HOME


@pytest.mark.parametrize("printer", [NO_PAPER, SILENT, OPEN_LID])
def test_a_customer_with_money_inside_is_not_sent_away_by_the_printer(bench, printer):
    bench.go_to_money()
    bench.feed(100)
    bench.tell(PrinterChanged(state=printer))
    assert bench.shown.screen is Screen.MONEY
    bench.pay()
    assert bench.shown.screen is Screen.PROCESSING


def test_a_customer_with_nothing_inside_is(bench):
    bench.go_to_money()
    bench.tell(PrinterChanged(state=NO_PAPER))
    bench.tell(Disabled())
    assert bench.shown.out_of_service.reasons == (ServiceReason.PAPER,)


def test_a_note_of_another_currency_is_given_back(bench):
    bench.go_to_money()
    foreign = bench.new_cycle()
    bench.tell(Escrowed(cycle=foreign, note=Note(minor=10_000, currency="USD")))
    assert ("give_back", foreign) in bench.orders.log
    assert ("stack", foreign) not in bench.orders.log


def test_notes_that_would_exceed_the_maximum_are_told_from_those_taken(bench):
    bench.go_to_money()
    assert bench.shown.money.refused == ()
    for _ in range(2):
        bench.feed(5000)
    bench.feed(2000)
    assert bench.shown.money.denominations[-1] == 200_000
    assert bench.shown.money.refused == (500_000,)


@pytest.mark.parametrize(
    ("changes", "done"),
    [
        ({"acceptor_known": False, "printer": None, "settled": False}, {"journal"}),
        ({"printer": None, "settled": False}, {"journal", "acceptor"}),
        ({"settled": False}, {"journal", "acceptor", "printer"}),
    ],
)
def test_a_start_says_what_is_checked_already(bench, changes, done):
    shown = shown_by(bench, Home(), health(**changes))
    assert shown.screen is Screen.STARTING
    assert {one.value for one in shown.starting.done} == done
