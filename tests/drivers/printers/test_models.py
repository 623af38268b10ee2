"""The table of printer models."""

import pytest

from drivers.printers.models import UnknownPrinterModelError, find_model, load_models


@pytest.mark.parametrize("name", load_models())
def test_every_model_fits_its_paper(name: str) -> None:
    model = find_model(name)
    assert model.columns * 12 == model.dots
    assert model.cut
    assert 0 <= model.code_page <= 255


def test_no_model_claims_a_device_that_nobody_has_seen() -> None:
    assert not any(model.verified for model in load_models().values())


def test_an_unknown_model_names_the_known_ones() -> None:
    with pytest.raises(UnknownPrinterModelError, match="generic_epson"):
        find_model("nothing")
