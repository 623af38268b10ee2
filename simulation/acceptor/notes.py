"""The banknote sets that simulated acceptors know, by currency."""

from collections.abc import Mapping
from typing import Final

from drivers.acceptors.ccnet.bill_table import pack_bill_table, pack_identification

RUBLES: Final[Mapping[int, int]] = {
    **{2: 10, 3: 50, 4: 100, 5: 500, 6: 1000, 7: 5000},
    **{8: 200, 9: 2000},
}
"""Bill type to value in whole units of currency: those of facts sheet ccnet section 6.2, and the two
newer notes behind them."""
_DIGITS: Final[Mapping[int, tuple[int, int]]] = {
    10: (1, 1),
    50: (5, 1),
    100: (1, 2),
    500: (5, 2),
    1000: (1, 3),
    5000: (5, 3),
    200: (2, 2),
    2000: (2, 3),
}


def ruble_table() -> bytes:
    """BILL TABLE answer of a validator with rubles, letters as older firmware has them."""
    return pack_bill_table(
        {kind: (_DIGITS[value][0], "RUS", _DIGITS[value][1]) for kind, value in RUBLES.items()}
    )


def validator_identification(serial: str = "21K000000001") -> bytes:
    """IDENTIFICATION answer of a common validator."""
    return pack_identification("SM-RU1353", serial)


def bill_type_of(value: int) -> int | None:
    """The bill type of a value in whole units; None for a note that the validator does not know."""
    return next((kind for kind, known in RUBLES.items() if known == value), None)
