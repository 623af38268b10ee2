"""A catalogue that comes while a customer is served waits until she has gone."""

from dataclasses import replace

from config.catalogue import load_catalogue
from kiosk.receipts.writer import SlipWriter
from kiosk.session.navigation import Shop
from kiosk.terminal.restocking import News, Restocking
from kiosk.terminal.snapshot import Screen
from kiosk.terminal.touch import Action
from simulation.proof.shopfront import shopfront


def test_what_is_new_is_used_by_shop_search_and_slips():
    shipped = load_catalogue()
    newer = shipped.model_copy(update={"version": "2030-01-01.1"})
    writer = SlipWriter()
    waiting = [newer, None]
    shop, maker = Shop(shipped), replace(shopfront().maker)
    finder = shop.finder
    news = News(catalogue=lambda: waiting.pop(0), writer=lambda: writer)
    restocking = Restocking(news=news, shop=shop, maker=maker)
    assert restocking.take_up()
    assert shop.catalogue is maker.catalogue is newer
    assert shop.finder is not finder
    assert maker.writer is writer


def test_without_news_nothing_changes():
    shop, maker = Shop(load_catalogue()), replace(shopfront().maker)
    before = (shop.catalogue, maker.catalogue, maker.writer)
    news = News(catalogue=lambda: None, writer=lambda: None)
    assert not Restocking(news=news, shop=shop, maker=maker).take_up()
    assert (shop.catalogue, maker.catalogue, maker.writer) == before


def test_a_catalogue_that_comes_while_somebody_is_served_waits_until_she_has_gone(bench):
    waiting = [load_catalogue().model_copy(update={"version": "2030-01-01.1"})]
    news = News(catalogue=lambda: waiting.pop() if waiting else None, writer=lambda: None)
    restocking = bench.terminal._restocking = replace(bench.terminal._restocking, news=news)
    bench.touch(Action.OPEN_PROVIDER, "mts")
    bench.wait(1)
    assert waiting
    bench.wait(bench.settings.session.idle_s)
    assert bench.shown.screen is Screen.HOME
    bench.wait(1)
    assert not waiting
    assert restocking.shop.catalogue.version == "2030-01-01.1"
