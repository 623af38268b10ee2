"""The hook of a fiscal registrar: the data it is told, and the three answers of the software fake."""

from dataclasses import replace

import pytest

from kiosk.receipts.fiscal.contract import FiscalDone, FiscalFailed, FiscalRegistrar, FiscalWait
from kiosk.receipts.fiscal.document import (
    AgentData,
    AgentSign,
    FiscalDataError,
    FiscalDocument,
    FiscalItem,
    SupplierData,
    TransferOperator,
)
from kiosk.receipts.fiscal.fake import FakeRegistrar
from kiosk.receipts.text import render_text

SUPPLIER = SupplierData(name="ПАО «МТС»", inn="7740000076", phones=("88002500890",))
AGENT = AgentData(phones=("88000000000",), receiver_phones=("88000000001",))
BANK = TransferOperator(name="АО Банк", address="г. Москва", inn="7700000000", phones=("8800",))
FEE = FiscalItem(name="Комиссия", minor=6150)
PAID = FiscalItem(
    name="Сотовая связь",
    minor=117300,
    sign=AgentSign.PAYMENT_AGENT,
    agent=AGENT,
    supplier=SUPPLIER,
)
DOCUMENT = FiscalDocument(
    identity="00001234-000042",
    user_name="ООО «Пример Агент»",
    user_inn="7700000000",
    address="г. Москва, ул. Тестовая, д. 5",
    place="ТЦ «Образец»",
    machine="00001234",
    items=(PAID, FEE),
    cash_minor=123450,
)


@pytest.fixture
def registrar():
    return FakeRegistrar()


def test_the_tags_of_a_payment_agent_stand_on_the_item():
    tags = DOCUMENT.tags()
    paid, fee = tags[1059]
    assert tags[1031] == 123450
    assert paid[1222] == 0x04
    assert paid[1223] == {1073: ("88000000000",), 1074: ("88000000001",)}
    assert paid[1224] == {1171: ("88002500890",), 1225: "ПАО «МТС»"}
    assert paid[1226] == "7740000076"
    assert not {1222, 1223, 1224} & set(fee)


def test_a_bank_agent_names_its_bank_and_operation():
    agent = replace(AGENT, operation="Платеж", operator=BANK)
    tags = agent.tags()
    assert (tags[1044], tags[1026], tags[1016], tags[1075]) == (
        "Платеж",
        "АО Банк",
        "7700000000",
        ("8800",),
    )


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: replace(DOCUMENT, cash_minor=1),
        lambda: replace(DOCUMENT, items=()),
        lambda: replace(FEE, minor=0),
        lambda: replace(PAID, supplier=None),
        lambda: replace(AGENT, phones=()).tags(),
        lambda: replace(AGENT, phones=("8" * 20,)).tags(),
        lambda: replace(AGENT, operation="П" * 25).tags(),
        lambda: replace(SUPPLIER, name="").tags(),
    ],
)
def test_data_that_no_registrar_takes_is_refused(wrong):
    with pytest.raises(FiscalDataError):
        wrong()


def test_a_document_is_done_once_however_often_it_is_told(registrar: FiscalRegistrar):
    registrar.register(DOCUMENT)
    first = registrar.outcome(DOCUMENT.identity)
    registrar.register(DOCUMENT)
    assert registrar.outcome(DOCUMENT.identity) == first
    assert isinstance(first, FiscalDone)
    assert registrar.documents == [DOCUMENT]


def test_nobody_knows_while_it_waits(registrar):
    registrar.slow = True
    registrar.register(DOCUMENT)
    registrar.register(DOCUMENT)
    assert registrar.outcome(DOCUMENT.identity) == FiscalWait()
    registrar.proceed()
    assert isinstance(registrar.outcome(DOCUMENT.identity), FiscalDone)
    assert len(registrar.documents) == 1


def test_after_a_failure_it_can_be_told_again(registrar):
    registrar.fault = "drive is full"
    registrar.register(DOCUMENT)
    assert registrar.outcome(DOCUMENT.identity) == FiscalFailed(why="drive is full", final=False)
    registrar.fault = ""
    registrar.register(DOCUMENT)
    assert isinstance(registrar.outcome(DOCUMENT.identity), FiscalDone)


def test_closed_and_not_printed_is_told_apart_from_printed(registrar):
    registrar.paper = False
    registrar.register(DOCUMENT)
    assert not registrar.outcome(DOCUMENT.identity).printed
    registrar.print_rest()
    assert registrar.outcome(DOCUMENT.identity).printed
    assert len(registrar.documents) == 1


def test_the_slip_names_the_document_that_the_registrar_closed(registrar, payment, writer, wording):
    registrar.register(DOCUMENT)
    mark = registrar.outcome(DOCUMENT.identity).mark
    data = replace(payment, head=replace(payment.head, fiscal=mark))
    text = " ".join(render_text(writer.receipt(data, wording), 48).split())
    assert "К кассовому чеку" in text
    assert "FAKE-000001" in text
