"""What a validator says about itself: its banknotes and its version (facts sheet id003 section 6).

Values are exact: a denomination that is no whole number of minor units has no `Note` at all rather
than a rounded one, and neither has a country that is not known.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from drivers.acceptors.contract import Identity, Note
from drivers.acceptors.errors import RemoteProtocolError
from drivers.acceptors.id003.codes import FIRST_NOTE, NOTE_CODES

RECORD_BYTES: Final = 4
MASK_BYTES: Final = 2
_LARGEST_EXPONENT: Final = 9
_NOTES: Final = range(FIRST_NOTE, FIRST_NOTE + NOTE_CODES)

CURRENCY_OF: Final[Mapping[int, str]] = {
    0x01: "USD",
    0x08: "CAD",
    0x16: "CHF",
    0x27: "RUB",
    0x2D: "CNY",
    0x30: "HUF",
    0x51: "KZT",
    0x5C: "UAH",
    0x63: "INR",
    0x78: "IRR",
    0x7E: "MDL",
    0x86: "UZS",
    0xE0: "EUR",
}
"""Country codes that the facts sheet gives as confirmed; notes of other countries are not taken."""


@dataclass(frozen=True, slots=True)
class CurrencyTable:
    """The notes of a validator by escrow code; a code without a note must never be let in."""

    notes: Mapping[int, Note]

    def note(self, code: int) -> Note | None:
        """The note of an escrow code, None for an unused code and for a ticket."""
        return self.notes.get(code)

    def denominations(self, currency: str) -> tuple[Note, ...]:
        """Every denomination of one currency, smallest first."""
        return tuple(sorted({note for note in self.notes.values() if note.currency == currency}))

    def mask(self, notes: frozenset[Note]) -> bytes:
        """Two bytes with a 1 for every code of these notes; issues of one note are several codes."""
        return _mask(code for code in _NOTES if self.notes.get(code) in notes)

    def inhibited(self, wanted: frozenset[Note]) -> bytes:
        """Data of DENOMINATIONS: a 1 for every code whose note is not wanted."""
        return _mask(code for code in _NOTES if self.notes.get(code) not in wanted)


def _mask(codes: Iterable[int]) -> bytes:
    return sum(1 << (code - FIRST_NOTE) for code in codes).to_bytes(MASK_BYTES, "little")


def parse_currency_table(data: bytes) -> CurrencyTable:
    """Read the data of a CURRENCY answer: escrow code, country, mantissa, power of ten.

    Raises RemoteProtocolError for data that is no whole number of records or names no note at all.
    """
    if len(data) % RECORD_BYTES:
        raise RemoteProtocolError(f"a currency table of {len(data)} bytes")
    notes: dict[int, Note] = {}
    for at in range(0, len(data), RECORD_BYTES):
        code, country, mantissa, exponent = data[at : at + RECORD_BYTES]
        note = _note(country, mantissa, exponent)
        if code in _NOTES and note is not None:
            notes[code] = note
    if not notes:
        raise RemoteProtocolError("a currency table without notes")
    return CurrencyTable(notes)


def _note(country: int, mantissa: int, exponent: int) -> Note | None:
    currency = CURRENCY_OF.get(country)
    if currency is None or mantissa == 0 or exponent > _LARGEST_EXPONENT:
        return None
    return Note(minor=mantissa * 10**exponent * 100, currency=currency)


def pack_currency_table(records: Mapping[int, tuple[int, int, int]]) -> bytes:
    """The device's side: `{escrow code: (country, mantissa, exponent)}`."""
    return b"".join(bytes((code, *record)) for code, record in records.items())


def parse_version(data: bytes) -> Identity:
    """Read a VERSION answer, such as `i(EUR5)100-SS ID003-05V300-45 28JUN23 7F23`.

    It has no serial number; the model stands before the name of the protocol, the firmware behind.
    """
    text = "".join(chr(byte) if 0x20 <= byte < 0x7F else " " for byte in data)
    model, _, firmware = text.partition(" ID003")
    return Identity(protocol="id003", model=model.strip(), serial="", firmware=firmware.strip(" -"))
