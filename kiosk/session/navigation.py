"""Finding one's way before money: which touch leads from which screen to which.

A table of (state, action) to a pure function; what is not in the table does nothing. Nothing here
costs anything or remembers anything: leaving simply drops the state.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from config.catalogue import Catalogue, Provider, UnknownProviderError
from kiosk.catalogue.entry import FieldEntry
from kiosk.catalogue.keyboards import has_key
from kiosk.catalogue.operators import (
    carried,
    mobile_category,
    number_field,
    operator_for,
    other_operator,
)
from kiosk.catalogue.search import Finder, Names, no_other_names
from kiosk.session.state import (
    About,
    Amounts,
    Attract,
    Browsing,
    ByNumber,
    Categories,
    Check,
    Confirm,
    Enquiring,
    Entry,
    Found,
    Home,
    NoReceipt,
    Origin,
    Providers,
    Roster,
    Search,
)
from kiosk.terminal.roster import pages_of_roster
from kiosk.terminal.snapshot import Delivery, SlipState
from kiosk.terminal.touch import Action

PROVIDERS_PER_PAGE = 9
LONGEST_SEARCH = 32
LONGEST_ACCOUNT = 64
SHORTEST_ACCOUNT = 5
SHORTEST_LOGIN = 3
EARLIEST_DAYS_AGO = 60
CATEGORIES_PER_PAGE = 9


class StartMoney:
    """The customer confirmed: money may be taken now, once she knows that no slip can be printed
    where that is so. The only way out of browsing.
    """


START_MONEY = StartMoney()


@dataclass(frozen=True, slots=True)
class LookUp:
    """The customer asks for payments; the books have to be asked."""

    check: Check


@dataclass(frozen=True, slots=True)
class OrderCopy:
    """The customer wants the slip of this payment once more."""

    found: Found
    number: int


@dataclass(frozen=True, slots=True)
class AskAgain:
    """The customer wants the provider to be asked once more about what was typed."""

    entry: Entry


@dataclass(slots=True)
class Shop:
    """What can be paid here, and how it is found. Exchanged between sessions alone."""

    catalogue: Catalogue
    other_names: Names = field(default=no_other_names, compare=False, repr=False)
    finder: Finder = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        self.finder = Finder(self.catalogue, self.other_names)

    def restock(self, catalogue: Catalogue) -> None:
        """Sell this from now on."""
        self.catalogue = catalogue
        self.finder = Finder(catalogue, self.other_names)

    def pages_of_categories(self) -> int:
        """How many pages the categories fill."""
        return pages(len(self.catalogue.categories), CATEGORIES_PER_PAGE)

    def pages_of_providers(self, category: str) -> int:
        """How many pages the providers of a category fill."""
        return pages(len(self.catalogue.in_category(category)), PROVIDERS_PER_PAGE)


def pages(count: int, per_page: int) -> int:
    """Pages for so many items; an empty list still has one."""
    return max(1, -(-count // per_page))


Outcome = Browsing | StartMoney | LookUp | OrderCopy | AskAgain
_Handler = Callable[[Any, str, Shop], Outcome]


def touched(state: Browsing, action: Action, value: str, shop: Shop) -> Outcome:
    """The state after a touch; the same state where the touch means nothing there."""
    handler = _TABLE.get((type(state), action)) or _EVERYWHERE.get(action)
    return state if handler is None else handler(state, value, shop)


def _home(_state: Browsing, _value: str, _shop: Shop) -> Outcome:
    return Home()


def _about(state: Browsing, _value: str, _shop: Shop) -> Outcome:
    match state:
        case About():
            return state
        case Roster():
            return state.about
        case Enquiring():
            # The answer would come while nobody looks; behind it she asks anew.
            return About(behind=state.entry)
        case _:
            return About(behind=state)


def _back_from_about(state: About, _value: str, _shop: Shop) -> Outcome:
    return state.behind


def _roster(state: About, _value: str, _shop: Shop) -> Outcome:
    return Roster(about=state)


def _back_from_roster(state: Roster, _value: str, _shop: Shop) -> Outcome:
    return state.about


def _roster_page(step: int) -> _Handler:
    def turn(state: Roster, _value: str, shop: Shop) -> Outcome:
        last = pages_of_roster(shop.catalogue)
        return replace(state, page=min(max(state.page + step, 1), last))

    return turn


def _categories(_state: Home, _value: str, _shop: Shop) -> Outcome:
    return Categories()


def _category(state: Home | Categories, value: str, shop: Shop) -> Outcome:
    known = any(category.code == value for category in shop.catalogue.categories)
    return Providers(category=value) if known else state


def _provider(state: Origin, value: str, shop: Shop) -> Outcome:
    try:
        provider = shop.catalogue.provider(value)
    except UnknownProviderError:
        return state
    if not provider.visible:
        return state
    number = state.number if isinstance(state, Providers) else None
    return enter(provider, state) if number is None else _with_number(provider, state, number)


def again(code: str, shop: Shop) -> Home | Entry:
    """The same kind of payment once more, with nothing typed; the start screen where it is not sold
    any more.
    """
    entry = _provider(Home(), code, shop)
    return entry if isinstance(entry, Entry) else Home()


def enter(provider: Provider, origin: Origin) -> Entry:
    """The first field of a provider, empty."""
    entries = tuple(FieldEntry(field=field) for field in provider.fields)
    return Entry(provider=provider, entries=entries, index=0, origin=origin)


def _with_number(provider: Provider, origin: Origin, number: ByNumber) -> Entry:
    """The first field of a provider with the number that was typed, where it takes it."""
    entry = enter(provider, origin)
    kept = carried(number.current, provider)
    return entry if kept is None else _typed(entry, kept)


def _open_number(state: Home, _value: str, shop: Shop) -> Outcome:
    category = mobile_category(shop.catalogue)
    field = number_field(category.code, shop.catalogue) if category else None
    if category is None or field is None:
        return state
    return ByNumber(category=category.code, current=FieldEntry(field=field))


def _number_key(state: ByNumber, value: str, _shop: Shop) -> Outcome:
    return replace(state, current=state.current.press(value)) if len(value) == 1 else state


def _erase_number_key(state: ByNumber, _value: str, _shop: Shop) -> Outcome:
    return replace(state, current=state.current.erase())


def _erase_number(state: ByNumber, _value: str, _shop: Shop) -> Outcome:
    return replace(state, current=state.current.erase_all())


def operator_of(state: ByNumber, shop: Shop) -> Provider | None:
    """Whose number it seems to be, where that operator takes it as it is typed."""
    found = operator_for(state.current.typed, shop.catalogue)
    return found if found is not None and carried(state.current, found) is not None else None


def _by_hand(state: ByNumber, value: str, _shop: Shop) -> Outcome:
    fits = value == state.category
    return Providers(category=state.category, number=state) if fits else state


def _forward_from_number(state: ByNumber, _value: str, shop: Shop) -> Outcome:
    if state.current.problem() is not None:
        return state
    operator = operator_of(state, shop)
    if operator is None:
        return Providers(category=state.category, number=state)
    return _forward_from_entry(_with_number(operator, state, state), "", shop)


def _change_over(state: Entry, value: str, shop: Shop) -> Outcome:
    """To the operator that was offered, if it still is: what was typed is kept, its payee alone is
    another.
    """
    other = other_operator(state.provider, state.current, shop.catalogue)
    kept = None if other is None else carried(state.current, other)
    if other is None or kept is None or other.code != value:
        return state
    return _typed(enter(other, state.origin), kept)


def _page(step: int) -> _Handler:
    def turn(state: Categories | Providers, _value: str, shop: Shop) -> Outcome:
        last = (
            shop.pages_of_categories()
            if isinstance(state, Categories)
            else shop.pages_of_providers(state.category)
        )
        return replace(state, page=min(max(state.page + step, 1), last))

    return turn


def _back_from_list(state: Categories | Providers, _value: str, shop: Shop) -> Outcome:
    if isinstance(state, Providers) and state.number is not None:
        return state.number
    if isinstance(state, Providers) and state.category not in home_categories(shop.catalogue):
        return Categories()
    return Home()


def home_categories(catalogue: Catalogue) -> tuple[str, ...]:
    """Codes of the categories that have a tile on the start screen: the first seven by order; the
    eighth tile leads to all of them.
    """
    return tuple(category.code for category in catalogue.ordered_categories[:7])


def _key(state: Entry, value: str, _shop: Shop) -> Outcome:
    return _typed(state, state.current.press(value)) if len(value) == 1 else state


def _choose(state: Entry, value: str, _shop: Shop) -> Outcome:
    return _typed(state, state.current.choose(value))


def _search(_state: Browsing, _value: str, _shop: Shop) -> Outcome:
    return Search()


def _letter(state: Search, value: str, _shop: Shop) -> Outcome:
    fits = len(value) == 1 and value.isprintable() and len(state.text) < LONGEST_SEARCH
    return replace(state, text=state.text + value) if fits else state


def _erase_letter(state: Search, _value: str, _shop: Shop) -> Outcome:
    return replace(state, text=state.text[:-1])


def _erase_search(_state: Search, _value: str, _shop: Shop) -> Outcome:
    return Search()


def _erase(state: Entry, _value: str, _shop: Shop) -> Outcome:
    return _typed(state, state.current.erase())


def _erase_all(state: Entry, _value: str, _shop: Shop) -> Outcome:
    return _typed(state, state.current.erase_all())


def _typed(state: Entry, entry: FieldEntry) -> Entry:
    entries = (*state.entries[: state.index], entry, *state.entries[state.index + 1 :])
    return replace(state, entries=entries, answer=None, amount_minor=None)


def _forward_from_entry(state: Entry, _value: str, _shop: Shop) -> Outcome:
    if state.current.problem() is not None:
        return state
    if state.index + 1 == len(state.entries):
        refused = state.answer is not None and state.answer.refusal is not None
        return state if refused else Confirm(entry=state)
    # The check digit of a field may need the values of the fields before it.
    before = {entry.field.name: entry.value() for entry in state.entries[: state.index + 1]}
    following = replace(state.entries[state.index + 1], others=before)
    return _typed(replace(state, index=state.index + 1), following)


def _back_from_entry(state: Entry, _value: str, _shop: Shop) -> Outcome:
    return replace(state, index=state.index - 1) if state.index > 0 else state.origin


def _back_from_confirm(state: Confirm, _value: str, _shop: Shop) -> Outcome:
    entry = state.entry
    if entry.provider.amounts and entry.amount_minor is not None:
        # Chosen anew on the way forward; what was typed is one step further back.
        entry = replace(entry, amount_minor=None)
    # Nobody could say: by the next time somebody may.
    unchecked = entry.answer is not None and not entry.answer.checked
    return replace(entry, answer=None) if unchecked else entry


def _choose_amount(state: Amounts, value: str, _shop: Shop) -> Outcome:
    chosen = next((one for one in state.amounts if str(one) == value), None)
    return (
        state if chosen is None else replace(state, entry=replace(state.entry, amount_minor=chosen))
    )


def _forward_from_amounts(state: Amounts, _value: str, _shop: Shop) -> Outcome:
    return state if state.entry.amount_minor is None else Confirm(entry=state.entry)


def _back_from_amounts(state: Amounts, _value: str, _shop: Shop) -> Outcome:
    return replace(state.entry, amount_minor=None)


def _back_from_enquiry(state: Enquiring, _value: str, _shop: Shop) -> Outcome:
    return state.entry


def _ask_again(state: Enquiring, _value: str, _shop: Shop) -> Outcome:
    return AskAgain(state.entry) if state.given_up else state


def _check(_state: Home, _value: str, _shop: Shop) -> Outcome:
    return Check()


def _character(state: Check, value: str, _shop: Shop) -> Outcome:
    known = has_key("ru", value) or has_key("latin", value)
    fits = len(value) == 1 and known and len(state.account) < LONGEST_ACCOUNT
    return replace(state, account=state.account + value) if fits else state


def _erase_character(state: Check, _value: str, _shop: Shop) -> Outcome:
    return replace(state, account=state.account[:-1])


def _erase_account(state: Check, _value: str, _shop: Shop) -> Outcome:
    return replace(state, account="")


def _day(step: int) -> _Handler:
    def turn(state: Check, _value: str, _shop: Shop) -> Outcome:
        return replace(state, days_ago=min(max(state.days_ago + step, 0), EARLIEST_DAYS_AGO))

    return turn


def _look_up(state: Check, _value: str, _shop: Shop) -> Outcome:
    return LookUp(state) if can_look_up(state) else state


def can_look_up(state: Check) -> bool:
    """True when enough of an account is typed to be one."""
    return missing_to_look_up(state) == 0


def missing_to_look_up(state: Check) -> int:
    """How many characters an account still needs to be one; a login may be shorter than a number."""
    letters = any(one.isalpha() for one in state.account)
    least = SHORTEST_LOGIN if letters else SHORTEST_ACCOUNT
    return max(0, least - len(state.account.strip()))


def _copy(state: Found, value: str, _shop: Shop) -> Outcome:
    known = [one.number for one in state.payments if str(one.number) == value]
    ordered = state.copied in known and state.copy is not SlipState.FAILED
    return OrderCopy(state, known[0]) if known and not ordered else state


def standing(found: Found, number: int, delivery: Delivery) -> Found:
    """What was found, after the backend has said how the payment `number` stands now."""
    payments = tuple(
        replace(one, delivery=delivery) if one.number == number else one for one in found.payments
    )
    return replace(found, payments=payments)


def _back_from_found(state: Found, _value: str, _shop: Shop) -> Outcome:
    return state.check


def _start_money(_state: Confirm | NoReceipt, _value: str, _shop: Shop) -> Outcome:
    return START_MONEY


def _back_from_no_receipt(state: NoReceipt, _value: str, _shop: Shop) -> Outcome:
    return state.confirm


_EVERYWHERE: Mapping[Action, _Handler] = {
    Action.HOME: _home,
    Action.OPEN_ABOUT: _about,
}

_TABLE: Mapping[tuple[type, Action], _Handler] = {
    (Attract, Action.BEGIN): _home,
    (Attract, Action.BACK): _home,
    (Home, Action.OPEN_CATEGORIES): _categories,
    (Home, Action.OPEN_CATEGORY): _category,
    (Home, Action.OPEN_PROVIDER): _provider,
    (Home, Action.OPEN_SEARCH): _search,
    (Home, Action.OPEN_NUMBER): _open_number,
    (ByNumber, Action.KEY): _number_key,
    (ByNumber, Action.ERASE): _erase_number_key,
    (ByNumber, Action.ERASE_ALL): _erase_number,
    (ByNumber, Action.OPEN_CATEGORY): _by_hand,
    (ByNumber, Action.FORWARD): _forward_from_number,
    (ByNumber, Action.BACK): _home,
    (Categories, Action.OPEN_SEARCH): _search,
    (Providers, Action.OPEN_SEARCH): _search,
    (Search, Action.KEY): _letter,
    (Search, Action.ERASE): _erase_letter,
    (Search, Action.ERASE_ALL): _erase_search,
    (Search, Action.OPEN_PROVIDER): _provider,
    (Search, Action.BACK): _home,
    (Categories, Action.OPEN_CATEGORY): _category,
    (Categories, Action.NEXT_PAGE): _page(+1),
    (Categories, Action.PREVIOUS_PAGE): _page(-1),
    (Categories, Action.BACK): _back_from_list,
    (Providers, Action.OPEN_PROVIDER): _provider,
    (Providers, Action.NEXT_PAGE): _page(+1),
    (Providers, Action.PREVIOUS_PAGE): _page(-1),
    (Providers, Action.BACK): _back_from_list,
    (Entry, Action.KEY): _key,
    (Entry, Action.CHOOSE): _choose,
    (Entry, Action.CHANGE_OVER): _change_over,
    (Entry, Action.ERASE): _erase,
    (Entry, Action.ERASE_ALL): _erase_all,
    (Entry, Action.FORWARD): _forward_from_entry,
    (Entry, Action.BACK): _back_from_entry,
    (Enquiring, Action.FORWARD): _ask_again,
    (Enquiring, Action.BACK): _back_from_enquiry,
    (Amounts, Action.CHOOSE): _choose_amount,
    (Amounts, Action.FORWARD): _forward_from_amounts,
    (Amounts, Action.BACK): _back_from_amounts,
    (Confirm, Action.FORWARD): _start_money,
    (Confirm, Action.BACK): _back_from_confirm,
    (NoReceipt, Action.FORWARD): _start_money,
    (NoReceipt, Action.BACK): _back_from_no_receipt,
    (Home, Action.OPEN_CHECK): _check,
    (Check, Action.KEY): _character,
    (Check, Action.ERASE): _erase_character,
    (Check, Action.ERASE_ALL): _erase_account,
    (Check, Action.NEXT_PAGE): _day(+1),
    (Check, Action.PREVIOUS_PAGE): _day(-1),
    (Check, Action.FORWARD): _look_up,
    (Check, Action.BACK): _home,
    (Found, Action.COPY): _copy,
    (Found, Action.BACK): _back_from_found,
    (About, Action.BACK): _back_from_about,
    (About, Action.OPEN_ROSTER): _roster,
    (Roster, Action.NEXT_PAGE): _roster_page(+1),
    (Roster, Action.PREVIOUS_PAGE): _roster_page(-1),
    (Roster, Action.BACK): _back_from_roster,
}
