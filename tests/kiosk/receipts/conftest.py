"""One payment of an invented agent for the tests of slips, and a printer that reads strictly."""

from datetime import datetime, timedelta, timezone

import pytest

from kiosk.receipts.issuer import SlipHead, SlipIssuer
from kiosk.receipts.payment_slip import PaymentSlipData, SlipField, SlipProvider, SlipStatus
from kiosk.receipts.wording import load_wording
from kiosk.receipts.writer import SlipWriter
from simulation.printer.device import SimulatedPrinter


@pytest.fixture
def wording():
    return load_wording()


@pytest.fixture
def writer():
    return SlipWriter()


@pytest.fixture
def issuer():
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
def head(issuer):
    return SlipHead(
        issuer=issuer,
        receipt_number=17,
        printed_at=datetime(2025, 11, 22, 14, 39, 5, tzinfo=timezone(timedelta(hours=3))),
    )


@pytest.fixture
def payment(head):
    return PaymentSlipData(
        head=head,
        payment_number=42,
        provider=SlipProvider(
            name="МТС",
            code="mts",
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


@pytest.fixture(scope="session")
def read_strictly():
    """Prints bytes on a simulated printer of one model and returns the slip that came out."""

    def read(data, model):
        printer = SimulatedPrinter(model)
        printer.receive(data)
        (slip,) = printer.take_slips()
        return slip

    return read
