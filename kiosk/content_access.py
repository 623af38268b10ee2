"""How this terminal gets what it sells: shipped, kept from earlier, or fetched from its backend.

Wiring only. A terminal without a backend that knows it sells what it was shipped with.
"""

import random
from functools import partial
from typing import Final

from config.catalogue import Catalogue, CatalogueError, load_catalogue
from config.settings import Settings
from config.shelf import Shelf
from kiosk.backend_access import session_of, signer_of
from kiosk.catalogue.supply import CatalogueSupply
from kiosk.clock import Clock
from offline_queue.content.watcher import ContentLook, ContentThread
from offline_queue.sync import SyncPolicy

_PAUSES: Final = SyncPolicy(base_s=5.0, cap_s=300.0)
"""Nobody waits for a catalogue: the line belongs to payments."""


def supply_of(settings: Settings) -> CatalogueSupply:
    """Where catalogues come from. What was fetched lies beside the journal.

    Raises:
        CatalogueError: what the terminal was shipped with cannot be used.
    """
    shipped = load_catalogue(settings.catalogue.path)
    check = partial(_must_be_real, demo=settings.terminal.demo)
    check(shipped, str(settings.catalogue.path or "built-in catalogue"))
    return CatalogueSupply(Shelf(settings.journal.path.with_suffix(".content")), shipped, check)


def content_thread_of(
    settings: Settings, supply: CatalogueSupply, clock: Clock, seed: str
) -> ContentThread:
    """The thread that fetches what the backend wants this terminal to have.

    Raises:
        NotEnrolledError, KeyFileError: see `kiosk.backend_access`.
    """
    signer = signer_of(settings)

    def make_look() -> ContentLook:
        return ContentLook(
            session_of(settings),
            settings.backend.url,
            settings.terminal.id,
            supply,
            clock.monotonic,
            signer,
        )

    return ContentThread(make_look, _PAUSES, random.Random(f"content {seed}"))


def _must_be_real(catalogue: Catalogue, name: str, *, demo: bool) -> None:
    """Refuse invented legal data on a real terminal."""
    invented = [one.code for one in catalogue.providers if one.visible and one.demo_legal]
    if invented and not demo:
        raise CatalogueError(
            file=name,
            key=f"providers.{invented[0]}.demo_legal",
            reason=f"{len(invented)} providers have invented legal data, which a real terminal "
            "(terminal.demo = false) must not show",
        )
