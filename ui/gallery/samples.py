"""Snapshots as a terminal would publish them, one for each screen and state worth looking at."""

from dataclasses import replace
from datetime import UTC, datetime

from kiosk.terminal.snapshot import (
    Banner,
    CategoryItem,
    CheckView,
    ConfirmField,
    ConfirmView,
    Delivery,
    EntryProblem,
    EntryView,
    FeeBandView,
    FoundPayment,
    HomeView,
    Keyboard,
    ListView,
    MoneyView,
    NoteLine,
    NoteProblem,
    NoteState,
    OutOfServiceView,
    ProviderItem,
    ResultView,
    Screen,
    SearchView,
    Segment,
    SegmentRole,
    ServiceReason,
    SlipState,
    Snapshot,
    TermsView,
)
from ui.terminal_info import TerminalInfo

NOW = datetime(2026, 11, 22, 9, 41, 7, tzinfo=UTC)

INFO = TerminalInfo(
    terminal_id="10238898",
    terminal_name="Платёжный терминал",
    hotlines=("8-800-707-77-59", "8-495-123-45-67"),
    agent_name="ООО «Платёжный агент»",
    agent_inn="7712345678",
    agent_address="125009, Москва, ул. Тверская, 7",
    agent_phone="8-495-123-45-67",
    address="Москва, ул. Лесная, 5, ТЦ «Белая площадь»",
    demo=True,
    timezone="Europe/Moscow",
)


def provider(code: str, name: str, category: str = "cellular") -> ProviderItem:
    """Return a provider."""
    return ProviderItem(code=code, name=name, category=category)


MTS = provider("mts", "МТС")
WALLET = provider("wallet", "Кошелёк", "wallets")
HOUSE = provider("epd_moscow", "ЖКУ Москва (ЕПД)", "utilities")
TRANSFER = provider("vtb", "ВТБ (перевод на счёт)", "banks")
ORGANISATION = provider("freepay", "Оплата по реквизитам организации", "legal_entity")

POPULAR = (
    MTS,
    provider("beeline", "Билайн"),
    provider("megafon", "МегаФон"),
    provider("tele2", "Tele2"),
    provider("rostelecom", "Ростелеком. Домашние услуги", "internet_tv"),
    provider("mosenergosbyt", "Мосэнергосбыт", "utilities"),
    provider("troika", "Тройка (Кошелёк карты)", "transport"),
    provider("gibdd", "Штрафы ГИБДД", "state"),
)

CATEGORIES = tuple(
    CategoryItem(code=code, title=title)
    for code, title in (
        ("cellular", "Сотовая связь"),
        ("internet_tv", "Интернет, ТВ, телефония"),
        ("utilities", "ЖКХ"),
        ("banks", "Банки и переводы на карты"),
        ("loans", "Погашение кредитов"),
        ("microloans", "Займы"),
        ("wallets", "Электронные деньги"),
        ("games", "Игры и соцсети"),
        ("transport", "Транспорт и парковка"),
        ("state", "Штрафы и налоги"),
        ("charity", "Благотворительность"),
        ("direct_sales", "Каталоги и прямые продажи"),
        ("education", "Образование"),
        ("legal_entity", "Организации по реквизитам"),
    )
)

INTERNET = (
    provider("mgts", "МГТС", "internet_tv"),
    provider("rostelecom", "Ростелеком. Домашние услуги", "internet_tv"),
    provider("mts_home", "МТС Домашний интернет, ТВ и телефония", "internet_tv"),
    provider("onlime", "OnLime", "internet_tv"),
    provider("domru", "Дом.ру", "internet_tv"),
    provider("ntvplus", "НТВ-Плюс", "internet_tv"),
    provider("tricolor", "Триколор", "internet_tv"),
    provider("local_isp", "Мой Провайдер (OpenPayz)", "internet_tv"),
)

MANY_PROVIDERS = (
    *INTERNET,
    HOUSE,
    TRANSFER,
    ORGANISATION,
    provider("domofon", "Домофон «Цифрал-Сервис»", "utilities"),
)


