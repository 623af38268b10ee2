"""Whatever a tile says in any language finds its provider."""

import pytest

from config.catalogue import load_catalogue
from kiosk.catalogue.search import MOST_RESULTS
from kiosk.session.navigation import Shop
from kiosk.terminal.snapshot import Language
from ui.other_names import OtherNames

CATALOGUE = load_catalogue()
NAMES = OtherNames()
SHOP = Shop(CATALOGUE, NAMES)


def test_a_text_has_each_of_its_other_names_once():
    assert NAMES("Школьное питание") == ("School meals", "Мектеп тамағы")
    assert NAMES("Водоканал") == ("Vodokanal (water)", "Водоканал (су)")
    assert NAMES("Домофон «Цифрал-Сервис»") == ("Intercom Cyfral-Service",)
    assert NAMES("no text of the catalogue") == ()
    assert len(Language) == 3


@pytest.mark.parametrize("provider", CATALOGUE.providers, ids=lambda one: one.code)
def test_every_provider_that_can_be_chosen_is_found_by_all_its_names(provider):
    for name in (provider.name, *NAMES(provider.name)):
        found = SHOP.finder.find(name, MOST_RESULTS)
        assert (provider in found) is provider.visible, name


def test_a_new_catalogue_is_searched_by_other_names_too():
    shop = Shop(CATALOGUE, NAMES)
    shop.restock(CATALOGUE)
    assert shop.finder.find("school meals")[0].name == "Школьное питание"
