"""How sums, moments and accounts are written on a slip.

Integer kopecks in, text out. It must never compute with money, and never use float.
"""

from datetime import datetime, timedelta
from enum import StrEnum

_CARD_TAIL = 4


class AccountKind(StrEnum):
    """What sort of account a field holds; decides whether it is shown in full."""

    PHONE = "phone"
    CARD = "card"
    OTHER = "other"


def money_text(kopecks: int) -> str:
    """Write a sum as `1 234,50`. A negative sum gets a minus: the last resort slip must not fail."""
    roubles, rest = divmod(abs(kopecks), 100)
    sign = "-" if kopecks < 0 else ""
    return sign + f"{roubles:,}".replace(",", " ") + f",{rest:02d}"


def moment_text(moment: datetime) -> str:
    """Write day and time as `22.11.2025 14:39:05`, in the zone that `moment` carries."""
    return (
        f"{moment.day:02d}.{moment.month:02d}.{moment.year:04d} "
        f"{moment.hour:02d}:{moment.minute:02d}:{moment.second:02d}"
    )


def short_moment_text(moment: datetime) -> str:
    """Write day and time as `22.11 14:39`, for lists of one period."""
    return f"{moment.day:02d}.{moment.month:02d} {moment.hour:02d}:{moment.minute:02d}"


def zone_text(moment: datetime) -> str:
    """Write the offset from UTC as `+3` or `+5:30`.

    Raises:
        ValueError: `moment` has no zone.
    """
    offset = moment.utcoffset()
    if offset is None:
        raise ValueError("the moment of a slip needs a zone")
    sign = "-" if offset < timedelta(0) else "+"
    hours, minutes = divmod(int(abs(offset).total_seconds()) // 60, 60)
    return f"{sign}{hours}:{minutes:02d}" if minutes else f"{sign}{hours}"


def mask_account(kind: AccountKind, value: str) -> str:
    """Return `value` as a slip may show it: of a card the last four digits, all else in full."""
    if kind is not AccountKind.CARD:
        return value
    digits = [c for c in value if c.isdigit()]
    if len(digits) <= _CARD_TAIL:
        return "*" * len(value)
    hidden = "*" * (len(digits) - _CARD_TAIL) + "".join(digits[-_CARD_TAIL:])
    return " ".join(hidden[at : at + 4] for at in range(0, len(hidden), 4))
