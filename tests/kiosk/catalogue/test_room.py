"""Room for more cash: the provider's limit, the ceiling, and the notes that fit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.catalogue import FeeBand, load_catalogue
from kiosk.catalogue.room import (
    acceptable,
    credited_by_notes_minor,
    limits_for_amount_minor,
    limits_minor,
    missing_minor,
    room_minor,
)

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


def flat(percent_bp: int, from_minor: int = 0, to_minor: int | None = None) -> FeeBand:
    return FeeBand(
        from_minor=from_minor,
        to_minor=to_minor,
        percent_bp=percent_bp,
        fixed_minor=0,
        min_minor=0,
        max_minor=None,
    )


@pytest.mark.parametrize(
    ("amount", "bands", "limits"),
    [
        (300_00, (flat(0),), (300_00, 300_00)),
        (456_70, (flat(0),), (456_70, 460_00)),
        (300_00, (flat(300),), (309_28, 310_00)),
        (20_00, (flat(0),), (50_00, 50_00)),
        (1_00, (flat(10_000),), None),
        (15_000_01, (flat(0),), None),
        # From 100 roubles on a tenth goes: of 100 only 90 would be credited.
        (95_00, (flat(0, 0, 100_00), flat(1000, 100_00)), (110_00, 110_00)),
    ],
)
def test_an_amount_is_reached_by_notes_and_credited_in_full(
    amount: int, bands: tuple[FeeBand, ...], limits: tuple[int, int] | None
) -> None:
    provider = STEAM.model_copy(update={"fee": bands})
    assert limits_for_amount_minor(provider, amount, NOTES, CEILING) == limits


@pytest.mark.parametrize("amount", [500_00, 600_00])
def test_notes_that_do_not_lead_on_from_every_sum_make_up_no_amount(amount: int) -> None:
    provider = STEAM.model_copy(update={"fee": (flat(0),)})
    assert limits_for_amount_minor(provider, amount, (200_00, 500_00), CEILING) is None
    assert credited_by_notes_minor(provider, amount, (200_00, 500_00), CEILING) is None


def test_an_amount_between_two_notes_is_credited_with_what_is_over() -> None:
    provider = STEAM.model_copy(update={"fee": (flat(0),)})
    assert credited_by_notes_minor(provider, 110_00, NOTES, CEILING) == 110_00
    assert credited_by_notes_minor(provider, 110_00, NOTES[1:], CEILING) == 150_00


@given(
    notes=st.sets(st.sampled_from(NOTES), min_size=1),
    amount=st.integers(min_value=1, max_value=3_000_00),
    percent_bp=st.sampled_from([0, 300]),
)
def test_from_every_sum_on_the_way_to_an_amount_a_note_leads_on_or_it_can_be_paid(
    notes: set[int], amount: int, percent_bp: int
) -> None:
    provider = STEAM.model_copy(update={"fee": (flat(percent_bp),)})
    limits = limits_for_amount_minor(provider, amount, notes, CEILING)
    reached, waiting = {0}, [0]
    while limits is not None and waiting:
        inserted = waiting.pop()
        fitting = acceptable(notes, limits[1] - inserted)
        assert fitting or inserted >= limits[0]
        following = {inserted + note for note in fitting} - reached
        reached |= following
        waiting += following
