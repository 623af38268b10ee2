"""Takes up a new catalogue between two sessions. It must never be called while anybody is served."""

from collections.abc import Callable
from dataclasses import dataclass

import structlog

from config.catalogue import Catalogue
from kiosk.session.navigation import Shop
from kiosk.terminal.slips import SlipMaker

_log = structlog.get_logger(__name__)

News = Callable[[], Catalogue | None]
"""A catalogue that has come since the last call."""


def no_news() -> Catalogue | None:
    """For a terminal that sells what it was shipped with."""
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Restocking:
    """Where new catalogues come from, and who works with them."""

    news: News
    shop: Shop
    maker: SlipMaker

    def take_up(self) -> bool:
        """Use what is new from now on; True when there was something."""
        newer = self.news()
        if newer is None:
            return False
        self.shop.restock(newer)
        self.maker.catalogue = newer
        _log.info("catalogue_in_use", version=newer.version, fee_version=newer.fee_version)
        return True
