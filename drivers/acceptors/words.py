"""Names of codes as a person reads them. Nothing but text; no decision may hang on it."""

from enum import IntEnum


def named(codes: type[IntEnum], value: int) -> str:
    """The name of a code, or its number where it has none."""
    try:
        return spaced(codes(value).name)
    except ValueError:
        return f"{value:02X}"


def spaced(name: str) -> str:
    """`POWER_UP` as `power up`."""
    return name.lower().replace("_", " ")
