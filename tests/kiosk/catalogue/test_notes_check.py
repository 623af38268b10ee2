"""A catalogue that fixes amounts needs notes that lead to them from wherever somebody stands."""

import pytest

from config.catalogue import CatalogueError, load_catalogue
from config.settings import load_settings
from kiosk.catalogue.notes_check import check_notes
from kiosk.content_access import Contents

EVEN = (50_00, 100_00, 200_00, 500_00)
ODD = (200_00, 500_00)
FIXING = [
    ("amounts", (300_00,)),
    ("debt_only", True),
    ("fixed_minor", 600_00),
]


def fixing(**changes):
    catalogue = load_catalogue()
    providers = tuple(
        one.model_copy(update=changes) if one.code == "mts" else one for one in catalogue.providers
    )
    return catalogue.model_copy(update={"providers": providers})


@pytest.mark.parametrize(("key", "value"), FIXING)
def test_notes_that_are_no_multiples_of_the_smallest_are_refused_with_the_key(key, value):
    with pytest.raises(CatalogueError, match=rf"^shipped: providers\[mts\]\.{key}: .*200 roubles"):
        check_notes(fixing(**{key: value}), "shipped", denominations_minor=ODD)


@pytest.mark.parametrize(("key", "value"), FIXING)
def test_multiples_of_the_smallest_are_good(key, value):
    check_notes(fixing(**{key: value}), "shipped", denominations_minor=EVEN)


def test_a_price_that_the_smallest_note_does_not_divide_is_refused():
    with pytest.raises(CatalogueError, match="fixed_minor"):
        check_notes(fixing(fixed_minor=310_00), "shipped", denominations_minor=EVEN)


def test_where_nothing_is_fixed_and_where_nobody_can_choose_it_any_notes_do():
    check_notes(load_catalogue(), "shipped", denominations_minor=ODD)
    check_notes(fixing(debt_only=True, tags=()), "shipped", denominations_minor=ODD)


def test_a_terminal_with_such_notes_does_not_start_on_it_and_takes_none_that_is_sent(tmp_path):
    catalogue = tmp_path / "catalogue.json"
    catalogue.write_text(fixing(fixed_minor=600_00).model_dump_json(), "utf-8")

    def settings(*denominations):
        return load_settings(
            None,
            overrides={
                "journal": {"path": str(tmp_path / "journal.db")},
                "catalogue": {"path": str(catalogue)},
                "acceptor": {"denominations": denominations},
            },
        )

    Contents(settings(50, 100))
    with pytest.raises(CatalogueError, match="fixed_minor"):
        Contents(settings(200, 500))
