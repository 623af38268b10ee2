"""Takes up a new catalogue and new slip templates between two sessions. It must never be called while
anybody is served.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import structlog

from config.catalogue import Catalogue
from kiosk.receipts.writer import SlipWriter
from kiosk.session.navigation import Shop
from kiosk.terminal.slips import SlipMaker

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What has come since the last call of each; None = nothing."""

    catalogue: Callable[[], Catalogue | None]
    writer: Callable[[], SlipWriter | None]


NO_NEWS: Final = News(catalogue=lambda: None, writer=lambda: None)
"""For a terminal that sells and prints what it was shipped with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restocking:
    """Where news come from, and who works with them."""

    news: News
    shop: Shop
    maker: SlipMaker

    def take_up(self) -> bool:
        """Use what is new from now on; True when there was something."""
        catalogue, writer = self.news.catalogue(), self.news.writer()
        if catalogue is not None:
            self.shop.restock(catalogue)
            self.maker.catalogue = catalogue
            _log.info("catalogue_in_use", version=catalogue.version, fees=catalogue.fee_version)
        if writer is not None:
            self.maker.writer = writer
            _log.info("slip_templates_in_use", sets=[one.mark for one in writer.own])
        return catalogue is not None or writer is not None
