"""Sample fields being typed, and what was typed to be checked, from the shortest to the longest."""

from dataclasses import replace

from kiosk.terminal.snapshot import (
    AccountCheck,
    AccountRefusal,
    AnswerLine,
    ConfirmField,
    ConfirmView,
    EnquiryView,
    EntryProblem,
    EntryView,
    Keyboard,
    Segment,
    SegmentRole,
)
from ui.gallery.catalogue import (
    FREE_TERMS,
    HOUSE,
    MOBILE_TERMS,
    MTS,
    ORGANISATION,
    TERMS,
    TRANSFER,
    band,
    provider,
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
PHONE_OF_ANOTHER = replace(
    PHONE,
    segments=segments(
        ("+7 ", SegmentRole.FIXED), ("925 123-45-", SegmentRole.TYPED), ("__", SegmentRole.BLANK)
    ),
    other=provider("megafon", "МегаФон", "cellular"),
)
NUMBER = replace(
    PHONE,
    provider=replace(MTS, code="", name=""),
    segments=segments(("+7 ", SegmentRole.FIXED), ("___ ___-__-__", SegmentRole.BLANK)),
    remaining=10,
    terms=None,
    by_hand="cellular",
)
NUMBER_KNOWN = replace(PHONE_READY, by_hand="cellular", terms=MOBILE_TERMS)
NUMBER_UNKNOWN = replace(
    NUMBER,
    segments=segments(("+7 ", SegmentRole.FIXED), ("907 123-45-67", SegmentRole.TYPED)),
    remaining=0,
    problem=None,
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
PHONE_REFUSED = replace(PHONE_READY, refusal=AccountRefusal.NOT_KNOWN)
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
SURNAME_REFUSED = replace(SURNAME, refusal=AccountRefusal.WRONG_FIELD)
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
    options=("Без НДС", "НДС 10 %", "НДС 22 %"),
    remaining=1,
    field_number=7,
    fields=10,
)

AMOUNTS = replace(
    TAX,
    provider=provider("tanki", "Танки (игровой кошелёк)", "games"),
    title="",
    hint="",
    options=(),
    remaining=0,
    field_number=1,
    fields=1,
    amounts=(10_000, 30_000, 50_000, 100_000, 1_490_000),
)
AMOUNTS_CHOSEN = replace(
    AMOUNTS,
    problem=None,
    amount_minor=1_490_000,
    terms=replace(FREE_TERMS, min_minor=1_490_000, max_minor=1_490_000),
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
CONFIRM_ANSWERED = replace(
    CONFIRM_TWO,
    check=AccountCheck.GOOD,
    answer=(
        AnswerLine(title="Плательщик", value="Константинопольский К. К."),
        AnswerLine(title="", value="ул. Большая Черкизовская, 125, корп. 2, кв. 148"),
    ),
    debt_minor=1_234_567,
)
CONFIRM_UNCHECKED = replace(CONFIRM, check=AccountCheck.UNANSWERED)
CONFIRM_TEN_UNCHECKED = replace(CONFIRM_TEN, check=AccountCheck.UNANSWERED)

ENQUIRY = EnquiryView(provider=MTS, account="+7 916 123-45-67", given_up=False)
ENQUIRY_LONG = EnquiryView(provider=ORGANISATION, account="40702 8100 3825 0123456", given_up=True)
CONFIRM_AMOUNT = replace(
    CONFIRM_UNCHECKED,
    terms=replace(FREE_TERMS, min_minor=1_490_000, max_minor=1_490_000),
    amount_minor=1_490_000,
)
