"""Takes bundles of templates that the backend sends. What is not signed by the terminal's own key,
or would lose what a slip must say, is an alarm and changes nothing. It must never raise for what is
sent.
"""

import threading

import structlog

from kiosk.receipts.errors import BundleError
from kiosk.receipts.templates.bundle_store import BundleStore
from kiosk.receipts.writer import SlipWriter

_log = structlog.get_logger(__name__)


class TemplateSupply:
    """Gives writers to the terminal. `store` is None where the settings name no key and folder."""

    def __init__(self, store: BundleStore | None) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._newer: SlipWriter | None = None

    def newer(self) -> SlipWriter | None:
        """What has come since the last call; for the terminal, between sessions."""
        if self._newer is None:
            return None
        with self._lock:
            newer, self._newer = self._newer, None
        return newer

    def take(self, version: str, content: bytes) -> bool:
        """A bundle was sent: install it if it is good. True when it is in use or will be.

        Raises:
            OSError: it is good and the disk cannot take it; it should be sent again.
        """
        if self._store is None:
            _refused(version, "receipt.template_folder and template_key are not set")
            return False
        try:
            self._store.install(content)
        except BundleError as error:
            _refused(version, str(error))
            return False
        with self._lock:
            self._newer = SlipWriter(own=self._store.sets())
        return True


def _refused(version: str, reason: str) -> None:
    _log.error("content_refused", alarm=True, kind="templates", version=version, reason=reason)