def band(
    from_minor: int,
    to_minor: int | None,
    percent_bp: int,
    *,
    min_minor: int = 0,
    current: bool = False,
) -> FeeBandView:
    """Return a fee band without a fixed part and a ceiling."""
    return FeeBandView(
        from_minor=from_minor,
        to_minor=to_minor,
        percent_bp=percent_bp,
        fixed_minor=0,
        min_minor=min_minor,
        max_minor=None,
        current=current,
    )


ONE_BAND = (band(0, None, 500, min_minor=300, current=True),)
MOBILE_BANDS = (
    band(0, 10_000, 1000, min_minor=300),
    band(10_000, 50_000, 700),
    band(50_000, None, 500, current=True),
)

TERMS = TermsView(
    bands=ONE_BAND,
    min_minor=1_000,
    max_minor=1_500_000,
    legal_name="ПАО «МТС»",
    support_phone="8-800-250-08-90",
    demo_legal=False,
)
MOBILE_TERMS = replace(TERMS, bands=MOBILE_BANDS)
FREE_TERMS = replace(TERMS, bands=(band(0, None, 0),), demo_legal=True, legal_name="АО «Расчёты»")

HOME = HomeView(
    wallet=WALLET,
    popular=POPULAR,
    categories=CATEGORIES,
    more=True,
    denominations=(1_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000),
)


def segments(*parts: tuple[str, SegmentRole]) -> tuple[Segment, ...]:
    """Return the runs of a masked field."""
    return tuple(Segment(text=text, role=role) for text, role in parts)


PHONE = EntryView(
    provider=MTS,
    title="Номер телефона",
    hint="Начинать с 8 не нужно",
    segments=segments(
        ("+7 ", SegmentRole.FIXED),
        ("916 123-45-", SegmentRole.TYPED),
        ("__", SegmentRole.BLANK),
    ),
    keyboard=Keyboard.DIGITS,
    options=(),
    remaining=2,
    problem=EntryProblem.INCOMPLETE,
    optional=False,
    field_number=1,
    fields=1,
    terms=MOBILE_TERMS,
)
PHONE_READY = replace(
    PHONE,
    segments=segments(("+7 ", SegmentRole.FIXED), ("916 123-45-67", SegmentRole.TYPED)),
    remaining=0,
    problem=None,
    terms=TERMS,
)
PHONE_WRONG = replace(
    PHONE,
    segments=segments(
        ("+7 ", SegmentRole.FIXED),
        ("891 612", SegmentRole.TYPED),
        ("-__-__", SegmentRole.BLANK),
    ),
    problem=EntryProblem.STARTS_WITH_8,
    remaining=4,
)
LONG_NUMBER = replace(
    PHONE,
    provider=provider("gibdd", "Штрафы ГИБДД", "state"),
    title="УИН (номер постановления)",
    hint="20 или 25 цифр",
    segments=segments(("1881 0177 2511 2233 ", SegmentRole.TYPED), ("____", SegmentRole.BLANK)),
    remaining=4,
    terms=replace(TERMS, bands=(band(0, None, 200),), legal_name="Казначейство России"),
)
SURNAME = replace(
    PHONE,
    provider=TRANSFER,
    title="Фамилия",
    hint="",
    segments=segments(("Константиноп", SegmentRole.TYPED)),
    keyboard=Keyboard.RU,
    remaining=0,
    problem=None,
    field_number=3,
    fields=4,
)
LOGIN = replace(
    PHONE,
    provider=provider("steam", "Steam", "games"),
    title="Логин Steam",
    hint="Не имя в профиле, а логин для входа",
    segments=segments(("ga", SegmentRole.TYPED), ("_", SegmentRole.BLANK)),
    keyboard=Keyboard.LATIN,
    remaining=1,
)
PURPOSE = replace(
    SURNAME,
    provider=ORGANISATION,
    title="Назначение платежа",
    segments=segments(
        (
            "Оплата по договору № 17-24/Р от 03.11.2026 за обслуживание домофона и "
            "видеонаблюдения, кв. 148, Константинопольский К. К., без НДС",
            SegmentRole.TYPED,
        )
    ),
    field_number=6,
    fields=10,
)
TAX = replace(
    PHONE,
    provider=ORGANISATION,
    title="НДС",
    hint="Посмотрите в счёте",
    segments=(),
    keyboard=Keyboard.BUTTONS,
    options=("Без НДС", "НДС 10 %", "НДС 20 %"),
    remaining=1,
    field_number=7,
    fields=10,
)

