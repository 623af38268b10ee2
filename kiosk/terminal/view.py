"""From the terminal's state to what the screen shows. Pure; decides nothing but what is visible."""

from dataclasses import replace
from typing import assert_never

from config.catalogue import Category, FeeBand, Provider
from kiosk.catalogue.fees import fee_for
from kiosk.catalogue.layout import grouped
from kiosk.catalogue.operators import mobile_category, other_operator
from kiosk.session import money
from kiosk.session.navigation import (
    CATEGORIES_PER_PAGE,
    EARLIEST_DAYS_AGO,
    PROVIDERS_PER_PAGE,
    Shop,
    can_look_up,
    home_categories,
    missing_to_look_up,
    operator_of,
)
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
    Money,
    NoReceipt,
    Paid,
    Processing,
    Providers,
    Roster,
    Search,
    Thanks,
    Visit,
)
from kiosk.terminal.health import Health, banners, reasons
from kiosk.terminal.roster import roster_page
from kiosk.terminal.rules import TerminalRules
from kiosk.terminal.snapshot import (
    AccountCheck,
    Banner,
    CategoryItem,
    CheckView,
    ConfirmField,
    ConfirmView,
    EnquiryView,
    EntryProblem,
    EntryView,
    FeeBandView,
    HomeView,
    Keyboard,
    ListView,
    MoneyView,
    OutOfServiceView,
    ProviderItem,
    ResultView,
    Screen,
    SearchView,
    ServiceReason,
    Snapshot,
    StartCheck,
    StartingView,
    TermsView,
)

POPULAR_ON_HOME = 6
LINES_SHOWN = 5

_PATIENT = frozenset({ServiceReason.STARTING, ServiceReason.SETTLING})
"""Reasons that pass by themselves within seconds of a start."""


def snapshot(
    visit: Visit, health: Health, shop: Shop, rules: TerminalRules, *, serial: int
) -> Snapshot:
    """The snapshot of this moment."""
    limits = banners(health)
    match visit:
        case Processing() | Thanks():
            screen = Screen.PROCESSING if isinstance(visit, Processing) else Screen.THANKS
            return Snapshot(
                serial=serial, screen=screen, banners=limits, result=_result(visit.paid)
            )
        case Money():
            return _money_or_out(visit, health, rules, limits, serial)
        case _:
            return _browsing_or_out(visit, health, shop, rules, limits, serial)


def _money_or_out(
    visit: Money, health: Health, rules: TerminalRules, limits: tuple[Banner, ...], serial: int
) -> Snapshot:
    why = reasons(health)
    held = not visit.empty or visit.moving
    if why and (not held or not health.storage_writable):
        return _out(health, serial, inside_minor=visit.inserted_minor)
    return Snapshot(
        serial=serial, screen=Screen.MONEY, banners=limits, money=_money(visit, health, rules)
    )


def _browsing_or_out(
    visit: Browsing,
    health: Health,
    shop: Shop,
    rules: TerminalRules,
    limits: tuple[Banner, ...],
    serial: int,
) -> Snapshot:
    why = reasons(health)
    if why and _PATIENT.issuperset(why):
        return Snapshot(serial=serial, screen=Screen.STARTING, starting=_starting(health))
    if why:
        return _out(health, serial, inside_minor=0)
    notes = tuple(sorted(rules.denominations & health.denominations))
    return _browsing(visit, shop, rules, limits, serial, notes)


def _starting(health: Health) -> StartingView:
    ended = {
        StartCheck.JOURNAL: health.storage_writable,
        StartCheck.ACCEPTOR: health.acceptor_known,
        StartCheck.PRINTER: health.printer is not None or not health.printer_required,
        StartCheck.PAYMENTS: health.settled,
    }
    return StartingView(done=frozenset(check for check, done in ended.items() if done))


def _out(health: Health, serial: int, *, inside_minor: int) -> Snapshot:
    shown = OutOfServiceView(
        reasons=reasons(health), fault_number=health.fault_number, inside_minor=inside_minor
    )
    return Snapshot(serial=serial, screen=Screen.OUT_OF_SERVICE, out_of_service=shown)


