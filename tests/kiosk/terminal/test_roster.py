"""Every provider stands in the list of payees once, with its legal name and tax number."""

from config.catalogue import load_catalogue
from kiosk.terminal.roster import PAYEES_PER_PAGE, pages_of_roster, roster_page
from kiosk.terminal.snapshot import Screen
from kiosk.terminal.touch import Action


def test_the_pages_together_hold_every_provider_once_by_name():
    catalogue = load_catalogue()
    pages = [roster_page(catalogue, at + 1) for at in range(pages_of_roster(catalogue))]
    told = [payee for page in pages for payee in page.payees]
    visible = [one for one in catalogue.providers if one.visible]
    assert sorted(one.inn for one in told) == sorted(one.inn for one in visible)
    assert [one.name for one in told] == sorted((one.name for one in told), key=str.casefold)
    assert all(one.legal_name for one in told)
    assert all(len(page.payees) == PAYEES_PER_PAGE for page in pages[:-1])
    assert [page.page for page in pages] == list(range(1, len(pages) + 1))


def test_a_page_that_is_there_no_more_is_the_last_one():
    catalogue = load_catalogue()
    assert roster_page(catalogue, 99) == roster_page(catalogue, pages_of_roster(catalogue))
    nobody = catalogue.model_copy(update={"providers": ()})
    assert roster_page(nobody, 1).pages == 1


def test_the_list_is_turned_page_by_page_and_ends_at_its_ends(bench):
    bench.touch(Action.OPEN_ABOUT)
    bench.touch(Action.OPEN_ROSTER)
    first = bench.shown.roster
    assert (bench.shown.screen, first.page) == (Screen.ROSTER, 1)
    bench.touch(Action.PREVIOUS_PAGE)
    assert bench.shown.roster == first
    for _ in range(first.pages + 2):
        bench.touch(Action.NEXT_PAGE)
    assert bench.shown.roster.page == first.pages > 1
    bench.touch(Action.BACK)
    assert bench.shown.screen is Screen.ABOUT
    bench.touch(Action.BACK)
    assert bench.shown.screen is Screen.HOME
