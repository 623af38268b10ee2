"""Nothing leaves without what every slip must show."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from kiosk.receipts.errors import MissingPartError
from kiosk.receipts.finish import SlipIssuer, finish_slip, minimal_receipt
from kiosk.receipts.model import Block, Pair, Part, Receipt, SlipKind, SlipModel, Text
from kiosk.receipts.payment_slip import PaymentSlipData, payment_receipt, payment_slip
from kiosk.receipts.service_slips import (
    RefusedSlipData,
    printer_test_receipt,
    refused_receipt,
)
from kiosk.receipts.text import render_text
from kiosk.receipts.wording import Wording

Maker = Callable[[PaymentSlipData, Wording], Receipt]


def _refused(data: PaymentSlipData, wording: Wording, *, device_error: bool) -> Receipt:
    slip = RefusedSlipData(
        issuer=data.issuer,
        receipt_number=data.receipt_number,
        printed_at=data.printed_at,
        reason="нет ответа поставщика",
        inserted=5000,
        device_error=device_error,
    )
    return refused_receipt(slip, wording)


def _printer_test(data: PaymentSlipData, wording: Wording) -> Receipt:
    return printer_test_receipt(
        data.issuer,
        receipt_number=data.receipt_number,
        printed_at=data.printed_at,
        printer_name="ESC/POS",
        columns=48,
        wording=wording,
    )


KINDS: dict[str, Maker] = {
    "payment": payment_receipt,
    "copy": lambda data, wording: payment_receipt(replace(data, copy=True), wording),
    "refused": lambda data, wording: _refused(data, wording, device_error=False),
    "device_error": lambda data, wording: _refused(data, wording, device_error=True),
    "test": _printer_test,
    "minimal": lambda data, wording: minimal_receipt(SlipKind.PAYMENT, data.mandatory, wording),
}


@pytest.mark.parametrize("columns", [32, 48])
@pytest.mark.parametrize("kind", KINDS)
def test_every_slip_shows_hotline_terminal_receipt_date_and_inn(
    kind: str, columns: int, payment: PaymentSlipData, wording: Wording
) -> None:
    lines = [
        line.strip() for line in render_text(KINDS[kind](payment, wording), columns).split("\n")
    ]
    assert "8 800 000-00-00" in lines
    assert "+7 495 000-00-00" in lines
    text = "\n".join(lines)
    for mandatory in ("00001234", "17", "22.11.2025 14:39:05 UTC+3", "ИНН 7700000000"):
        assert mandatory in text
    assert "Квитанция" in text
    assert "Нефискальный документ" in text
    assert "чек" not in text.lower()


@pytest.mark.parametrize("part", [Part.TERMINAL, Part.RECEIPT, Part.DATE, Part.INN, Part.CREDITED])
def test_a_template_that_forgets_a_part_is_refused(
    part: Part, payment: PaymentSlipData, wording: Wording
) -> None:
    whole = payment_slip(payment, wording)
    poor = tuple(b for b in whole.blocks if not (isinstance(b, Text | Pair) and b.part is part))
    model = SlipModel(kind=SlipKind.PAYMENT, template_version="bad", blocks=poor)
    with pytest.raises(MissingPartError) as caught:
        finish_slip(model, payment.mandatory, wording)
    assert caught.value.part == part.value


def test_a_part_with_a_wrong_value_does_not_count(
    payment: PaymentSlipData, wording: Wording
) -> None:
    def forge(block: Block) -> Block:
        is_fee = isinstance(block, Pair) and block.part is Part.FEE
        return Pair(left="Комиссия", right="0,00 руб.", part=Part.FEE) if is_fee else block

    whole = payment_slip(payment, wording)
    model = replace(whole, blocks=tuple(forge(block) for block in whole.blocks))
    with pytest.raises(MissingPartError):
        finish_slip(model, payment.mandatory, wording)


def test_a_payment_slip_without_sums_is_refused(payment: PaymentSlipData, wording: Wording) -> None:
    with pytest.raises(MissingPartError):
        finish_slip(
            payment_slip(payment, wording),
            replace(payment.mandatory, sums=None),
            wording,
        )


@pytest.mark.parametrize("hotlines", [(), ("",), ("1", "2", "3")])
def test_an_issuer_needs_one_or_two_hotlines(issuer: SlipIssuer, hotlines: tuple[str, ...]) -> None:
    with pytest.raises(MissingPartError):
        replace(issuer, hotlines=hotlines)


@pytest.mark.parametrize("lack", ["inn", "agent_name", "terminal_id"])
def test_an_issuer_needs_name_inn_and_terminal(issuer: SlipIssuer, lack: str) -> None:
    blank: dict[str, Any] = {lack: " "}
    with pytest.raises(MissingPartError):
        replace(issuer, **blank)


def test_invented_legal_data_says_so_on_every_kind(
    payment: PaymentSlipData, wording: Wording
) -> None:
    for make in KINDS.values():
        assert "Реквизиты вымышлены" in render_text(make(payment, wording), 48)


def test_a_moment_without_zone_is_refused(payment: PaymentSlipData, wording: Wording) -> None:
    naive = replace(payment, printed_at=payment.printed_at.replace(tzinfo=None))
    with pytest.raises(ValueError, match="zone"):
        payment_receipt(naive, wording)
