"""The banknote sets that simulated acceptors know, by currency."""

from collections.abc import Mapping
from typing import Final

from drivers.acceptors.ccnet.bill_table import pack_bill_table, pack_identification
from drivers.acceptors.ccnet.codes import TYPES

RUBLES: Final[Mapping[int, int]] = {
    **{2: 10, 3: 50, 4: 100, 5: 500, 6: 1000, 7: 5000},
    **{8: 200, 9: 2000},
}
"""Bill type to value in whole units of currency: those of facts sheet ccnet section 6.2, and the two
newer notes behind them."""


def ruble_table() -> bytes:
    """BILL TABLE answer of a validator with rubles, letters as older firmware has them."""
    return table_of(tuple(RUBLES.values()), "RUS", types=TYPES)


def table_of(denominations: tuple[int, ...], letters: str, *, types: int) -> bytes:
    """BILL TABLE answer with these notes; rubles stand where the facts sheet has them."""
    usual = {value: kind for kind, value in RUBLES.items()}
    places = {value: kind for kind, value in enumerate(sorted(denominations))}
    chosen = usual if usual.keys() >= set(denominations) else places
    entries = {}
    for value in denominations:
        mantissa, zeros = digits(value)
        entries[chosen[value]] = (mantissa, letters, zeros)
    return pack_bill_table(entries, types=types)


def digits(value: int) -> tuple[int, int]:
    """A value as leading digits and number of zeros."""
    zeros = 0
    while value % 10 == 0:
        value, zeros = value // 10, zeros + 1
    return value, zeros


def validator_identification(serial: str = "21K000000001", part_number: str = "SM-RU1353") -> bytes:
    """IDENTIFICATION answer of a common validator."""
    return pack_identification(part_number, serial)
