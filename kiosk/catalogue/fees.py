"""What a payment costs: the fee for an inserted amount, in whole kopecks.

The customer pays the fee out of what was inserted; a fee is never more than that, and nothing is
ever lost: inserted = credited + fee. Nothing here knows how a fee is shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from config.catalogue import FeeBand


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeResult:
    """The fee, what reaches the payee, and the band that was in force."""

    fee_minor: int
    credited_minor: int
    band: FeeBand


def fee_for(inserted_minor: int, bands: Sequence[FeeBand]) -> FeeResult:
    """Fee of an inserted amount; the band goes by the same amount.

    Raises ValueError for a negative amount, and for bands that leave the amount uncovered (a
    checked catalogue has none).
    """
    if inserted_minor < 0:
        raise ValueError(f"{inserted_minor} kopecks cannot have been inserted")
    band = band_for(inserted_minor, bands)
    fee_minor = min(band.fee_minor(inserted_minor), inserted_minor)
    return FeeResult(fee_minor=fee_minor, credited_minor=inserted_minor - fee_minor, band=band)


def band_for(inserted_minor: int, bands: Sequence[FeeBand]) -> FeeBand:
    """The band in force for an inserted amount; raises ValueError where there is none."""
    for band in bands:
        if band.covers(inserted_minor):
            return band
    raise ValueError(f"no fee band covers {inserted_minor} kopecks")
