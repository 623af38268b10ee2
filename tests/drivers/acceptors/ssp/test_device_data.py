"""What a validator says of itself, and what of it is believed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.acceptors.contract import Note
from drivers.acceptors.errors import RemoteProtocolError
from drivers.acceptors.ssp.device_data import (
    parse_counters,
    parse_setup,
    parse_unit_data,
    serial_text,
    version_text,
)
from drivers.acceptors.ssp.device_model import DeviceModel, counters, setup_answer, unit_data

EURO = "45 55 52"
HEAD = f"00 30 33 33 33 {EURO}"


def eur(value: int) -> Note:
    return Note(minor=value * 100, currency="EUR")


def test_a_table_of_an_old_version_is_value_times_multiplier() -> None:
    raw = bytes.fromhex(f"{HEAD} 00 00 05 03 01 02 04 02 02 02 00 00 64 04")
    setup = parse_setup(raw)
    assert setup.notes == {1: eur(5), 2: eur(10), 3: eur(20)}
    assert (setup.unit_type, setup.firmware, setup.country, setup.version) == (0, "0333", "EUR", 4)


def test_an_expanded_table_has_a_currency_and_a_value_for_each_channel() -> None:
    raw = f"{HEAD} 00 00 00 02 00 00 02 02 00 00 64 06 {EURO} 52 55 42 05 00 00 00 88 13 00 00"
    assert parse_setup(bytes.fromhex(raw)).notes == {
        1: eur(5),
        2: Note(minor=500_000, currency="RUB"),
    }


@pytest.mark.parametrize(
    ("multiplier", "short", "expanded", "whole"),
    [
        ("00 00 01", "05", "05 00 00 00", 5),
        ("00 00 0A", "05", "32 00 00 00", 50),
        ("00 00 0A", "05", "05 00 00 00", 50),
        ("00 00 0A", "05", "07 00 00 00", None),
        ("00 00 0A", "00", "05 00 00 00", None),
        ("00 00 00", "00", "05 00 00 00", 5),
        ("00 00 00", "00", "00 00 00 00", None),
    ],
)
def test_contradictions_leave_a_channel_without_a_note(
    multiplier: str, short: str, expanded: str, whole: int | None
) -> None:
    raw = bytes.fromhex(f"{HEAD} {multiplier} 01 {short} 02 00 00 64 08 {EURO} {expanded}")
    assert parse_setup(raw).notes == ({} if whole is None else {1: eur(whole)})


@pytest.mark.parametrize("real", ["00 00 00", "FF FF FF"])
def test_a_senseless_number_of_minor_units_names_no_note(real: str) -> None:
    assert not parse_setup(bytes.fromhex(f"{HEAD} 00 00 01 01 05 02 {real} 04")).notes


@pytest.mark.parametrize("version", [4, 5, 6, 8])
def test_what_the_device_half_packs_is_what_the_host_half_reads(version: int) -> None:
    channels = {1: 50, 2: 100, 3: 500, 5: 1000}
    model = DeviceModel(channels=channels)
    setup = parse_setup(setup_answer(model, version))
    expected = {at: Note(minor=v * 100, currency="RUB") for at, v in channels.items()}
    assert setup.notes == expected
    assert setup.channels == 5
    unit = parse_unit_data(unit_data(model, version))
    assert (unit.firmware, unit.country, unit.version) == ("0333", "RUB", version)


def test_counters() -> None:
    assert parse_counters(counters(70_000, 3)) == {
        "stacked": 70_000,
        "stored": 0,
        "dispensed": 0,
        "moved": 0,
        "rejected": 3,
    }


def test_texts() -> None:
    assert serial_text(bytes.fromhex("00 00 12 67")) == "4711"
    assert serial_text(b"\x01") == ""
    assert version_text(b"NV0200\x00") == "NV0200"


@given(st.binary(max_size=255))
def test_garbage_is_refused_or_read_and_raises_nothing_else(raw: bytes) -> None:
    for parse in (parse_setup, parse_unit_data, parse_counters):
        try:
            parse(raw)
        except RemoteProtocolError:
            continue
