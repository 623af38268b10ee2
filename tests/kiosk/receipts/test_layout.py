"""Rows never grow wider than the paper, whatever the names are."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.receipts.layout import Row, lay_out
from kiosk.receipts.model import Align, Block, Pair, Receipt, Size, SlipKind, Text
from kiosk.receipts.payment_slip import PaymentSlipData, SlipProvider
from kiosk.receipts.text import render_text
from kiosk.receipts.wording import load_wording
from kiosk.receipts.writer import SlipWriter

NAMES = st.text(max_size=120)


def slip_of(*blocks: Block) -> Receipt:
    return Receipt(kind=SlipKind.TEST, language="ru", template="t:1:test:ru", blocks=blocks)


def texts(receipt: Receipt, columns: int) -> list[str]:
    return [row.text for row in lay_out(receipt, columns).lines if isinstance(row, Row)]


@given(
    left=NAMES,
    right=NAMES,
    size=st.sampled_from(Size),
    columns=st.sampled_from([24, 32, 42, 48]),
)
def test_no_row_is_wider_than_the_paper(left: str, right: str, size: Size, columns: int) -> None:
    receipt = slip_of(Pair(left=left, right=right, size=size), Text(text=left, size=size))
    for row in lay_out(receipt, columns).lines:
        assert isinstance(row, Row)
        assert len(row.text) * (2 if row.size is Size.DOUBLE else 1) <= columns


@given(left=NAMES, right=NAMES)
def test_no_sign_of_a_pair_is_lost(left: str, right: str) -> None:
    laid = lay_out(slip_of(Pair(left=left, right=right)), 32)
    printed = "".join(row.text for row in laid.lines if isinstance(row, Row))
    expected = lay_out(slip_of(Text(text=left), Text(text=right)), 200)
    wanted = "".join(row.text for row in expected.lines if isinstance(row, Row))
    assert sorted(printed.replace(" ", "")) == sorted(wanted.replace(" ", ""))


def test_the_value_stays_whole_and_the_name_wraps() -> None:
    pair = Pair(left="Телефон получателя", right="8-800-250-08-90")
    assert texts(slip_of(pair), 32) == [
        "Телефон          8-800-250-08-90",
        "получателя",
    ]


def test_a_long_value_goes_below_its_name() -> None:
    pair = Pair(left="Дата и время", right="22.11.2025 14:39:05 UTC+3")
    assert texts(slip_of(pair), 32) == [
        "Дата и время",
        "       22.11.2025 14:39:05 UTC+3",
    ]


def test_a_name_that_would_be_cut_stands_above_its_value() -> None:
    pair = Pair(left="Электроэнергоснабжение", right="7700 1234 5678")
    assert texts(slip_of(pair), 32) == ["Электроэнергоснабжение", " " * 18 + "7700 1234 5678"]


def test_bold_stretches_follow_their_words_over_lines_and_replaced_signs() -> None:
    said = "Сумма 10 ₽ не возвращается никому"
    start = said.index("₽")
    accented = Text(text=said, accents=((start, start + len("₽ не возвращается")),))
    rows = [row for row in lay_out(slip_of(accented), 24).lines if isinstance(row, Row)]
    assert [row.text for row in rows] == ["Сумма 10 руб. не", "возвращается никому"]
    bold = [row.text[a:b] for row in rows for a, b in row.accents]
    assert bold == ["руб. не", "возвращается"]


def test_a_large_line_becomes_tall_before_it_wraps() -> None:
    phone = Text(text="+7 (495) 000-00-00", size=Size.DOUBLE)
    (row,) = lay_out(slip_of(phone), 32).lines
    assert row == Row(text="+7 (495) 000-00-00", size=Size.TALL)


def test_a_line_break_inside_a_value_is_a_space() -> None:
    assert texts(slip_of(Text(text="а\nб\r\nв")), 48) == ["а б в"]


def test_signs_that_the_page_lacks_are_reported() -> None:
    assert lay_out(slip_of(Text(text="☃")), 48).unknown == {"☃"}


def test_too_narrow_paper_is_refused() -> None:
    with pytest.raises(ValueError, match="24 columns"):
        lay_out(slip_of(), 20)


def test_text_places_lines_by_their_alignment() -> None:
    receipt = slip_of(
        Text(text="лево"),
        Text(text="середина", align=Align.CENTER),
        Text(text="право", align=Align.RIGHT),
    )
    assert render_text(receipt, 24) == "лево\n        середина\n" + " " * 19 + "право\n"


@pytest.mark.parametrize("columns", [32, 42, 48])
def test_a_slip_with_long_names_fits_any_paper(payment: PaymentSlipData, columns: int) -> None:
    provider = SlipProvider(name="Ы" * 130, receipt_name="Длинное название " * 9)
    receipt = SlipWriter().receipt(replace(payment, provider=provider), load_wording())
    assert max(map(len, render_text(receipt, columns).splitlines())) <= columns
