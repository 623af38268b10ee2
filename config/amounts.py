"""What has to be inserted so that an amount that a provider fixes is credited in full.

Pure; kopecks. The fee comes out of what is inserted, so the answer is the least sum whose credit is
not below the amount. It must never answer with a sum of which less would be credited.
"""

from collections.abc import Sequence
from typing import Final

from config.catalogue_models import FeeBand

_LARGEST_MINOR: Final = 10**10


class NotReachedError(ValueError):
    """By these bands no sum credits so much."""


def needed_minor(amount_minor: int, bands: Sequence[FeeBand]) -> int:
    """The least inserted sum of which at least `amount_minor` is credited. Raises NotReachedError."""
    for band in bands:
        least = max(band.from_minor, amount_minor)
        most = _LARGEST_MINOR if band.to_minor is None else band.to_minor - 1
        if least <= most and credited_minor(most, band) >= amount_minor:
            return _least(amount_minor, band, least, most)
    raise NotReachedError(f"no sum credits {amount_minor} kopecks by these fees")


def credited_minor(inserted_minor: int, band: FeeBand) -> int:
    """What is left of a sum after this band's fee."""
    return inserted_minor - min(band.fee_minor(inserted_minor), inserted_minor)


def _least(amount_minor: int, band: FeeBand, least: int, most: int) -> int:
    """Within a band the credit never falls, so halving finds the first that is enough."""
    while least < most:
        middle = (least + most) // 2
        if credited_minor(middle, band) >= amount_minor:
            most = middle
        else:
            least = middle + 1
    return least