CONFIRM = ConfirmView(
    provider=MTS,
    fields=(ConfirmField(title="Номер телефона", value="+7 916 123-45-67"),),
    terms=MOBILE_TERMS,
)
CONFIRM_TWO = ConfirmView(
    provider=HOUSE,
    fields=(
        ConfirmField(title="Код плательщика", value="12 3456 7890"),
        ConfirmField(title="Период, ММГГГГ", value="11/2026"),
    ),
    terms=FREE_TERMS,
)
CONFIRM_TEN = ConfirmView(
    provider=ORGANISATION,
    fields=(
        ConfirmField(title="БИК банка получателя", value="044 525 225"),
        ConfirmField(title="Расчётный счёт", value="40702 8100 3825 0123456"),
        ConfirmField(title="ИНН получателя", value="7707 0838 93"),
        ConfirmField(title="КПП (0 для ИП)", value="773601001"),
        ConfirmField(title="Наименование", value="ТСЖ «Белая площадь, корпус 2»"),
        ConfirmField(
            title="Назначение платежа", value="Оплата по договору № 17-24/Р от 03.11.2026"
        ),
        ConfirmField(title="НДС", value="Без НДС"),
        ConfirmField(title="Срочный", value="Нет"),
        ConfirmField(title="Фамилия плательщика", value="Константинопольский"),
        ConfirmField(title="Имя плательщика", value="Константин"),
    ),
    terms=replace(TERMS, bands=(band(0, None, 200, min_minor=5_000),), legal_name=""),
)

DENOMINATIONS = (1_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000)


def accepted(*minors: int) -> tuple[NoteLine, ...]:
    """Return accepted notes."""
    return tuple(NoteLine(minor=minor, state=NoteState.ACCEPTED) for minor in minors)


MONEY = MoneyView(
    provider=MTS,
    account="+7 916 123-45-67",
    inserted_minor=65_000,
    fee_minor=3_250,
    credited_minor=61_750,
    bands=MOBILE_BANDS,
    min_minor=1_000,
    max_minor=1_500_000,
    missing_minor=0,
    room_minor=1_435_000,
    notes=(
        *accepted(50_000, 10_000, 5_000),
        NoteLine(minor=None, state=NoteState.RETURNED, problem=NoteProblem.UNRECOGNISED),
    ),
    denominations=DENOMINATIONS,
    refused=(),
    accepting=True,
    can_pay=True,
    can_leave=False,
    leaving=False,
)
MONEY_EMPTY = replace(
    MONEY,
    inserted_minor=0,
    fee_minor=0,
    credited_minor=0,
    bands=ONE_BAND,
    missing_minor=1_000,
    room_minor=1_500_000,
    notes=(),
    can_pay=False,
    can_leave=True,
)
MONEY_CHECKING = replace(
    MONEY,
    notes=(*accepted(50_000, 10_000), NoteLine(minor=5_000, state=NoteState.CHECKING)),
    refused=(500_000,),
    denominations=DENOMINATIONS[:-1],
    accepting=False,
    can_pay=False,
)
MONEY_MISSING = replace(
    MONEY,
    inserted_minor=1_000,
    fee_minor=300,
    credited_minor=700,
    min_minor=5_000,
    missing_minor=4_000,
    room_minor=1_499_000,
    bands=ONE_BAND,
    notes=accepted(1_000),
    can_pay=False,
)
MONEY_OVER = replace(
    MONEY,
    provider=ORGANISATION,
    account="40702 8100 3825 0123456",
    inserted_minor=1_490_000,
    fee_minor=29_800,
    credited_minor=1_460_200,
    room_minor=10_000,
    bands=(band(0, None, 200, min_minor=5_000, current=True),),
    notes=(
        *accepted(200_000, 50_000, 10_000),
        NoteLine(minor=200_000, state=NoteState.DISPUTED),
        NoteLine(minor=500_000, state=NoteState.RETURNED, problem=NoteProblem.OVER_MAXIMUM),
    ),
    denominations=(1_000, 5_000, 10_000),
    refused=DENOMINATIONS[3:],
)
MONEY_FULL = replace(
    MONEY_OVER,
    inserted_minor=1_500_000,
    fee_minor=30_000,
    credited_minor=1_470_000,
    room_minor=0,
    accepting=False,
    notes=accepted(500_000, 500_000, 500_000),
    denominations=(),
    refused=DENOMINATIONS,
)
MONEY_LEAVING = replace(MONEY_CHECKING, leaving=True)

