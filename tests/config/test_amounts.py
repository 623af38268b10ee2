"""What has to be inserted for an amount: the least sum that credits it, by any fee there is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.amounts import NotReachedError, credited_minor, needed_minor
from config.catalogue import FeeBand, Provider, load_catalogue

CATALOGUE = load_catalogue()


def band(percent_bp: int, from_minor: int = 0, to_minor: int | None = None) -> FeeBand:
    return FeeBand(
        from_minor=from_minor,
        to_minor=to_minor,
        percent_bp=percent_bp,
        fixed_minor=0,
        min_minor=0,
        max_minor=None,
    )


@pytest.mark.parametrize(
    ("amount", "bands", "needed"),
    [
        (300_00, (band(0),), 300_00),
        (300_00, (band(300),), 309_28),
        (89_99, (band(1000, 0, 100_00), band(0, 100_00)), 99_99),
        (95_00, (band(1000, 0, 100_00), band(0, 100_00)), 100_00),
    ],
)
def test_the_fee_comes_on_top_of_what_is_to_be_credited(
    amount: int, bands: tuple[FeeBand, ...], needed: int
) -> None:
    assert needed_minor(amount, bands) == needed


def test_what_the_fee_eats_whole_is_never_reached() -> None:
    with pytest.raises(NotReachedError, match="no sum credits"):
        needed_minor(1_00, (band(10_000),))


@given(
    provider=st.sampled_from(CATALOGUE.providers), amount=st.integers(min_value=1, max_value=10**7)
)
def test_no_smaller_sum_would_do(provider: Provider, amount: int) -> None:
    bands = provider.fee

    def credit_of(inserted: int) -> int:
        return credited_minor(inserted, next(one for one in bands if one.covers(inserted)))

    needed = needed_minor(amount, bands)
    assert credit_of(needed) >= amount
    assert all(credit_of(less) < amount for less in range(max(0, needed - 20), needed))
