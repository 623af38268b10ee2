"""What a payment slip says."""

from dataclasses import replace
from typing import Any

import pytest

from kiosk.receipts.errors import SumsDoNotAddUpError
from kiosk.receipts.finish import MINIMAL_TEMPLATE_VERSION
from kiosk.receipts.model import Qr
from kiosk.receipts.payment_slip import (
    PAYMENT_TEMPLATE_VERSION,
    PaymentSlipData,
    SlipStatus,
    payment_receipt,
    payment_slip,
)
from kiosk.receipts.text import render_text
from kiosk.receipts.wording import Wording


def printed(data: PaymentSlipData, wording: Wording) -> str:
    return render_text(payment_receipt(data, wording), 48)


def test_slip_names_service_account_and_sums(payment: PaymentSlipData, wording: Wording) -> None:
    lines = printed(payment, wording).splitlines()
    assert "Номер телефона                +7 (916) 123-45-67" in lines
    assert "Принято наличными                  1 234,50 руб." in lines
    assert "Комиссия                              61,50 руб." in lines
    assert "Зачислено                          1 173,00 руб." in lines
    assert "5 % - не менее 10 руб." in lines
    assert not any("сдачу" in line or "Спорн" in line for line in lines)


@pytest.mark.parametrize(
    "wrong",
    [
        {"fee": 0},
        {"change": 1},
        {"credited": 117301},
        {"disputed": -1},
        {"fee": -1, "change": 6151},
    ],
)
def test_sums_that_do_not_add_up_are_refused(
    payment: PaymentSlipData, wording: Wording, wrong: dict[str, Any]
) -> None:
    with pytest.raises(SumsDoNotAddUpError):
        payment_slip(replace(payment, **wrong), wording)


@pytest.mark.parametrize("change", [1, -1])
@pytest.mark.parametrize("fee", [6150, -6150])
def test_wrong_sums_give_way_to_the_minimal_slip(
    payment: PaymentSlipData, wording: Wording, change: int, fee: int
) -> None:
    receipt = payment_receipt(replace(payment, change=change, fee=fee), wording)
    assert receipt.template_version == MINIMAL_TEMPLATE_VERSION
    assert "8 800 000-00-00" in render_text(receipt, 48)


def test_change_is_shown_when_there_is_some(payment: PaymentSlipData, wording: Wording) -> None:
    text = printed(replace(payment, credited=117000, change=300), wording)
    assert "Остаток на сдачу                       3,00 руб." in text


def test_a_disputed_note_is_told_outside_of_the_sum(
    payment: PaymentSlipData, wording: Wording
) -> None:
    text = printed(replace(payment, disputed=50000), wording)
    assert "Спорные купюры                       500,00 руб." in text
    assert "позвоните на горячую линию" in " ".join(text.split())


def test_a_payment_without_link_promises_to_be_sent(
    payment: PaymentSlipData, wording: Wording
) -> None:
    text = printed(replace(payment, status=SlipStatus.ACCEPTED_OFFLINE), wording)
    assert "платёж принят, будет отправлен" in text
    assert "платить повторно не нужно" in " ".join(text.split())


def test_copy_says_copy(payment: PaymentSlipData, wording: Wording) -> None:
    assert "КОПИЯ" not in printed(payment, wording)
    assert "КОПИЯ" in printed(replace(payment, copy=True), wording)


def test_qr_leads_to_the_check_page(payment: PaymentSlipData, wording: Wording) -> None:
    assert Qr(payload=payment.check_url) in payment_receipt(payment, wording).blocks


def test_no_qr_without_an_address(payment: PaymentSlipData, wording: Wording) -> None:
    blocks = payment_receipt(replace(payment, check_url=""), wording).blocks
    assert not any(isinstance(block, Qr) for block in blocks)


def test_slip_remembers_its_template(payment: PaymentSlipData, wording: Wording) -> None:
    assert payment_receipt(payment, wording).template_version == PAYMENT_TEMPLATE_VERSION
