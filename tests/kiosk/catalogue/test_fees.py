"""Fees: to the kopeck, never more than was inserted, and nothing lost."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.catalogue import FeeBand, Provider, load_catalogue
from kiosk.catalogue.fees import band_for, fee_for

PROVIDERS = load_catalogue().providers
amounts = st.integers(0, 100_000_000)


@st.composite
def tables(draw: st.DrawFn) -> tuple[FeeBand, ...]:
    """Any bands that a checked catalogue can have."""
    edges = sorted(draw(st.sets(st.integers(1, 2_000_000), max_size=4)))
    bands = []
    for low, high in zip([0, *edges], [*edges, None], strict=True):
        least = draw(st.integers(0, 10_000))
        bands.append(
            FeeBand(
                from_minor=low,
                to_minor=high,
                percent_bp=draw(st.integers(0, 10_000)),
                fixed_minor=draw(st.integers(0, 10_000)),
                min_minor=least,
                max_minor=draw(st.none() | st.integers(least, 20_000)),
            )
        )
    return tuple(bands)


def reference_fee(inserted: int, band: FeeBand) -> int:
    roubles = Decimal(inserted) / 100 * Decimal(band.percent_bp) / 10_000
    fee = roubles.quantize(Decimal("0.01"), ROUND_HALF_UP) + Decimal(band.fixed_minor) / 100
    fee = max(fee, Decimal(band.min_minor) / 100)
    if band.max_minor is not None:
        fee = min(fee, Decimal(band.max_minor) / 100)
    return int(min(fee * 100, Decimal(inserted)))


@given(inserted=amounts, bands=tables())
def test_what_is_inserted_is_fee_and_credit_and_nothing_else(
    inserted: int, bands: tuple[FeeBand, ...]
) -> None:
    result = fee_for(inserted, bands)
    assert result.fee_minor + result.credited_minor == inserted
    assert result.fee_minor >= 0
    assert result.credited_minor >= 0


@given(inserted=amounts, bands=tables())
def test_the_fee_is_that_of_decimal_arithmetic(inserted: int, bands: tuple[FeeBand, ...]) -> None:
    result = fee_for(inserted, bands)
    assert result.fee_minor == reference_fee(inserted, result.band)


@given(inserted=amounts, more=amounts, bands=tables())
def test_within_a_band_more_cash_never_credits_less_nor_costs_less(
    inserted: int, more: int, bands: tuple[FeeBand, ...]
) -> None:
    first, second = fee_for(inserted, bands), fee_for(inserted + more, bands)
    if first.band is second.band:
        assert second.credited_minor >= first.credited_minor
        assert second.fee_minor >= first.fee_minor


@given(inserted=amounts, bands=tables())
def test_exactly_one_band_is_in_force(inserted: int, bands: tuple[FeeBand, ...]) -> None:
    assert [band for band in bands if band.covers(inserted)] == [band_for(inserted, bands)]


@pytest.mark.parametrize(
    ("provider", "inserted", "fee", "credited"),
    [
        ("mts", 0, 0, 0),
        ("mts", 2_00, 2_00, 0),
        ("mts", 10_00, 3_00, 7_00),
        ("mts", 99_99, 10_00, 89_99),
        ("mts", 100_00, 7_00, 93_00),
        ("mts", 500_00, 25_00, 475_00),
        ("vk_votes", 500_00, 25_00, 475_00),
        ("alfabank", 100_00, 30_00, 70_00),
        ("alfabank", 5_000_00, 80_00, 4_920_00),
        ("wallet", 15_000_00, 0, 15_000_00),
    ],
)
def test_fees_of_the_catalogue(provider: str, inserted: int, fee: int, credited: int) -> None:
    bands = next(p.fee for p in PROVIDERS if p.code == provider)
    result = fee_for(inserted, bands)
    assert (result.fee_minor, result.credited_minor) == (fee, credited)


@pytest.mark.parametrize(("inserted", "fee"), [(9, 0), (10, 1), (29, 1), (30, 2), (49, 2), (50, 3)])
def test_half_a_kopeck_is_rounded_up(inserted: int, fee: int) -> None:
    band = FeeBand(
        from_minor=0, to_minor=None, percent_bp=500, fixed_minor=0, min_minor=0, max_minor=None
    )
    assert fee_for(inserted, [band]).fee_minor == fee


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda provider: provider.code)
def test_the_least_payment_of_each_provider_credits_something(provider: Provider) -> None:
    result = fee_for(provider.min_minor, provider.fee)
    assert result.credited_minor > 0


def test_a_negative_amount_is_an_error() -> None:
    with pytest.raises(ValueError, match="cannot have been inserted"):
        fee_for(-1, PROVIDERS[0].fee)


def test_an_amount_that_no_band_covers_is_an_error() -> None:
    with pytest.raises(ValueError, match="no fee band covers 5"):
        fee_for(5, [])
