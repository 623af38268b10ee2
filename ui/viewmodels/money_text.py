"""Money as text: narrow no-break space in thousands, the language's own sign before kopecks, rouble
sign after a no-break space.

Only formatting: the amounts come ready, in integer kopecks, and nothing is added or rounded here.
"""

from PySide6.QtCore import QLocale

NARROW_SPACE = "\u202f"
NO_BREAK_SPACE = "\u00a0"
ROUBLE = "\u20bd"
MINUS = "\u2212"
KOPECKS_IN_ROUBLE = 100


def exact(minor: int) -> str:
    """Return an amount with kopecks always: `1 234,50 R`."""
    kopecks = f"{_point()}{abs(minor) % KOPECKS_IN_ROUBLE:02d}"
    return f"{_sign(minor)}{_grouped(minor)}{kopecks}{_currency()}"


def brief(minor: int) -> str:
    """Return an amount with kopecks only where there are some: `15 000 R`, `0,50 R`."""
    if minor % KOPECKS_IN_ROUBLE:
        return exact(minor)
    return f"{_sign(minor)}{_grouped(minor)}{_currency()}"


def span_start(minor: int) -> str:
    """Return the lower end of a span, without the currency that the upper end will carry: `10`."""
    return brief(minor).removesuffix(_currency())


def deducted(minor: int) -> str:
    """Return an amount that is taken off, with a minus before it unless it is nothing."""
    return f"{MINUS}{NARROW_SPACE}{exact(minor)}" if minor else exact(minor)


def face(minor: int) -> str:
    """Return the number printed on a banknote: `1000`."""
    return str(minor // KOPECKS_IN_ROUBLE)


def percent(basis_points: int) -> str:
    """Return hundredths of a percent as people write them: `5 %`, `1,6 %`."""
    whole, rest = divmod(basis_points, 100)
    tail = f"{_point()}{rest:02d}".rstrip("0") if rest else ""
    return f"{whole}{tail}{NO_BREAK_SPACE}%"


def _grouped(minor: int) -> str:
    return f"{abs(minor) // KOPECKS_IN_ROUBLE:,}".replace(",", NARROW_SPACE)


def _sign(minor: int) -> str:
    return MINUS if minor < 0 else ""


def _point() -> str:
    return QLocale().decimalPoint()


def _currency() -> str:
    return f"{NO_BREAK_SPACE}{ROUBLE}"