SLIP_TEXT = """\
     ООО «Платёжный агент»
         ИНН 7712345678
  125009, Москва, Тверская, 7
--------------------------------
     КВИТАНЦИЯ О ПЛАТЕЖЕ
        № 10238898-000417
22.11.2026              12:42:07
Терминал                10238898
Москва, ул. Лесная, 5
--------------------------------
Услуга             Сотовая связь
Поставщик                    МТС
Номер         +7 916 ***-**-67
--------------------------------
ВНЕСЕНО                   650,00
Комиссия 5 %               32,50
ЗАЧИСЛЕНО                 617,50
--------------------------------
Горячая линия
                8-800-707-77-59
Сохраняйте чек до зачисления
"""

RESULT = ResultView(
    provider=MTS,
    account="+7 916 ···-··-67",
    inserted_minor=65_000,
    fee_minor=3_250,
    credited_minor=61_750,
    disputed_minor=0,
    payment_number=417,
    formed_at=datetime(2026, 11, 22, 9, 42, 7, tzinfo=UTC),
    slip=SlipState.PRINTED,
    slip_text=SLIP_TEXT,
    delivery=Delivery.ACCEPTED,
)


CHECK_EMPTY = CheckView(account="", days_ago=0, earliest=False, complete=False)
CHECK = CheckView(account="9161234567", days_ago=3, earliest=False, complete=True)
FOUND = tuple(
    FoundPayment(
        number=number,
        formed_at=datetime(2026, 11, 19, 9, number % 60, tzinfo=UTC),
        provider=to,
        account=account,
        inserted_minor=minor,
        delivery=delivery,
    )
    for number, to, account, minor, delivery in (
        (417, MTS, "+7 916 ···-··-67", 65_000, Delivery.CREDITED),
        (416, MTS, "+7 916 ···-··-67", 1_500_000, Delivery.ACCEPTED),
        (402, ORGANISATION, "···················3456", 20_000, Delivery.QUEUED),
        (398, POPULAR[4], "··········4567", 100_000, Delivery.REFUSED),
        (371, WALLET, "+7 916 ···-··-67", 5_000, Delivery.CREDITED),
    )
)


def shown(screen: Screen, **views: object) -> Snapshot:
    """Return a snapshot of `screen`."""
    return replace(Snapshot(serial=1, screen=screen), **views)  # type: ignore[arg-type]


NO_LINK = (Banner.NO_LINK,)
BOTH = (Banner.NO_LINK, Banner.NO_RECEIPT)

