"""Sample results of payments, and payments that were looked up."""

from datetime import UTC, datetime

from kiosk.terminal.snapshot import (
    CheckView,
    Delivery,
    FoundPayment,
    ResultView,
    SlipState,
)
from ui.gallery.catalogue import (
    MTS,
    ORGANISATION,
    POPULAR,
    WALLET,
)

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


CHECK_EMPTY = CheckView(account="", days_ago=0, earliest=False, complete=False, remaining=5)
CHECK = CheckView(account="9161234567", days_ago=3, earliest=False, complete=True)
CHECK_LETTERS = CheckView(account="a.b_c@mail.ru", days_ago=3, earliest=False, complete=True)
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
        (371, WALLET, "+7 916 ···-··-67", 5_000, Delivery.DISPUTED),
    )
)
