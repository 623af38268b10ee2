"""The table of printer models."""

import pytest

from drivers.printers.models import (
    QrMode,
    StatusDialect,
    UnknownPrinterModelError,
    find_model,
    load_models,
)

NAMED_BY_THE_ISSUE = {
    "generic_epson",
    "custom_vkp80ii",
    "custom_vkp80iii",
    "custom_tg2480",
    "citizen_ppu700",
    "citizen_cts2000",
}


def test_the_makes_that_kiosks_have_are_there() -> None:
    assert load_models().keys() >= NAMED_BY_THE_ISSUE


@pytest.mark.parametrize("name", load_models())
def test_every_model_fits_its_paper(name: str) -> None:
    model = find_model(name)
    assert model.columns * 12 == model.dots
    assert model.finish
    assert 0 <= model.code_page <= 255


@pytest.mark.parametrize("name", load_models())
def test_every_model_prints_russian(name: str) -> None:
    for page in find_model(name).pages:
        assert "Привет, Ёжик №5".encode(page.name)


@pytest.mark.parametrize("name", load_models())
def test_every_model_says_where_its_values_come_from(name: str) -> None:
    assert find_model(name).source


def test_no_model_claims_a_device_that_nobody_has_seen() -> None:
    assert not any(model.verified for model in load_models().values())


def test_presenter_orders_are_never_shared() -> None:
    holders = [model for model in load_models().values() if model.has_presenter]
    assert {one.name for one in holders} == {"custom_vkp80ii", "custom_vkp80iii", "citizen_ppu700"}
    assert len({one.finish for one in holders}) == len(holders)
    assert len({one.retract for one in holders}) == len(holders)


def test_models_speak_three_dialects() -> None:
    assert {model.dialect for model in load_models().values()} == set(StatusDialect)
    assert find_model("custom_vkp80ii").dialect is StatusDialect.CUSTOM
    assert find_model("custom_vkp80ii").qr is QrMode.RASTER


def test_an_unknown_model_names_the_known_ones() -> None:
    with pytest.raises(UnknownPrinterModelError, match="generic_epson"):
        find_model("nothing")
