"""How much cash a payment may still take, and which notes fit.

The limits are for the inserted amount: the provider's own, and the ceiling for cash without
identification. No change is given, so a note that goes over the limit is never accepted.
"""

from collections.abc import Iterable

from config.catalogue import Provider


def limits_minor(provider: Provider, cash_max_minor: int) -> tuple[int, int]:
    """The least and the greatest amount of one payment; a fixed price is both."""
    if provider.fixed_minor is not None:
        return provider.fixed_minor, min(provider.fixed_minor, cash_max_minor)
    return provider.min_minor, min(provider.max_minor, cash_max_minor)


def room_minor(provider: Provider, inserted_minor: int, cash_max_minor: int) -> int:
    """What may still be inserted; 0 = full."""
    return max(0, limits_minor(provider, cash_max_minor)[1] - inserted_minor)


def missing_minor(provider: Provider, inserted_minor: int, cash_max_minor: int) -> int:
    """What is missing to the least amount; 0 = enough."""
    return max(0, limits_minor(provider, cash_max_minor)[0] - inserted_minor)


def acceptable(denominations_minor: Iterable[int], room: int) -> tuple[int, ...]:
    """The denominations (kopecks) that fit into `room` kopecks, smallest first."""
    return tuple(sorted(value for value in denominations_minor if 0 < value <= room))
