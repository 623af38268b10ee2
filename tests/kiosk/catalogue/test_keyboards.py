"""Each keyboard has the keys that its fields need and no others."""

import pytest

from kiosk.catalogue.keyboards import has_key


def test_digits_have_ten_keys() -> None:
    assert [char for char in map(chr, range(0x2000)) if has_key("digits", char)] == list(
        "0123456789"
    )


@pytest.mark.parametrize("char", "аяАЯёЁ0-/«»№. ")
def test_the_russian_keyboard_writes_names_and_purposes(char: str) -> None:
    assert has_key("ru", char)


@pytest.mark.parametrize("char", "azAZ09_@.-+")
def test_the_latin_keyboard_writes_logins_and_addresses(char: str) -> None:
    assert has_key("latin", char)


@pytest.mark.parametrize("char", ["\n", "\t", "\0", "", "ab", "і", "٣"])
def test_no_keyboard_has_anything_else(char: str) -> None:
    assert not any(has_key(keyboard, char) for keyboard in ("digits", "ru", "latin", "buttons"))
