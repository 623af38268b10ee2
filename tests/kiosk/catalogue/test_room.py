"""Room for more cash: the provider's limit, the ceiling, and the notes that fit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.catalogue import load_catalogue
from kiosk.catalogue.room import acceptable, limits_minor, missing_minor, room_minor

CATALOGUE = load_catalogue()
TROIKA = CATALOGUE.provider("troika")
STEAM = CATALOGUE.provider("steam")
CEILING = 15_000_00
NOTES = (10_00, 50_00, 100_00, 200_00, 500_00, 1_000_00, 2_000_00, 5_000_00)


@pytest.mark.parametrize(
    ("inserted", "ceiling", "room"),
    [
        (0, CEILING, 3_000_00),
        (2_900_00, CEILING, 100_00),
        (3_000_00, CEILING, 0),
        (0, 500_00, 500_00),
    ],
)
def test_room_is_what_is_left_to_the_nearer_limit(inserted: int, ceiling: int, room: int) -> None:
    assert room_minor(TROIKA, inserted, ceiling) == room


def test_over_the_limit_there_is_no_room() -> None:
    assert room_minor(TROIKA, 9_000_00, CEILING) == 0


@pytest.mark.parametrize(
    ("inserted", "missing"), [(0, 50_00), (10_00, 40_00), (50_00, 0), (99_00, 0)]
)
def test_missing_is_what_the_least_payment_lacks(inserted: int, missing: int) -> None:
    assert missing_minor(STEAM, inserted, CEILING) == missing


def test_a_fixed_price_is_both_limits() -> None:
    fixed = STEAM.model_copy(update={"fixed_minor": 300_00})
    assert limits_minor(fixed, CEILING) == (300_00, 300_00)
    assert missing_minor(fixed, 100_00, CEILING) == room_minor(fixed, 100_00, CEILING) == 200_00


def test_notes_that_fit_come_smallest_first() -> None:
    assert acceptable(reversed(NOTES), 200_00) == (10_00, 50_00, 100_00, 200_00)
    assert acceptable(NOTES, 0) == ()


@given(st.lists(st.sampled_from(NOTES), max_size=60))
def test_notes_that_fit_never_go_over_the_limit(offered: list[int]) -> None:
    inserted = 0
    for note in offered:
        if note in acceptable(NOTES, room_minor(TROIKA, inserted, CEILING)):
            inserted += note
    assert inserted <= TROIKA.max_minor
