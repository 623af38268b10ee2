"""What a payment slip says."""

from dataclasses import replace

import pytest

from kiosk.receipts.finish import MINIMAL_TEMPLATE
from kiosk.receipts.model import Qr, SlipKind
from kiosk.receipts.payment_slip import SlipStatus
from kiosk.receipts.text import render_text


@pytest.fixture
def printed(writer, wording):
    return lambda data: render_text(writer.receipt(data, wording), 48)


def test_slip_names_service_account_and_sums(payment, printed):
    lines = printed(payment).splitlines()
    assert "Номер телефона                +7 (916) 123-45-67" in lines
    assert "Телефон получателя               8-800-250-08-90" in lines
    assert "Платёж №                         00001234-000042" in lines
    assert "Принято наличными                  1 234,50 руб." in lines
    assert "Комиссия                              61,50 руб." in lines
    assert "Зачислено                          1 173,00 руб." in lines
    assert "Тариф: 5 % - не менее 10 руб." in lines
    assert not any("сдачу" in line or "Спорн" in line for line in lines)


@pytest.mark.parametrize(
    "wrong",
    [
        {"fee": 0},
        {"change": 1},
        {"credited": 117301},
        {"disputed": -1},
        {"fee": -1, "change": 6151},
        {"fee": -6150, "change": -1},
    ],
)
def test_wrong_sums_give_way_to_the_slip_of_last_resort_with_an_alarm(
    payment, writer, wording, wrong, capsys
):
    receipt = writer.receipt(replace(payment, **wrong), wording)
    assert receipt.template.startswith(MINIMAL_TEMPLATE)
    assert "8 800 000-00-00" in render_text(receipt, 48)
    assert "slip sums wrong" in capsys.readouterr().out


def test_change_is_shown_when_there_is_some(payment, printed):
    text = printed(replace(payment, credited=117000, change=300))
    assert "Остаток на сдачу                       3,00 руб." in text


def test_a_disputed_note_is_told_outside_of_the_sum(payment, printed):
    text = printed(replace(payment, disputed=50000))
    assert "Спорные купюры                       500,00 руб." in text
    assert "позвоните на горячую линию" in " ".join(text.split())


def test_a_payment_without_link_promises_to_be_sent(payment, printed):
    offline = replace(payment, status=SlipStatus.ACCEPTED_OFFLINE)
    assert offline.kind is SlipKind.PAYMENT_OFFLINE
    text = printed(offline)
    assert "платёж принят, будет отправлен" in text
    assert "платить повторно не нужно" in " ".join(text.split())


@pytest.mark.parametrize("status", SlipStatus)
def test_a_reprint_says_the_status_of_today(payment, printed, wording, status):
    again = replace(payment, status=status, head=replace(payment.head, copy=True))
    assert again.kind is SlipKind.REPRINT
    text = printed(again)
    assert "КОПИЯ" in text
    assert "Повторная печать" in text
    assert wording.say(f"status.{status.value}") in text


def test_copy_is_said_of_copies_alone(payment, printed):
    assert "КОПИЯ" not in printed(payment)


def test_qr_leads_to_the_check_page(payment, writer, wording):
    assert Qr(payload=payment.check_url) in writer.receipt(payment, wording).blocks


def test_no_qr_without_an_address(payment, writer, wording):
    blocks = writer.receipt(replace(payment, check_url=""), wording).blocks
    assert not any(isinstance(block, Qr) for block in blocks)
