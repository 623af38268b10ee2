"""The way before money, walked completely: which touch leads where, and that nobody gets stuck."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from config.catalogue import load_catalogue
from kiosk.catalogue.entry import FieldEntry
from kiosk.session.navigation import (
    CATEGORIES_PER_PAGE,
    EARLIEST_DAYS_AGO,
    LONGEST_ACCOUNT,
    LONGEST_SEARCH,
    PROVIDERS_PER_PAGE,
    START_MONEY,
    LookUp,
    OrderCopy,
    Shop,
    enter,
    home_categories,
    pages,
    touched,
)
from kiosk.session.provider_answer import ProviderAnswer
from kiosk.session.state import (
    About,
    Attract,
    ByNumber,
    Categories,
    Check,
    Confirm,
    Entry,
    Found,
    Home,
    NoReceipt,
    Providers,
    Roster,
    Search,
)
from kiosk.terminal.snapshot import (
    AccountRefusal,
    Delivery,
    EntryProblem,
    FoundPayment,
    ProviderItem,
)
from kiosk.terminal.touch import Action

CATALOGUE = load_catalogue()
SHOP = Shop(CATALOGUE)


def touch(state, action, value=""):
    return touched(state, action, value, SHOP)


def filled(code, origin=None):
    """A provider with all fields as their first good examples."""
    state = enter(CATALOGUE.provider(code), origin or Home())
    for number, field in enumerate(state.provider.fields):
        state = typed(state, field.examples_ok[0])
        if number + 1 < len(state.entries):
            state = touch(state, Action.FORWARD)
    return state


def typed(state, value):
    field = state.current.field
    if field.keyboard == "buttons":
        return touch(state, Action.CHOOSE, field.options[field.values.index(value)])
    for char in FieldEntry.resumed(field, value, {}).typed:
        state = touch(state, Action.KEY, char)
    return state


EMPTY = enter(CATALOGUE.provider("mts"), Providers(category="cellular"))
HALF = touch(touch(EMPTY, Action.KEY, "9"), Action.KEY, "1")
FULL = filled("mts", Providers(category="cellular"))
SECOND = touch(typed(enter(CATALOGUE.provider("vtb"), Home()), "044525187"), Action.FORWARD)
BUTTONS = next(
    Entry(provider=provider, entries=tuple(map(entry_of, provider.fields)), index=n, origin=Home())
    for entry_of in [lambda field: FieldEntry(field=field)]
    for provider in CATALOGUE.providers
    for n, field in enumerate(provider.fields)
    if field.keyboard == "buttons"
)
CONFIRM = Confirm(entry=FULL)
PHONE = CATALOGUE.provider("mts").fields[0]
NUMBER = ByNumber(category="cellular", current=FieldEntry(field=PHONE))
MEGAFON_NUMBER = replace(NUMBER, current=NUMBER.current.press_all("9251234567"))
UNKNOWN_NUMBER = replace(NUMBER, current=NUMBER.current.press_all("9071234567"))
BY_HAND = Providers(category="cellular", number=MEGAFON_NUMBER)


def with_number(code, number, origin):
    """The entry of an operator as it is with this number typed."""
    entry = enter(CATALOGUE.provider(code), origin)
    return replace(entry, entries=(entry.current.press_all(number),))


MOVED = with_number("mts", "9251234567", Home())
NO_RECEIPT = NoReceipt(confirm=CONFIRM)
MANY = "internet_tv"  # the fullest category
FAR_CATEGORY = CATALOGUE.ordered_categories[-1].code

CHECK = Check(account="9161234567", days_ago=3)
PAYMENT = FoundPayment(
    number=7,
    formed_at=datetime(2026, 11, 22, 9, 0, tzinfo=UTC),
    provider=ProviderItem(code="mts", name="МТС", category="cellular"),
    account="+7 916 ···-··-67",
    inserted_minor=10_000,
    delivery=Delivery.CREDITED,
)

ABOUT = About(behind=FULL)

STATES = {
    "attract": Attract(),
    "home": Home(),
    "categories": Categories(),
    "categories 2": Categories(page=2),
    "providers": Providers(category="cellular"),
    "providers far": Providers(category=FAR_CATEGORY),
    "entry empty": EMPTY,
    "entry half": HALF,
    "entry full": FULL,
    "entry second": SECOND,
    "entry buttons": BUTTONS,
    "confirm": CONFIRM,
    "no receipt": NO_RECEIPT,
    "about": ABOUT,
    "roster": Roster(about=ABOUT),
    "roster 2": Roster(about=ABOUT, page=2),
    "number": NUMBER,
    "number known": MEGAFON_NUMBER,
    "number unknown": UNKNOWN_NUMBER,
    "by hand": BY_HAND,
    "entry of another": MOVED,
    "check": Check(),
    "check full": CHECK,
    "found": Found(check=CHECK, payments=(PAYMENT,)),
    "search": Search(),
    "search words": Search(text="мт"),
}

VALUES = {
    Action.OPEN_PROVIDER: "mts",
    Action.OPEN_CATEGORY: "cellular",
    Action.KEY: "6",
    Action.COPY: "7",
    Action.CHANGE_OVER: "megafon",
    Action.CHOOSE: BUTTONS.current.field.options[0],
}

TABLE = {
    ("attract", Action.BEGIN): Home(),
    ("attract", Action.BACK): Home(),
    ("home", Action.OPEN_CATEGORIES): Categories(),
    ("home", Action.OPEN_SEARCH): Search(),
    ("categories", Action.OPEN_SEARCH): Search(),
    ("categories 2", Action.OPEN_SEARCH): Search(),
    ("providers", Action.OPEN_SEARCH): Search(),
    ("providers far", Action.OPEN_SEARCH): Search(),
    ("home", Action.OPEN_CHECK): Check(),
    ("home", Action.OPEN_NUMBER): NUMBER,
    ("number", Action.KEY): replace(NUMBER, current=NUMBER.current.press("6")),
    ("number", Action.OPEN_CATEGORY): Providers(category="cellular", number=NUMBER),
    ("number", Action.BACK): Home(),
    ("number known", Action.FORWARD): Confirm(with_number("megafon", "9251234567", MEGAFON_NUMBER)),
    ("number known", Action.ERASE): replace(NUMBER, current=NUMBER.current.press_all("925123456")),
    ("number known", Action.ERASE_ALL): NUMBER,
    ("number known", Action.OPEN_CATEGORY): BY_HAND,
    ("number known", Action.BACK): Home(),
    ("number unknown", Action.FORWARD): replace(BY_HAND, number=UNKNOWN_NUMBER),
    ("number unknown", Action.ERASE): replace(
        NUMBER, current=NUMBER.current.press_all("907123456")
    ),
    ("number unknown", Action.ERASE_ALL): NUMBER,
    ("number unknown", Action.OPEN_CATEGORY): replace(BY_HAND, number=UNKNOWN_NUMBER),
    ("number unknown", Action.BACK): Home(),
    ("by hand", Action.OPEN_PROVIDER): with_number("mts", "9251234567", BY_HAND),
    ("by hand", Action.OPEN_SEARCH): Search(),
    ("by hand", Action.BACK): MEGAFON_NUMBER,
    ("entry of another", Action.CHANGE_OVER): with_number("megafon", "9251234567", Home()),
    ("entry of another", Action.FORWARD): Confirm(MOVED),
    ("entry of another", Action.ERASE): with_number("mts", "925123456", Home()),
    ("entry of another", Action.ERASE_ALL): enter(CATALOGUE.provider("mts"), Home()),
    ("entry of another", Action.BACK): Home(),
    ("check", Action.KEY): Check(account="6"),
    ("check", Action.NEXT_PAGE): Check(days_ago=1),
    ("check", Action.BACK): Home(),
    ("check full", Action.KEY): replace(CHECK, account="91612345676"),
    ("check full", Action.ERASE): replace(CHECK, account="916123456"),
    ("check full", Action.ERASE_ALL): Check(days_ago=3),
    ("check full", Action.NEXT_PAGE): replace(CHECK, days_ago=4),
    ("check full", Action.PREVIOUS_PAGE): replace(CHECK, days_ago=2),
    ("check full", Action.FORWARD): LookUp(CHECK),
    ("check full", Action.BACK): Home(),
    ("found", Action.COPY): OrderCopy(Found(check=CHECK, payments=(PAYMENT,)), 7),
    ("found", Action.BACK): CHECK,
    ("search", Action.KEY): Search(text="6"),
    ("search", Action.OPEN_PROVIDER): enter(CATALOGUE.provider("mts"), Search()),
    ("search", Action.BACK): Home(),
    ("search words", Action.KEY): Search(text="мт6"),
    ("search words", Action.ERASE): Search(text="м"),
    ("search words", Action.ERASE_ALL): Search(),
    ("search words", Action.OPEN_PROVIDER): enter(CATALOGUE.provider("mts"), Search(text="мт")),
    ("search words", Action.BACK): Home(),
    ("home", Action.OPEN_CATEGORY): Providers(category="cellular"),
    ("home", Action.OPEN_PROVIDER): enter(CATALOGUE.provider("mts"), Home()),
    ("categories", Action.OPEN_CATEGORY): Providers(category="cellular"),
    ("categories", Action.NEXT_PAGE): Categories(page=2),
    ("categories", Action.BACK): Home(),
    ("categories 2", Action.OPEN_CATEGORY): Providers(category="cellular"),
    ("categories 2", Action.PREVIOUS_PAGE): Categories(page=1),
    ("categories 2", Action.BACK): Home(),
    ("providers", Action.OPEN_PROVIDER): EMPTY,
    ("providers", Action.BACK): Home(),
    ("providers far", Action.OPEN_PROVIDER): enter(
        CATALOGUE.provider("mts"), Providers(category=FAR_CATEGORY)
    ),
    ("providers far", Action.BACK): Categories(),
    ("entry empty", Action.BACK): Providers(category="cellular"),
    ("entry half", Action.ERASE): touch(EMPTY, Action.KEY, "9"),
    ("entry half", Action.ERASE_ALL): EMPTY,
    ("entry half", Action.BACK): Providers(category="cellular"),
    ("entry full", Action.ERASE_ALL): EMPTY,
    ("entry full", Action.FORWARD): CONFIRM,
    ("entry full", Action.BACK): Providers(category="cellular"),
    ("confirm", Action.FORWARD): START_MONEY,
    ("confirm", Action.BACK): FULL,
    ("no receipt", Action.FORWARD): START_MONEY,
    ("no receipt", Action.BACK): CONFIRM,
    ("about", Action.BACK): FULL,
    ("about", Action.OPEN_ROSTER): Roster(about=ABOUT),
    ("roster", Action.BACK): ABOUT,
    ("roster", Action.NEXT_PAGE): Roster(about=ABOUT, page=2),
    ("roster 2", Action.BACK): ABOUT,
    ("roster 2", Action.NEXT_PAGE): Roster(about=ABOUT, page=3),
    ("roster 2", Action.PREVIOUS_PAGE): Roster(about=ABOUT),
    # Typing is proved in the tests of the fields; here only that it stays in this field.
    ("entry empty", Action.KEY): ...,
    ("entry half", Action.KEY): ...,
    ("entry full", Action.ERASE): ...,
    ("entry second", Action.KEY): ...,
    ("entry second", Action.BACK): ...,
    ("entry buttons", Action.CHOOSE): ...,
    ("entry buttons", Action.BACK): ...,
}


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("name", STATES)
def test_each_touch_leads_where_the_table_says_and_nowhere_else(name, action):
    state = STATES[name]
    after = touch(state, action, VALUES.get(action, ""))
    expected = TABLE.get((name, action), state)
    if action is Action.HOME:
        expected = Home()
    if action is Action.OPEN_ABOUT:
        match state:
            case About():
                expected = state
            case Roster():
                expected = state.about
            case _:
                expected = About(behind=state)
    if expected is ...:
        assert isinstance(after, Entry)
        assert after.provider == state.provider
    else:
        assert after == expected


def test_the_table_knows_every_kind_of_state():
    kinds = {type(state) for state in STATES.values()}
    assert kinds == {
        Attract,
        Home,
        Categories,
        Providers,
        Entry,
        Confirm,
        NoReceipt,
        About,
        Roster,
        Search,
        ByNumber,
        Check,
        Found,
    }


@pytest.mark.parametrize("name", STATES)
def test_from_everywhere_back_leads_home_in_a_few_steps(name):
    state = STATES[name]
    for _ in range(12):
        state = touch(state, Action.BACK)
    assert state == Home()


def test_about_does_not_pile_up():
    state = touch(touch(CONFIRM, Action.OPEN_ABOUT), Action.OPEN_ABOUT)
    assert touch(state, Action.BACK) == CONFIRM


# --- lists ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("count", "expected"), [(0, 1), (1, 1), (9, 1), (10, 2), (18, 2), (19, 3)])
def test_pages(count, expected):
    assert pages(count, 9) == expected


def test_every_page_of_categories_can_be_reached_and_none_beyond():
    seen, state = [], Categories()
    for _ in range(SHOP.pages_of_categories() + 2):
        seen.append(state.page)
        state = touch(state, Action.NEXT_PAGE)
    assert sorted(set(seen)) == list(range(1, SHOP.pages_of_categories() + 1))
    for _ in range(SHOP.pages_of_categories() + 2):
        state = touch(state, Action.PREVIOUS_PAGE)
    assert state.page == 1
    assert SHOP.pages_of_categories() * CATEGORIES_PER_PAGE >= len(CATALOGUE.categories)


def test_every_page_of_providers_can_be_reached_and_none_beyond():
    model = CATALOGUE.in_category(MANY)[0]
    clones = tuple(
        model.model_copy(update={"code": f"clone_{n}", "id": 10_000 + n}) for n in range(20)
    )
    crowded = Shop(CATALOGUE.model_copy(update={"providers": CATALOGUE.providers + clones}))
    count = crowded.pages_of_providers(MANY)
    assert count * PROVIDERS_PER_PAGE >= len(crowded.catalogue.in_category(MANY)) > 20
    state = Providers(category=MANY)
    pages_seen = []
    for _ in range(count + 2):
        pages_seen.append(state.page)
        state = touched(state, Action.NEXT_PAGE, "", crowded)
    assert pages_seen == [*range(1, count + 1), count, count]


def test_every_visible_provider_can_be_found():
    ways = {
        provider.code
        for category in CATALOGUE.categories
        for provider in CATALOGUE.in_category(category.code)
    }
    assert ways == {provider.code for provider in CATALOGUE.providers if provider.visible}
    for code in ways:
        origin = Providers(category=CATALOGUE.provider(code).category)
        assert touch(origin, Action.OPEN_PROVIDER, code).provider.code == code


@pytest.mark.parametrize("state", [Home(), Categories(), Providers(category="cellular")])
@pytest.mark.parametrize("value", ["", "no_such", "MTS", "mts "])
def test_codes_that_nobody_could_touch_do_nothing(state, value):
    assert touch(state, Action.OPEN_PROVIDER, value) == state
    assert touch(state, Action.OPEN_CATEGORY, value) == state


def test_a_hidden_provider_cannot_be_chosen():
    hidden = CATALOGUE.provider("mts").model_copy(update={"code": "hidden", "tags": ()})
    shop = Shop(CATALOGUE.model_copy(update={"providers": (*CATALOGUE.providers, hidden)}))
    assert touched(Home(), Action.OPEN_PROVIDER, "hidden", shop) == Home()


def test_the_way_back_from_a_category_leads_where_its_tile_was():
    for category in CATALOGUE.categories:
        expected = Home() if category.code in home_categories(CATALOGUE) else Categories()
        assert touch(Providers(category=category.code), Action.BACK) == expected


# --- fields ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", [p.code for p in CATALOGUE.providers if p.visible])
def test_every_provider_can_be_filled_in_to_the_confirmation(code):
    state = filled(code)
    assert state.index == len(state.entries) - 1
    confirmed = touch(state, Action.FORWARD)
    assert isinstance(confirmed, Confirm)
    assert touch(confirmed, Action.FORWARD) is START_MONEY
    values = [entry.value() for entry in confirmed.entry.entries]
    assert values == [field.examples_ok[0] for field in state.provider.fields]


@pytest.mark.parametrize("code", [p.code for p in CATALOGUE.providers if len(p.fields) > 1])
def test_going_back_through_the_fields_keeps_what_was_typed(code):
    state = filled(code)
    values = [entry.value() for entry in state.entries]
    for index in reversed(range(len(values) - 1)):
        state = touch(state, Action.BACK)
        assert state.index == index
    assert touch(state, Action.BACK) == Home()
    for _ in values[1:]:
        state = touch(state, Action.FORWARD)
    assert [entry.value() for entry in state.entries] == values
    assert isinstance(touch(state, Action.FORWARD), Confirm)


def test_the_way_forward_is_closed_while_a_field_is_wrong():
    assert touch(HALF, Action.FORWARD) == HALF
    assert touch(EMPTY, Action.FORWARD) == EMPTY


def test_a_bank_account_is_checked_with_the_bik_typed_before_it():
    state = touch(typed(enter(CATALOGUE.provider("vtb"), Home()), "044525187"), Action.FORWARD)
    state = typed(state, "40817810399910004312")
    assert state.current.problem() is None
    wrong = typed(touch(state, Action.ERASE_ALL), "40817810399910004313")
    assert wrong.current.problem() is EntryProblem.WRONG_CHECKSUM
    assert touch(wrong, Action.FORWARD) == wrong


def test_another_bik_makes_the_account_behind_it_wrong():
    state = touch(filled("freepay"), Action.FORWARD).entry
    while state.index > 0:
        state = touch(state, Action.BACK)
    other_bank = typed(touch(state, Action.ERASE_ALL), "044525187")
    account = touch(other_bank, Action.FORWARD)
    assert account.current.value() == "40711100000012321000"
    assert account.current.problem() is EntryProblem.WRONG_CHECKSUM
    assert touch(account, Action.FORWARD) == account


def test_a_button_of_another_field_chooses_nothing():
    assert touch(BUTTONS, Action.CHOOSE, "no such button") == BUTTONS
    assert touch(HALF, Action.CHOOSE, "Да") == HALF


@pytest.mark.parametrize("value", ["", "12", "Я", "\n", "❤"])
def test_what_no_key_can_send_is_not_typed(value):
    assert touch(HALF, Action.KEY, value) == HALF


# --- search ---------------------------------------------------------------------------------------


def test_the_way_back_from_a_found_provider_leads_to_what_was_typed():
    state = touch(Search(text="мтс"), Action.OPEN_PROVIDER, "mts")
    assert touch(state, Action.BACK) == Search(text="мтс")


def test_a_search_does_not_grow_for_ever():
    state = Search()
    for _ in range(100):
        state = touch(state, Action.KEY, "м")
    assert len(state.text) == LONGEST_SEARCH


@pytest.mark.parametrize("value", ["", "аб", "\n", "\x00"])
def test_what_no_key_can_send_is_not_looked_for(value):
    assert touch(Search(text="м"), Action.KEY, value) == Search(text="м")


# --- looking a payment up -------------------------------------------------------------------------


def test_too_little_of_an_account_is_not_looked_up():
    short = Check(account="9161")
    assert touch(short, Action.FORWARD) == short


@pytest.mark.parametrize(
    ("account", "found"),
    [
        ("ab", False),
        ("abc", True),
        ("a1_", True),
        ("1234", False),
        ("12345", True),
        ("  a  ", False),
    ],
)
def test_a_login_may_be_shorter_than_a_number(account, found):
    state = Check()
    for char in account:
        state = touch(state, Action.KEY, char)
    assert state.account == account
    assert isinstance(touch(state, Action.FORWARD), LookUp) is found


@pytest.mark.parametrize("value", ["", "ab", "\n", "ә", "🙂"])
def test_what_no_key_can_send_is_no_part_of_an_account(value):
    assert touch(Check(account="a"), Action.KEY, value) == Check(account="a")


def test_an_account_does_not_grow_for_ever():
    full = Check(account="a" * LONGEST_ACCOUNT)
    assert touch(full, Action.KEY, "a") == full


def test_the_day_stays_between_today_and_two_months_ago():
    state = Check()
    assert touch(state, Action.PREVIOUS_PAGE) == state
    for _ in range(EARLIEST_DAYS_AGO + 5):
        state = touch(state, Action.NEXT_PAGE)
    assert state.days_ago == EARLIEST_DAYS_AGO


@pytest.mark.parametrize("value", ["", "8", "x", "77"])
def test_only_what_was_found_is_copied_and_once(value):
    found = STATES["found"]
    assert touch(found, Action.COPY, value) == found
    copied = replace(found, copied=7)
    assert touch(copied, Action.COPY, "7") == copied


# --- the operator of a number ---------------------------------------------------------------------


def test_an_operator_that_was_not_offered_is_not_changed_to():
    for code in ("beeline", "mts", "wallet", "nobody", ""):
        assert touch(MOVED, Action.CHANGE_OVER, code) is MOVED


def test_what_the_provider_said_of_another_payee_is_gone_with_it():
    refused = replace(MOVED, answer=ProviderAnswer(checked=True, refusal=AccountRefusal.NOT_KNOWN))
    changed = touch(refused, Action.CHANGE_OVER, "megafon")
    assert changed == with_number("megafon", "9251234567", Home())
    assert changed.answer is None


@pytest.mark.parametrize("number", ["", "9", "925123456", "9071234567", "9251234567", "89"])
def test_typing_a_number_pays_nobody_and_never_changes_the_payee(number):
    state, entry = NUMBER, enter(CATALOGUE.provider("mts"), Home())
    for char in number:
        state, entry = touch(state, Action.KEY, char), touch(entry, Action.KEY, char)
    assert isinstance(state, ByNumber)
    assert entry.provider.code == "mts"
    assert touch(state, Action.CHANGE_OVER, "megafon") is state


def test_a_number_that_is_not_whole_leads_nowhere():
    half = replace(NUMBER, current=NUMBER.current.press_all("925123456"))
    assert touch(half, Action.FORWARD) is half


def test_the_customer_may_stay_with_the_operator_she_took_her_number_to():
    confirm = touch(MOVED, Action.FORWARD)
    assert (confirm.entry.provider.code, confirm.entry.current.typed) == ("mts", "9251234567")


def test_the_way_back_from_a_number_s_check_leads_to_the_number():
    state = touch(MEGAFON_NUMBER, Action.FORWARD)
    state = touch(touch(state, Action.BACK), Action.BACK)
    assert state == MEGAFON_NUMBER


def test_without_ranges_no_number_is_asked_for():
    bare = Shop(CATALOGUE.model_copy(update={"def_codes": {}}))
    assert touched(Home(), Action.OPEN_NUMBER, "", bare) == Home()
