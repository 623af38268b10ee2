"""For whom payments are taken here: every provider with its legal name and tax number, in pages.

The law wants the agent's payees to be seen before a payment (facts sheet ui, section D). Pure values
of the catalogue; what customers cannot choose is not in it.
"""

from config.catalogue import Catalogue, Provider
from kiosk.terminal.snapshot import Payee, RosterView

PAYEES_PER_PAGE = 7


def pages_of_roster(catalogue: Catalogue) -> int:
    """How many pages the payees fill; an empty list still has one."""
    return max(1, -(-len(_visible(catalogue)) // PAYEES_PER_PAGE))


def roster_page(catalogue: Catalogue, page: int) -> RosterView:
    """The payees of a page; the last page where there are fewer by now."""
    pages = pages_of_roster(catalogue)
    shown = min(page, pages)
    first = (shown - 1) * PAYEES_PER_PAGE
    payees = sorted(_visible(catalogue), key=lambda one: (one.name.casefold(), one.code))
    return RosterView(
        payees=tuple(
            Payee(name=one.name, legal_name=one.legal_name, inn=one.inn)
            for one in payees[first : first + PAYEES_PER_PAGE]
        ),
        page=shown,
        pages=pages,
    )


def _visible(catalogue: Catalogue) -> list[Provider]:
    return [one for one in catalogue.providers if one.visible]
