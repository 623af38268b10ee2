"""Banknotes and version of an ID-003 device: captured data, exact values, nothing guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.acceptors.contract import Note
from drivers.acceptors.errors import RemoteProtocolError
from drivers.acceptors.id003.currency_table import (
    CURRENCY_OF,
    pack_currency_table,
    parse_currency_table,
    parse_version,
)

CAPTURED = bytes.fromhex(
    "61 00 00 00 62 E0 05 00 63 E0 0A 00 64 E0 14 00 65 E0 32 00 66 E0 0A 01 67 E0 14 01"
    " 68 E0 32 01"
)


def eur(value: int) -> Note:
    return Note(minor=value * 100, currency="EUR")


def test_the_captured_set_is_read() -> None:
    table = parse_currency_table(CAPTURED)
    assert table.denominations("EUR") == tuple(eur(v) for v in (5, 10, 20, 50, 100, 200, 500))
    assert table.note(0x63) == eur(10)
    assert table.note(0x61) is None
    assert table.note(0x6F) is None
    assert table.denominations("RUB") == ()


def test_a_set_bit_inhibits_and_empty_codes_are_always_inhibited() -> None:
    table = parse_currency_table(CAPTURED)
    assert table.inhibited(frozenset()) == bytes.fromhex("FF 00")
    assert table.inhibited(frozenset(table.denominations("EUR"))) == bytes.fromhex("01 00")
    assert table.inhibited(frozenset({eur(10)})) == bytes.fromhex("FB 00")
    assert table.inhibited(frozenset({Note(minor=1000, currency="RUB")})) == bytes.fromhex("FF 00")


def test_what_is_packed_is_read() -> None:
    packed = pack_currency_table({0x61: (0x27, 1, 1), 0x68: (0x27, 5, 3)})
    assert parse_currency_table(packed).denominations("RUB") == (
        Note(minor=1_000, currency="RUB"),
        Note(minor=500_000, currency="RUB"),
    )


@pytest.mark.parametrize(
    "record", ["61 00 05 00", "61 E0 00 00", "61 E0 05 0A", "61 FF 05 00", "60 E0 05 00"]
)
def test_no_note_is_guessed(record: str) -> None:
    with pytest.raises(RemoteProtocolError):
        parse_currency_table(bytes.fromhex(record))


@pytest.mark.parametrize("data", ["", "61 E0 05", "61 E0 05 00 62"])
def test_half_a_record_is_refused(data: str) -> None:
    with pytest.raises(RemoteProtocolError):
        parse_currency_table(bytes.fromhex(data))


@given(st.binary(max_size=250))
def test_any_data_is_a_table_or_a_protocol_error(data: bytes) -> None:
    try:
        table = parse_currency_table(data)
    except RemoteProtocolError:
        return
    for note in table.notes.values():
        assert note.minor > 0
        assert note.currency in CURRENCY_OF.values()


def test_the_captured_version_is_read() -> None:
    identity = parse_version(b"i(EUR5)100-SS ID003-05V300-45 28JUN23 7F23")
    assert (identity.protocol, identity.model) == ("id003", "i(EUR5)100-SS")
    assert (identity.serial, identity.firmware) == ("", "05V300-45 28JUN23 7F23")


@given(st.binary(max_size=250))
def test_any_version_is_printable(data: bytes) -> None:
    assert parse_version(data).model.isprintable()
