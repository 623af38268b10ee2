"""Any text becomes text that the printer's page can print."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.receipts.codepage import CP866, Printable, printable


@pytest.mark.parametrize(
    ("given_text", "printed"),
    [
        ("ПАО «МТС»", 'ПАО "МТС"'),
        ("„Рога“ и ‘копыта’", "\"Рога\" и 'копыта'"),
        ("10–20 — 30 − 5", "10-20 - 30 - 5"),
        ("1\u00a0234\u202f₽", "1 234 руб."),
        ("и…", "и..."),
        ("Номер № 5, ёлка Ё", "Номер № 5, ёлка Ё"),
        ("и\u0306", "й"),
    ],
)
def test_signs_without_a_place_are_replaced(given_text: str, printed: str) -> None:
    result = printable(given_text)
    assert (result.text, result.unknown) == (printed, frozenset())


def test_what_cannot_be_printed_is_reported() -> None:
    result = printable("Київ 中 😀")
    assert result.text == "Ки?в ? ?" or result.text == "Київ ? ?"
    assert {"中", "😀"} <= result.unknown


def test_what_cp1251_has_it_prints() -> None:
    assert printable("ПАО «МТС» — № 5…", "cp1251").text == "ПАО «МТС» — № 5…"
    assert printable("─── ₽ ×", "cp1251").text == "--- руб. x"


def test_kazakh_letters_are_written_by_their_neighbours_or_as_they_are() -> None:
    words = "Қолма-қол ақша, түбіртек, өңделуде, Һәм"
    assert printable(words) == Printable("Колма-кол акша, тубiртек, онделуде, Хам", frozenset())
    assert printable(words, "cp1251").text == "Колма-кол акша, тубіртек, онделуде, Хам"
    assert printable(words, "kz1048").text == words
    assert len(printable(words).text) == len(words)


@given(st.text())
def test_no_control_byte_ever_passes(text: str) -> None:
    encoded = printable(text).text.encode(CP866)
    assert all(byte >= 0x20 and byte != 0x7F for byte in encoded)