SAMPLES: dict[str, Snapshot] = {
    "starting": shown(Screen.STARTING),
    "attract": shown(Screen.ATTRACT, home=HOME),
    "attract-limited": shown(Screen.ATTRACT, home=HOME, banners=BOTH),
    "home": shown(Screen.HOME, home=HOME),
    "home-offline": shown(Screen.HOME, home=HOME, banners=NO_LINK),
    "home-plain": shown(
        Screen.HOME,
        home=replace(HOME, wallet=None, categories=CATEGORIES[:5], more=False),
        banners=BOTH,
    ),
    "categories": shown(
        Screen.CATEGORIES, listing=ListView(title="", categories=CATEGORIES[:9], page=1, pages=2)
    ),
    "categories-all": shown(Screen.CATEGORIES, listing=ListView(title="", categories=CATEGORIES)),
    "providers": shown(
        Screen.PROVIDERS,
        listing=ListView(
            title="Интернет, ТВ, телефония", providers=(*INTERNET, POPULAR[5]), page=1, pages=3
        ),
    ),
    "providers-many": shown(
        Screen.PROVIDERS,
        listing=ListView(
            title="Организации и домашние услуги", providers=MANY_PROVIDERS, page=2, pages=2
        ),
    ),
    "search": shown(Screen.SEARCH, search=SearchView(text="", results=())),
    "search-found": shown(Screen.SEARCH, search=SearchView(text="мтс", results=INTERNET)),
    "search-one": shown(Screen.SEARCH, search=SearchView(text="мегофон", results=POPULAR[2:3])),
    "search-nothing": shown(
        Screen.SEARCH, search=SearchView(text="водопроводная компания", results=())
    ),
    "entry": shown(Screen.ENTRY, entry=PHONE),
    "entry-ready": shown(Screen.ENTRY, entry=PHONE_READY, banners=NO_LINK),
    "entry-wrong": shown(Screen.ENTRY, entry=PHONE_WRONG, seconds_left=15),
    "entry-asking": shown(Screen.ENTRY, entry=PHONE, seconds_left=20, asking=True),
    "entry-long": shown(Screen.ENTRY, entry=LONG_NUMBER),
    "entry-surname": shown(Screen.ENTRY, entry=SURNAME),
    "entry-login": shown(Screen.ENTRY, entry=LOGIN),
    "entry-purpose": shown(Screen.ENTRY, entry=PURPOSE),
    "entry-choice": shown(Screen.ENTRY, entry=TAX),
    "confirm": shown(Screen.CONFIRM, confirm=CONFIRM),
    "confirm-two": shown(Screen.CONFIRM, confirm=CONFIRM_TWO, banners=BOTH),
    "confirm-ten": shown(Screen.CONFIRM, confirm=CONFIRM_TEN),
    "money": shown(Screen.MONEY, money=MONEY),
    "money-empty": shown(Screen.MONEY, money=MONEY_EMPTY),
    "money-checking": shown(Screen.MONEY, money=MONEY_CHECKING),
    "money-missing": shown(Screen.MONEY, money=MONEY_MISSING, banners=NO_LINK),
    "money-over": shown(Screen.MONEY, money=MONEY_OVER, seconds_left=45),
    "money-asking": shown(Screen.MONEY, money=MONEY, seconds_left=60, asking=True),
    "money-full": shown(Screen.MONEY, money=MONEY_FULL),
    "money-leaving": shown(Screen.MONEY, money=MONEY_LEAVING),
    "processing": shown(Screen.PROCESSING),
    "thanks": shown(Screen.THANKS, result=RESULT, seconds_left=14),
    "thanks-queued": shown(
        Screen.THANKS,
        result=replace(RESULT, delivery=Delivery.QUEUED, slip=SlipState.PRINTING),
        banners=NO_LINK,
    ),
    "thanks-credited": shown(Screen.THANKS, result=replace(RESULT, delivery=Delivery.CREDITED)),
    "thanks-refused": shown(
        Screen.THANKS, result=replace(RESULT, delivery=Delivery.REFUSED, disputed_minor=50_000)
    ),
    "thanks-no-slip": shown(Screen.THANKS, result=replace(RESULT, slip=SlipState.FAILED)),
    "check": shown(Screen.CHECK, check=CHECK_EMPTY),
    "check-ready": shown(Screen.CHECK, check=CHECK),
    "found": shown(Screen.FOUND, check=replace(CHECK, payments=FOUND, copied=416)),
    "found-nothing": shown(Screen.FOUND, check=replace(CHECK, payments=())),
    "about": shown(Screen.ABOUT),
    "out-of-service": shown(
        Screen.OUT_OF_SERVICE,
        out_of_service=OutOfServiceView(reasons=(ServiceReason.ACCEPTOR,), fault_number=17),
    ),
    "out-of-service-paper": shown(
        Screen.OUT_OF_SERVICE,
        out_of_service=OutOfServiceView(reasons=(ServiceReason.PAPER, ServiceReason.CASSETTE_FULL)),
    ),
    "out-of-service-inside": shown(
        Screen.OUT_OF_SERVICE,
        out_of_service=OutOfServiceView(
            reasons=(ServiceReason.ACCEPTOR,), fault_number=17, inside_minor=65_000
        ),
    ),
    "out-of-service-calm": shown(
        Screen.OUT_OF_SERVICE,
        out_of_service=OutOfServiceView(reasons=(ServiceReason.CASSETTE_OUT,)),
    ),
}
