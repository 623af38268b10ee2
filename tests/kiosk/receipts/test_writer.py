"""A slip comes out whatever its templates are, and an alarm tells of a bad one."""

import pytest

from kiosk.receipts.model import SlipKind, Text
from kiosk.receipts.templates.library import TemplateSet, built_in
from kiosk.receipts.text import render_text
from kiosk.receipts.wording import load_wording
from kiosk.receipts.writer import SlipWriter

WHOLE = built_in().sources["payment"]


def writer_with(**sources):
    own = {name.replace("_at_", "+").replace("_in_", "."): text for name, text in sources.items()}
    return SlipWriter(own=(TemplateSet(name="shop", version=7, sources=own),))


def test_a_template_of_ones_own_is_used_and_named(payment, wording):
    writer = writer_with(payment="# Скидки!\n" + WHOLE)
    receipt = writer.receipt(payment, wording)
    assert receipt.template == "shop:7:payment:ru"
    assert isinstance(receipt.blocks[0], Text)
    assert receipt.blocks[0].text == "Скидки!"


@pytest.mark.parametrize(
    "bad",
    [
        WHOLE.replace("@sums", "Зачислено | 100 500,00 руб."),
        WHOLE.replace("@check", ""),
        WHOLE + "@sums",
        WHOLE + "{{ nobody }}",
        WHOLE + "{% for a in say %}{% endfor %}",
        WHOLE + "x" * 20000,
        WHOLE + "{{ slip.agent.__class__ }}",
        "{% if %}",
        "",
    ],
)
def test_a_bad_template_gives_way_to_the_built_in_one_with_an_alarm(payment, wording, bad, capsys):
    receipt = writer_with(payment=bad).receipt(payment, wording)
    assert receipt.template == "built-in:1:payment:ru"
    assert receipt.blocks == SlipWriter().receipt(payment, wording).blocks
    told = capsys.readouterr().out
    assert "template refused" in told
    assert "shop:7 payment: " in told


def test_the_most_particular_template_is_tried_first(payment, wording):
    writer = writer_with(
        payment="обычный\n" + WHOLE,
        payment_at_mts="для МТС\n" + WHOLE,
        payment_at_mts_in_kk="МТС үшін\n" + WHOLE,
        payment_in_en="in English\n" + WHOLE,
    )

    def first(language, service):
        receipt = writer.receipt(payment, load_wording(language), service=service)
        return receipt.blocks[0].text

    assert first("ru", "mts") == "для МТС"
    assert first("kk", "mts") == "МТС үшін"
    assert first("en", "beeline") == "in English"
    assert first("kk", "beeline") == "обычный"


def test_a_bad_particular_template_gives_way_to_the_general_one(payment, wording):
    writer = writer_with(payment="обычный\n" + WHOLE, payment_at_mts="{% if %}")
    receipt = writer.receipt(payment, wording, service="mts")
    assert receipt.blocks[0].text == "обычный"


def test_a_slip_is_made_again_by_the_templates_that_made_it(payment, wording):
    old = TemplateSet(name="shop", version=6, sources={"payment": "старый\n" + WHOLE})
    new = TemplateSet(name="shop", version=7, sources={"payment": "новый\n" + WHOLE})
    writer = SlipWriter(own=(new, old))
    assert writer.receipt(payment, wording).blocks[0].text == "новый"
    again = writer.receipt(payment, wording, made_by="shop:6:payment:ru")
    assert again.blocks[0].text == "старый"
    by_built_in = writer.receipt(payment, wording, made_by="built-in:1:payment:ru")
    assert by_built_in.template == "built-in:1:payment:ru"


def test_there_is_a_built_in_template_for_each_kind_and_it_compiles():
    for kind in SlipKind:
        built_in().template(kind.value)


def test_a_slip_comes_out_when_even_the_built_in_template_is_spoilt(payment, wording):
    spoilt = SlipWriter(shipped=TemplateSet(name="built-in", version=1, sources={"payment": "{%"}))
    receipt = spoilt.receipt(payment, wording)
    assert receipt.template == "minimal:1:payment:ru"
    assert "1 173,00 руб." in render_text(receipt, 48)
