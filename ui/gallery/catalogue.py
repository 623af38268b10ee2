"""Whose terminal the samples show, what can be paid there and on which terms."""

from dataclasses import replace
from datetime import UTC, datetime

from kiosk.terminal.snapshot import (
    CategoryItem,
    FeeBandView,
    HomeView,
    Payee,
    ProviderItem,
    RosterView,
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

FOUND_BY_NAME = (
    MTS,
    provider("mts_home", "МТС Домашний интернет, ТВ и телефония", "internet_tv"),
    provider("mts_bank", "МТС Банк", "banks"),
    provider("mgts", "МГТС", "internet_tv"),
)
"""By name first, then names that hold it, then a slip away."""

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
    by_number=True,
)

ROSTER = RosterView(
    payees=tuple(
        Payee(name=name, legal_name=legal_name, inn=inn)
        for name, legal_name, inn in (
            ("Билайн", "ПАО «Пример Билайн» (демо)", "0000000032"),
            ("ВКонтакте: голоса", "ООО «Пример ВКонтакте: голоса» (демо)", "0000000353"),
            ("Газпром межрегионгаз", "ООО «Пример Газпром межрегионгаз» (демо)", "0000000191"),
            ("Домофон «Цифрал-Сервис»", "ООО «Пример Домофон Цифрал-Сервис» (демо)", "0000000219"),
            ("МТС Домашний интернет, ТВ и телефония", "ПАО «Пример МТС» (демо)", "0000000085"),
            ("Оплата по реквизитам организации", "НКО «Пример Реквизиты» (демо)", "000000044500"),
            ("Штрафы ГИБДД", "Пример Главное управление (демо)", "0000000405"),
        )
    ),
    page=2,
    pages=7,
)