def _browsing(
    visit: Browsing,
    shop: Shop,
    rules: TerminalRules,
    limits: tuple[Banner, ...],
    serial: int,
    notes: tuple[int, ...],
) -> Snapshot:
    match visit:
        case Attract():
            return Snapshot(
                serial=serial, screen=Screen.ATTRACT, banners=limits, home=_home(shop, notes)
            )
        case Home():
            return Snapshot(
                serial=serial, screen=Screen.HOME, banners=limits, home=_home(shop, notes)
            )
        case Categories():
            return Snapshot(
                serial=serial,
                screen=Screen.CATEGORIES,
                banners=limits,
                listing=_categories(visit, shop),
            )
        case Providers():
            return Snapshot(
                serial=serial,
                screen=Screen.PROVIDERS,
                banners=limits,
                listing=_providers(visit, shop),
            )
        case Search():
            return Snapshot(
                serial=serial, screen=Screen.SEARCH, banners=limits, search=_search(visit, shop)
            )
        case Entry():
            return Snapshot(
                serial=serial, screen=Screen.ENTRY, banners=limits, entry=_entry(visit, shop, rules)
            )
        case ByNumber():
            return Snapshot(
                serial=serial,
                screen=Screen.ENTRY,
                banners=limits,
                entry=_number(visit, shop, rules),
            )
        case Amounts():
            return Snapshot(
                serial=serial, screen=Screen.ENTRY, banners=limits, entry=_amounts(visit, rules)
            )
        case Enquiring():
            return Snapshot(
                serial=serial, screen=Screen.ENQUIRY, banners=limits, enquiry=_enquiry(visit)
            )
        case Confirm():
            return Snapshot(
                serial=serial,
                screen=Screen.CONFIRM,
                banners=limits,
                confirm=_confirm(visit, rules, without_slip=Banner.NO_RECEIPT in limits),
            )
        case NoReceipt():
            others = tuple(one for one in limits if one is not Banner.NO_RECEIPT)
            return Snapshot(serial=serial, screen=Screen.NO_RECEIPT, banners=others)
        case Check():
            return Snapshot(serial=serial, screen=Screen.CHECK, banners=limits, check=_check(visit))
        case Found():
            checked = replace(
                _check(visit.check), payments=visit.payments, copied=visit.copied, copy=visit.copy
            )
            return Snapshot(serial=serial, screen=Screen.FOUND, banners=limits, check=checked)
        case About():
            return Snapshot(serial=serial, screen=Screen.ABOUT, banners=limits)
        case Roster():
            page = roster_page(shop.catalogue, visit.page)
            return Snapshot(serial=serial, screen=Screen.ROSTER, banners=limits, roster=page)
        case _ as never:
            assert_never(never)


def _home(shop: Shop, denominations: tuple[int, ...]) -> HomeView:
    catalogue = shop.catalogue
    popular = [catalogue.provider(code) for code in catalogue.popular]
    wallet = next((one for one in popular if one.channel == "wallet"), None)
    others = [one for one in popular if one is not wallet and one.visible]
    shown = home_categories(catalogue)
    return HomeView(
        wallet=None if wallet is None else provider_item(wallet),
        popular=tuple(provider_item(one) for one in others[:POPULAR_ON_HOME]),
        categories=tuple(
            _category_item(one) for one in catalogue.ordered_categories if one.code in shown
        ),
        more=len(catalogue.categories) > len(shown),
        denominations=denominations,
        by_number=mobile_category(catalogue) is not None,
    )


def _categories(visit: Categories, shop: Shop) -> ListView:
    first = (visit.page - 1) * CATEGORIES_PER_PAGE
    page = shop.catalogue.ordered_categories[first : first + CATEGORIES_PER_PAGE]
    return ListView(
        title="",
        categories=tuple(_category_item(one) for one in page),
        page=visit.page,
        pages=shop.pages_of_categories(),
    )


def _providers(visit: Providers, shop: Shop) -> ListView:
    first = (visit.page - 1) * PROVIDERS_PER_PAGE
    page = shop.catalogue.in_category(visit.category)[first : first + PROVIDERS_PER_PAGE]
    title = next((one.title for one in shop.catalogue.categories if one.code == visit.category), "")
    return ListView(
        title=title,
        providers=tuple(provider_item(one) for one in page),
        page=visit.page,
        pages=shop.pages_of_providers(visit.category),
    )


def _search(visit: Search, shop: Shop) -> SearchView:
    found = shop.finder.find(visit.text)
    return SearchView(text=visit.text, results=tuple(provider_item(one) for one in found))


def _entry(visit: Entry, shop: Shop, rules: TerminalRules) -> EntryView:
    current = visit.current
    other = other_operator(visit.provider, current, shop.catalogue)
    return EntryView(
        provider=provider_item(visit.provider),
        title=current.field.title,
        hint=current.field.hint,
        segments=current.segments(),
        keyboard=Keyboard(current.field.keyboard),
        options=current.field.options,
        remaining=current.remaining(),
        problem=current.problem(),
        optional=current.field.optional,
        field_number=visit.index + 1,
        fields=len(visit.entries),
        terms=_terms(visit.provider, rules),
        refusal=None if visit.answer is None else visit.answer.refusal,
        other=None if other is None else provider_item(other),
    )


def _number(visit: ByNumber, shop: Shop, rules: TerminalRules) -> EntryView:
    """The number, and whose it seems to be; terms only of somebody who is known."""
    current = visit.current
    found = operator_of(visit, shop)
    nobody = ProviderItem(code="", name="", category=visit.category)
    return EntryView(
        provider=nobody if found is None else provider_item(found),
        title=current.field.title,
        hint=current.field.hint,
        segments=current.segments(),
        keyboard=Keyboard(current.field.keyboard),
        options=(),
        remaining=current.remaining(),
        problem=current.problem(),
        optional=False,
        field_number=1,
        fields=1,
        terms=None if found is None else _terms(found, rules),
        by_hand=visit.category,
    )


