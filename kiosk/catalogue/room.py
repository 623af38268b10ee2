"""How much cash a payment may still take, and which notes fit.

The limits are for the inserted amount: the provider's own, and the ceiling for cash without
identification. No change is given, so a note that goes over the limit is never accepted.
"""

from collections.abc import Collection, Iterable

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
    where cash cannot reach it, or not from every sum on the way. What is over is credited too, and is
    less than the smallest note, unless a dearer band begins in between.
    """
    notes = tuple(denominations_minor)
    if not smallest_divides_all(notes):
        return None
    most = min(provider.max_minor, cash_max_minor)
    try:
        needed = max(needed_minor(amount_minor, provider.fee), provider.min_minor)
    except NotReachedError:
        return None
    smallest = min(notes)
    by_notes = range(-(-needed // smallest) * smallest, most + 1, smallest)
    whole = next((it for it in by_notes if _credits(it, provider) >= amount_minor), None)
    if whole is None:
        return None
    return (needed, whole) if whole == by_notes[0] else (whole, whole)


def smallest_divides_all(denominations_minor: Collection[int]) -> bool:
    """True when every note is a multiple of the smallest. Only then does a note lead on from whatever
    was inserted towards a sum that is such a multiple: with 200 and 500 nobody gets from 500 to 600.
    """
    smallest = min(denominations_minor, default=0)
    return smallest > 0 and all(value % smallest == 0 for value in denominations_minor)


def credited_by_notes_minor(
    provider: Provider, amount_minor: int, denominations_minor: Iterable[int], cash_max_minor: int
) -> int | None:
    """What is credited in the end of the sum that notes make up for this amount; None where they
    cannot.
    """
    limits = limits_for_amount_minor(provider, amount_minor, denominations_minor, cash_max_minor)
    return None if limits is None else _credits(limits[1], provider)


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
