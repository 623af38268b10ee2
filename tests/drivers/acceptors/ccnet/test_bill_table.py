"""Bill table and identification, exact to the kopeck (facts sheet ccnet section 6)."""

import pytest

from drivers.acceptors.ccnet.bill_table import (
    pack_bill_table,
    pack_identification,
    parse_bill_table,
    parse_identification,
)
from drivers.acceptors.contract import Identity, Note
from drivers.acceptors.errors import RemoteProtocolError

RUBLES = {
    2: (1, "RUS", 1),
    3: (5, "RUS", 1),
    4: (1, "RUS", 2),
    5: (5, "RUS", 2),
    6: (1, "RUS", 3),
    7: (5, "RUS", 3),
}


def rub(rubles: int) -> Note:
    return Note(minor=rubles * 100, currency="RUB")


def test_the_ruble_table_of_the_sheet() -> None:
    table = parse_bill_table(pack_bill_table(RUBLES))
    assert table.denominations("RUB") == tuple(rub(r) for r in (10, 50, 100, 500, 1000, 5000))
    assert table.note(4) == rub(100)
    assert table.note(0) is None
    assert table.note(23) is None


def test_a_table_cut_after_the_last_note_is_the_same() -> None:
    whole = pack_bill_table(RUBLES)
    assert parse_bill_table(whole[:40]) == parse_bill_table(whole)


@pytest.mark.parametrize("letters", ["RUS", "RUB", "RUR", "rus"])
def test_letters_of_old_and_new_firmware_are_one_currency(letters: str) -> None:
    assert parse_bill_table(pack_bill_table({0: (5, letters, 2)})).note(0) == rub(500)


@pytest.mark.parametrize(
    ("entry", "note"),
    [
        ((5, "EUR", 0), Note(minor=500, currency="EUR")),
        ((1, "USA", 2), Note(minor=10_000, currency="USD")),
        ((5, "USA", 0x81), Note(minor=50, currency="USD")),
        ((25, "USA", 0x82), Note(minor=25, currency="USD")),
        ((25, "USA", 0x83), None),
        ((1, "JPN", 3), Note(minor=100_000, currency="JPN")),
        ((1, "JPY", 3), Note(minor=1000, currency="JPY")),
        ((1, "KAZ", 3), Note(minor=100_000, currency="KZT")),
        ((1, "R1S", 1), None),
        ((1, "RUS", 90), None),
    ],
)
def test_values_are_exact_or_absent(entry: tuple[int, str, int], note: Note | None) -> None:
    table = parse_bill_table(pack_bill_table({1: entry, 2: (1, "RUS", 1)}))
    assert table.note(1) == note


def test_every_issue_of_a_note_is_enabled_by_its_value() -> None:
    table = parse_bill_table(
        pack_bill_table({1: (1, "RUS", 2), 6: (1, "RUB", 2), 7: (5, "RUS", 2)})
    )
    assert table.mask(frozenset({rub(100)})) == 0b0100_0010
    assert table.mask(frozenset({Note(minor=1, currency="RUB")})) == 0
    assert table.denominations("RUB") == (rub(100), rub(500))


def test_a_coupon_type_is_never_a_note() -> None:
    assert parse_bill_table(pack_bill_table({23: (1, "RUS", 1), 2: (1, "RUS", 1)})).note(23) is None


@pytest.mark.parametrize("data", [bytes(120), b"", bytes(125), b"\x14"])
def test_an_unusable_table_is_refused(data: bytes) -> None:
    with pytest.raises(RemoteProtocolError):
        parse_bill_table(data)


def test_identification_from_hardware() -> None:
    data = b"FLS-EU10-69363907KI41AS7482" + bytes.fromhex("75 ED 8D C8 03 3F 7B")
    assert parse_identification(data) == Identity(
        protocol="ccnet", model="FLS-EU10-693639", serial="07KI41AS7482"
    )


def test_short_identification_keeps_what_came() -> None:
    assert parse_identification(b"SM-RU1353") == Identity(
        protocol="ccnet", model="SM-RU1353", serial=""
    )
    packed = pack_identification("SM-RU1353", "21K000001")
    assert len(packed) == 34
    assert parse_identification(packed).serial == "21K000001"
