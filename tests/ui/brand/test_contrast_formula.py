"""The formula of WCAG, and the pairs of colours that the screens are made of."""

import pytest

from ui.brand import palette
from ui.brand.contrast import mixed, ratio
from ui.viewmodels.entry import CONTRAST_COLOURS, SEGMENT_COLOURS
from ui.viewmodels.plates import KNOWN, PALETTE

PLATE_FLOOR = 4.5
"""An initial is 38 px bold and stands beside the name: WCAG's floor for large text, AAA."""


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000000", "#FFFFFF", 21.0),
        ("#FFFFFF", "#FFFFFF", 1.0),
        ("#767676", "#FFFFFF", 4.54),  # the greys that the guidelines' own pages use
        ("#595959", "#FFFFFF", 7.0),
        ("#0000FF", "#FFFFFF", 8.59),
    ],
)
def test_known_ratios(one: str, other: str, expected: float) -> None:
    assert ratio(one, other) == pytest.approx(expected, abs=0.01)
    assert ratio(other, one) == ratio(one, other)


def test_colours_are_mixed_by_share() -> None:
    assert mixed("#000000", "#FFFFFF", 0.5) == "#808080"
    assert mixed("#123456", "#FFFFFF", 0) == "#123456"


def test_every_colour_of_the_theme_is_read_from_it() -> None:
    written = palette.THEME.read_text(encoding="utf-8").count("property color ")
    assert len(palette.day()) == len(palette.night()) == written


def test_every_pair_of_the_usual_colours_reads() -> None:
    assert palette.too_faint(palette.day(), palette.DAY_PAIRS) == []


def test_every_pair_of_high_contrast_reads() -> None:
    assert palette.too_faint(palette.night(), palette.NIGHT_PAIRS) == []


def test_a_brand_near_the_house_s_own_colours_reads_too() -> None:
    for brand, action, accent in (
        ("#0B3B5C", "#0B5F46", "#FFB84D"),
        ("#5B2A86", "#0A4F8A", "#FFD23F"),
        ("#7A1230", "#1F5A1B", "#F2C14E"),
    ):
        whole = {**palette.day(), **palette.branded(brand, action, accent)}
        assert palette.too_faint(whole, palette.DAY_PAIRS) == []


def test_a_brand_changes_only_tokens_that_the_theme_takes_from_it() -> None:
    theme = palette.THEME.read_text(encoding="utf-8")
    given = palette.branded("#0B3B5C", "#0B5F46", "#FFB84D")
    assert all(f"theme.own.{name} ??" in theme for name in given)
    assert theme.count("theme.own.") == len(given)


def test_the_colours_of_a_typed_value_are_those_of_the_theme() -> None:
    day, night = palette.day(), palette.night()
    assert list(SEGMENT_COLOURS.values()) == [day["muted"], day["ink"], day["blank"]]
    assert list(CONTRAST_COLOURS.values()) == [night["muted"], night["brand"], night["blank"]]


def test_the_initial_reads_on_its_plate() -> None:
    for ground, ink in (*KNOWN.values(), *PALETTE):
        assert ratio(ground, ink) >= PLATE_FLOOR, ground
