"""The slip of a collection: what must stand on it, on any width, also when it is a strange one."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from drivers.printers.models import find_model
from kiosk.receipts.collection_slip import CollectionSlipData, SlipCount, SlipNote
from kiosk.receipts.escpos_bytes import render_bytes
from kiosk.receipts.text import render_text

NOON = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def data(head):
    return CollectionSlipData(
        head=head,
        number=3,
        operator="Петров",
        since=NOON,
        counts=(
            SlipCount(minor=10_000, count=12, currency="RUB"),
            SlipCount(minor=500_000, count=2, currency="RUB"),
        ),
        payments=9,
        disputed=(
            SlipNote(cycle="n1", minor=None, currency="", at=NOON, evidence=("44", "counter 7")),
        ),
        suspense=(SlipNote(cycle="n2", minor=50_000, currency="RUB", at=None, evidence=()),),
        openings=1,
    )


@pytest.mark.parametrize("columns", [32, 42, 48])
def test_everything_stands_on_it_on_any_width(data, writer, wording, columns):
    text = render_text(writer.receipt(data, wording), columns)
    assert max(len(line) for line in text.splitlines()) <= columns
    for hotline in data.head.issuer.hotlines:
        assert hotline in text
    for words in ("Петров", "1 200,00 руб.", "11 200,00 руб.", "500,00 руб.", "00001234", "n1"):
        assert words in text
    assert "достоинство неизвестно" in text.replace("\n", " ")
    assert "Инкассация № " in text


def test_a_note_of_another_currency_has_its_own_total(data, writer, wording):
    counts = (*data.counts, SlipCount(minor=2_000, count=1, currency="USD"))
    text = render_text(writer.receipt(replace(data, counts=counts), wording), 48)
    assert "20 USD x 1" in text
    assert "11 200,00 руб." in text


def test_an_empty_box_is_collected_too(data, writer, wording):
    empty = replace(data, counts=(), disputed=(), suspense=(), openings=0, since=None)
    text = render_text(writer.receipt(empty, wording), 48)
    assert "0,00 руб." in text


@pytest.mark.parametrize("model", ["generic_epson", "custom_vkp80ii", "generic_epson_58"])
def test_it_can_be_printed(data, writer, wording, model):
    assert render_bytes(writer.receipt(data, wording), find_model(model))
