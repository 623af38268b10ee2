"""How this terminal gets what it sells and prints: shipped, kept from earlier, or fetched.

Wiring only. What was fetched lies beside the journal; templates lie where the settings say.
"""

import random
from functools import partial
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from config.catalogue import Catalogue, CatalogueError, load_catalogue
from config.receipt_section import ReceiptSettings
from config.settings import Settings
from config.shelf import Shelf
from kiosk.backend_access import session_of, signer_of
from kiosk.catalogue.notes_check import check_notes
from kiosk.catalogue.supply import CatalogueSupply
from kiosk.clock import Clock
from kiosk.receipts.templates.bundle_store import BundleStore
from kiosk.receipts.templates.supply import TemplateSupply
from kiosk.terminal.restocking import News
from offline_queue.content.watcher import ContentLook, ContentThread
from offline_queue.sync import SyncPolicy
from terminal_api.content import ContentKind

_PAUSES: Final = SyncPolicy(base_s=5.0, cap_s=300.0)
"""Nobody waits for a catalogue: the line belongs to payments."""


class Contents:
    """Everything that can be sent to this terminal, by its kind.

    Raises:
        CatalogueError: what the terminal was shipped with cannot be used.
    """

    def __init__(self, settings: Settings) -> None:
        shipped = load_catalogue(settings.catalogue.path)
        check = partial(_must_fit, settings=settings)
        check(shipped, str(settings.catalogue.path or "built-in catalogue"))
        self._shelf = Shelf(settings.journal.path.with_suffix(".content"))
        self.catalogues = CatalogueSupply(self._shelf, shipped, check)
        self._templates = TemplateSupply(_bundles(settings.receipt))
        self.news = News(catalogue=self.catalogues.newer, writer=self._templates.newer)

    def has(self, kind: str, sha256: str) -> bool:
        """True when these bytes are in use."""
        return self._shelf.has(kind, sha256)

    def take(self, kind: ContentKind, version: str, content: bytes) -> bool:
        """Something was sent; True when it is in use or will be.

        Raises:
            OSError: it is good and the disk cannot take it; it should be sent again.
        """
        if kind is not ContentKind.TEMPLATES:
            return self.catalogues.take(kind, version, content)
        good = self._templates.take(version, content)
        if good:
            self._shelf.put(kind.value, version, content)
        return good


def content_thread_of(
    settings: Settings, contents: Contents, clock: Clock, seed: str
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
            contents,
            clock.monotonic,
            signer,
        )

    return ContentThread(make_look, _PAUSES, random.Random(f"content {seed}"))


def _bundles(wanted: ReceiptSettings) -> BundleStore | None:
    if wanted.template_folder is None:
        return None
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(wanted.template_key))
    except ValueError:
        return None  # The maker of slips has told it by an alarm.
    return BundleStore(folder=wanted.template_folder, key=key)


def _must_fit(catalogue: Catalogue, name: str, *, settings: Settings) -> None:
    """Refuse what this terminal must not or could not sell."""
    _must_be_real(catalogue, name, demo=settings.terminal.demo)
    check_notes(catalogue, name, denominations_minor=settings.acceptor.denominations_minor)


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