def _amounts(visit: Amounts, rules: TerminalRules) -> EntryView:
    """The amount is chosen as any other thing of which there are a few."""
    chosen = visit.entry.amount_minor
    return EntryView(
        provider=provider_item(visit.entry.provider),
        title="",
        hint="",
        segments=(),
        keyboard=Keyboard.BUTTONS,
        options=(),
        remaining=0,
        problem=EntryProblem.INCOMPLETE if chosen is None else None,
        optional=False,
        field_number=1,
        fields=1,
        terms=_terms(visit.entry.provider, rules, chosen),
        amounts=visit.amounts,
        amount_minor=chosen,
    )


def _enquiry(visit: Enquiring) -> EnquiryView:
    return EnquiryView(
        provider=provider_item(visit.entry.provider),
        account=_account(visit.entry),
        given_up=visit.given_up,
    )


def _account(entry: Entry) -> str:
    """What was typed of the payee, in groups."""
    account = next((it for it in entry.entries if it.field.name == "account"), entry.entries[0])
    return grouped(account.field, account.value())


def _confirm(visit: Confirm, rules: TerminalRules, *, without_slip: bool) -> ConfirmView:
    fields = tuple(
        ConfirmField(
            title=one.field.title,
            value=grouped(one.field, one.value()),
            chosen=one.field.keyboard == "buttons",
        )
        for one in visit.entry.entries
        if one.value()
    )
    told = visit.entry.answer
    return ConfirmView(
        provider=provider_item(visit.entry.provider),
        fields=fields,
        terms=_terms(visit.entry.provider, rules, visit.entry.amount_minor),
        without_slip=without_slip,
        check=_account_check(visit.entry),
        answer=() if told is None else told.lines,
        debt_minor=_debt_minor(visit.entry),
        amount_minor=visit.entry.amount_minor,
    )


def _account_check(entry: Entry) -> AccountCheck:
    if entry.answer is None:
        return AccountCheck.NOT_ASKED
    return AccountCheck.GOOD if entry.answer.checked else AccountCheck.UNANSWERED


def _check(visit: Check) -> CheckView:
    return CheckView(
        account=visit.account,
        days_ago=visit.days_ago,
        earliest=visit.days_ago == EARLIEST_DAYS_AGO,
        complete=can_look_up(visit),
        remaining=missing_to_look_up(visit),
    )


def _money(visit: Money, health: Health, rules: TerminalRules) -> MoneyView:
    limits = rules.of(visit.provider, visit.entry.amount_minor)
    inserted = visit.inserted_minor
    fee = fee_for(inserted, visit.opened.fee)
    room = money.room_minor(visit, limits)
    taken = tuple(
        minor for minor in sorted(limits.denominations & health.denominations) if minor <= room
    )
    return MoneyView(
        provider=provider_item(visit.provider),
        account=_account(visit.entry),
        inserted_minor=inserted,
        fee_minor=fee.fee_minor,
        credited_minor=fee.credited_minor,
        bands=tuple(_band(one, one.covers(inserted)) for one in visit.opened.fee),
        min_minor=limits.min_minor,
        max_minor=limits.max_minor,
        missing_minor=max(0, limits.min_minor - inserted),
        room_minor=room,
        notes=visit.lines[-LINES_SHOWN:],
        denominations=taken,
        refused=tuple(sorted(limits.denominations.union(health.denominations).difference(taken))),
        accepting=visit.accepting,
        can_pay=money.can_pay(visit, limits),
        can_leave=money.can_leave(visit),
        leaving=visit.goal is not None,
        debt_minor=visit.entry.amount_minor or _debt_minor(visit.entry),
    )


def _debt_minor(entry: Entry) -> int | None:
    return None if entry.answer is None else entry.answer.debt_minor


def _result(paid: Paid) -> ResultView:
    item = paid.item
    return ResultView(
        provider=paid.provider,
        account=paid.account,
        inserted_minor=item.inserted_minor,
        fee_minor=item.fee_minor,
        credited_minor=item.credited_minor,
        disputed_minor=item.disputed_minor,
        payment_number=item.number,
        formed_at=item.formed_at,
        slip=paid.slip,
        slip_text=paid.slip_text,
        delivery=paid.delivery,
    )


def _terms(provider: Provider, rules: TerminalRules, amount_minor: int | None = None) -> TermsView:
    limits = rules.of(provider, amount_minor)
    return TermsView(
        bands=tuple(_band(one, current=False) for one in provider.fee),
        min_minor=limits.min_minor,
        max_minor=limits.max_minor,
        legal_name=provider.legal_name,
        support_phone=provider.support_phone,
        demo_legal=provider.demo_legal,
    )


def _band(band: FeeBand, current: bool) -> FeeBandView:
    return FeeBandView(
        from_minor=band.from_minor,
        to_minor=band.to_minor,
        percent_bp=band.percent_bp,
        fixed_minor=band.fixed_minor,
        min_minor=band.min_minor,
        max_minor=band.max_minor,
        current=current,
    )


def provider_item(provider: Provider) -> ProviderItem:
    """A provider as a tile."""
    return ProviderItem(code=provider.code, name=provider.name, category=provider.category)


def _category_item(category: Category) -> CategoryItem:
    return CategoryItem(code=category.code, title=category.title)
