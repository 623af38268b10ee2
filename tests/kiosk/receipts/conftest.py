"""One payment of an invented agent, as data for the tests of slips."""

from datetime import datetime, timedelta, timezone

import pytest

from kiosk.receipts.finish import SlipIssuer
from kiosk.receipts.payment_slip import (
    PaymentSlipData,
    SlipField,
    SlipProvider,
    SlipStatus,
)
from kiosk.receipts.wording import Wording, load_wording


@pytest.fixture
def wording() -> Wording:
    return load_wording()


@pytest.fixture
def issuer() -> SlipIssuer:
    return SlipIssuer(
        agent_name="ООО «Пример Агент»",
        inn="7700000000",
        agent_address="101000, г. Москва, ул. Примерная, д. 1",
        terminal_id="00001234",
        terminal_address="г. Москва, ул. Тестовая, д. 5, ТЦ «Образец»",
        hotlines=("8 800 000-00-00", "+7 495 000-00-00"),
        demo=True,
    )


@pytest.fixture
def payment(issuer: SlipIssuer) -> PaymentSlipData:
    return PaymentSlipData(
        issuer=issuer,
        receipt_number=17,
        payment_number=42,
        printed_at=datetime(2025, 11, 22, 14, 39, 5, tzinfo=timezone(timedelta(hours=3))),
        provider=SlipProvider(
            name="МТС",
            receipt_name="Сотовая связь",
            legal_name="ПАО «МТС»",
            support_phone="8-800-250-08-90",
        ),
        fields=(SlipField(title="Номер телефона", value="+7 (916) 123-45-67"),),
        inserted=123450,
        fee=6150,
        credited=117300,
        fee_text="5 % — не менее 10 ₽",
        status=SlipStatus.ACCEPTED,
        check_url="https://example.org/c/00001234-42",
    )
