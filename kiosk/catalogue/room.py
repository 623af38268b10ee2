"""How much cash a payment may still take, and which notes fit.

The limits are for the inserted amount: the provider's own, and the ceiling for cash without
identification. No change is given, so a note that goes over the limit is never accepted.
"""

from collections.abc import Iterable

from config.amounts import NotReachedError, needed_minor
from config.catalogue import Provider
from kiosk.catalogue.fees import fee_for


def limits_minor(provider: Provider, cash_max_minor: int) -> tuple[int, int]:
    """The least and the greatest amount of one payment; a fixed price is both."""
    if provider.fixed_minor is not None:
        return provider.fixed_minor, min(provider.fixed_minor, cash_max_minor)
    return provider.min_minor, min(provider.max_minor, cash_max_minor)


def limits_for_amount_minor(
    provider: Provider, amount_minor: int, denominations_minor: Iterable[int], cash_max_minor: int
) -> tuple[int, int] | None:
    """The least sum that credits this amount, and the least at or above it that notes make up; None
    where cash cannot reach it. What is over is credited too, and is less than the smallest note,
    unless a dearer band begins in between.
    """
    most = min(provider.max_minor, cash_max_minor)
    try:
        needed = max(needed_minor(amount_minor, provider.fee), provider.min_minor)
    except NotReachedError:
        return None
    smallest = min(denominations_minor, default=1)
    by_notes = range(-(-needed // smallest) * smallest, most + 1, smallest)
    whole = next((it for it in by_notes if _credits(it, provider) >= amount_minor), None)
    if whole is None:
        return None
    return (needed, whole) if whole == by_notes[0] else (whole, whole)


def _credits(inserted_minor: int, provider: Provider) -> int:
    return fee_for(inserted_minor, provider.fee).credited_minor


def room_minor(provider: Provider, inserted_minor: int, cash_max_minor: int) -> int:
    """What may still be inserted; 0 = full."""
    return max(0, limits_minor(provider, cash_max_minor)[1] - inserted_minor)


def missing_minor(provider: Provider, inserted_minor: int, cash_max_minor: int) -> int:
    """What is missing to the least amount; 0 = enough."""
    return max(0, limits_minor(provider, cash_max_minor)[0] - inserted_minor)


def acceptable(denominations_minor: Iterable[int], room: int) -> tuple[int, ...]:
    """The denominations (kopecks) that fit into `room` kopecks, smallest first."""
    return tuple(sorted(value for value in denominations_minor if 0 < value <= room))
