"""The chain's arithmetic."""

import hmac
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offline_queue.journal.chain import GENESIS, ChainKey, Mac, same

KEY = ChainKey(bytes(range(32)))

rows = st.tuples(
    st.binary(min_size=32, max_size=32).map(Mac),
    st.integers(min_value=1, max_value=10**6),
    st.just("2026-05-01T06:30:00.000+00:00"),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20),
)


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_key_of_another_length_is_refused(length):
    with pytest.raises(ValueError, match="32 bytes"):
        ChainKey(bytes(length))


def test_the_key_is_never_shown():
    assert "secret" not in repr(ChainKey(b"s" * 32))
    assert "ssss" not in repr(ChainKey(b"s" * 32))


def test_a_link_is_the_keyed_hash_of_everything_a_row_says():
    message = GENESIS + b"1\nthen\n2\n{}"
    assert KEY.link(GENESIS, 1, "then", "{}") == hmac.new(KEY.secret, message, sha256).digest()


@given(rows, rows)
def test_other_rows_have_other_links(one, other):
    assert (KEY.link(*one) == KEY.link(*other)) is (one == other)


@given(rows)
def test_another_key_makes_another_link(row):
    assert KEY.link(*row) != ChainKey(bytes(32)).link(*row)


def test_text_beyond_ascii_is_measured_alike_on_both_sides():
    assert KEY.link(GENESIS, 1, "then", "Ёлка") == KEY.link(GENESIS, 1, "then", "Ёлка")
    assert KEY.link(GENESIS, 1, "then", "Ёлка") != KEY.link(GENESIS, 1, "then", "Елка")


@given(rows)
def test_the_seal_of_an_end_is_no_link_and_changes_with_place_and_row(row):
    mac = KEY.link(*row)
    assert KEY.seal(5, mac) != mac
    assert KEY.seal(5, mac) != KEY.seal(6, mac)
    assert KEY.seal(5, mac) != KEY.seal(5, GENESIS)
    assert KEY.seal(5, mac) != ChainKey(bytes(32)).seal(5, mac)


def test_comparing_takes_any_lengths():
    assert same(b"ab", b"ab")
    assert not same(b"ab", b"abc")
    assert not same(b"ab", b"ac")
