"""What a validator says about itself: its banknotes and its identity (facts sheet ccnet section 6).

Values are exact: a denomination that is no whole number of minor units has no `Note` at all rather
than a rounded one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from drivers.acceptors.ccnet.codes import TYPES, WIDE_TYPES
from drivers.acceptors.contract import Identity, Note
from drivers.acceptors.errors import RemoteProtocolError

ENTRY_BYTES: Final = 5
_POINT_TO_THE_LEFT: Final = 0x80
_LARGEST_EXPONENT: Final = 9

CURRENCY_OF: Final[Mapping[str, str]] = {
    "RUS": "RUB",
    "RUR": "RUB",
    "USA": "USD",
    "EUR": "EUR",
    "EUU": "EUR",
    "UKR": "UAH",
    "KAZ": "KZT",
    "BLR": "BYN",
    "UZB": "UZS",
    "TJK": "TJS",
    "KGZ": "KGS",
    "AZE": "AZN",
    "ARM": "AMD",
    "GEO": "GEL",
    "MDA": "MDL",
    "GBR": "GBP",
}
"""Country-like letters of older firmware; letters not listed are taken for an ISO currency code."""

MINOR_DIGITS: Final[Mapping[str, int]] = {"JPY": 0, "KRW": 0, "VND": 0}
"""Currencies whose minor unit is not one hundredth."""

PART_NUMBER: Final = slice(0, 15)
SERIAL_NUMBER: Final = slice(15, 27)


@dataclass(frozen=True, slots=True)
class BillTable:
    """The notes of a validator by bill type; a type without a note here must never be enabled."""

    notes: Mapping[int, Note]
    types: int = TYPES
    """How many bill types the device has: decides the length of masks."""

    def note(self, bill_type: int) -> Note | None:
        """The note of a type, None for an unused type and for a coupon."""
        return self.notes.get(bill_type)

    def denominations(self, currency: str) -> tuple[Note, ...]:
        """Every denomination of one currency, smallest first."""
        return tuple(sorted({note for note in self.notes.values() if note.currency == currency}))

    def mask(self, wanted: frozenset[Note]) -> int:
        """One bit for each type whose note is wanted; issues of one note are several types."""
        return sum(1 << bill_type for bill_type, note in self.notes.items() if note in wanted)


def whole_units(table: BillTable) -> dict[int, int]:
    """Bill type to value in whole units of its currency; what is no whole unit is left out."""
    units = {
        kind: divmod(note.minor, _minor_units(note.currency)) for kind, note in table.notes.items()
    }
    return {kind: value for kind, (value, rest) in units.items() if not rest}


def parse_bill_table(data: bytes) -> BillTable:
    """Read a BILL TABLE answer; bytes that were not sent are zero.

    A table of more than 24 entries is one of 48 (facts sheet ccnet section 4). The last type is the
    coupon's and never a note. Raises RemoteProtocolError for a table that is too long, or that names
    no note at all.
    """
    types = TYPES if len(data) <= TYPES * ENTRY_BYTES else WIDE_TYPES
    if len(data) > types * ENTRY_BYTES:
        raise RemoteProtocolError(f"a bill table of {len(data)} bytes")
    padded = data.ljust(types * ENTRY_BYTES, b"\0")
    entries = {
        bill_type: _note(padded[bill_type * ENTRY_BYTES : (bill_type + 1) * ENTRY_BYTES])
        for bill_type in range(types - 1)
    }
    notes = {bill_type: note for bill_type, note in entries.items() if note is not None}
    if not notes:
        raise RemoteProtocolError("a bill table without notes")
    return BillTable(notes, types)


def _note(entry: bytes) -> Note | None:
    mantissa, letters, exponent = entry[0], entry[1:4], entry[4]
    places = exponent & ~_POINT_TO_THE_LEFT
    if mantissa == 0 or places > _LARGEST_EXPONENT or not (letters.isalpha() and letters.isascii()):
        return None
    shift = -places if exponent & _POINT_TO_THE_LEFT else places
    name = letters.decode("ascii").upper()
    currency = CURRENCY_OF.get(name, name)
    minor = Decimal(mantissa).scaleb(shift) * _minor_units(currency)
    if minor != minor.to_integral_value():
        return None
    return Note(minor=int(minor), currency=currency)


def _minor_units(currency: str) -> int:
    return int(10 ** MINOR_DIGITS.get(currency, 2))


def pack_bill_table(entries: Mapping[int, tuple[int, str, int]], *, types: int = TYPES) -> bytes:
    """The device's side: `{type: (mantissa, letters, exponent byte)}`, five bytes for each type."""
    table = bytearray(types * ENTRY_BYTES)
    for bill_type, (mantissa, letters, exponent) in entries.items():
        at = bill_type * ENTRY_BYTES
        table[at : at + ENTRY_BYTES] = (
            bytes([mantissa]) + letters.encode("ascii") + bytes([exponent])
        )
    return bytes(table)


def parse_identification(data: bytes) -> Identity:
    """Read an IDENTIFICATION answer; shorter ones are taken as cut at the end."""
    return Identity(
        protocol="ccnet", model=_text(data[PART_NUMBER]), serial=_text(data[SERIAL_NUMBER])
    )


def _text(raw: bytes) -> str:
    return "".join(chr(byte) for byte in raw if 0x20 <= byte < 0x7F).strip()


def pack_identification(part_number: str, serial: str, asset: bytes = bytes(7)) -> bytes:
    """The device's side: 15 characters, 12 characters, 7 bytes."""
    return (
        part_number.ljust(15)[:15].encode("ascii") + serial.ljust(12)[:12].encode("ascii") + asset
    )
