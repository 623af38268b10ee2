"""What the terminal sells: the newest good catalogue and fee table, whatever the backend sends.

What arrives is checked by the same rules as a shipped catalogue before it is kept, on the thread that
brought it; what does not fit is an alarm and changes nothing. Sessions never see a change: the
terminal takes up what is new between two of them. At a start the newest kept one that still reads is
in use, else the one before it, else what the terminal was shipped with. It must never raise for what
the backend sends.
"""

import re
import threading
from collections.abc import Callable
from typing import Final, assert_never

import structlog

from config.catalogue import Catalogue, CatalogueError, read_catalogue
from config.fee_table import FeeTable, read_fee_table, with_fees
from config.shelf import Shelf
from terminal_api.content import ContentKind

_log = structlog.get_logger(__name__)

_NUMBERS: Final = re.compile(r"[0-9]+")

Check = Callable[[Catalogue, str], None]
"""Raises CatalogueError for a catalogue that this terminal must not use."""


class CatalogueSupply:
    """Gives catalogues to the terminal.

    Args:
        shelf: where good contents are kept.
        shipped: what there is without any.
        check: what else a catalogue must be on this terminal; is given it with its name.
    """

    def __init__(self, shelf: Shelf, shipped: Catalogue, check: Check) -> None:
        self._shelf = shelf
        self._shipped = shipped
        self._check = check
        self._lock = threading.Lock()
        self._newer: Catalogue | None = None

    def at_start(self) -> Catalogue:
        """The best that can be had now."""
        return self._with_kept_fees(self._base())

    def newer(self) -> Catalogue | None:
        """What has come since the last call; for the terminal, between sessions."""
        if self._newer is None:
            return None
        with self._lock:
            newer, self._newer = self._newer, None
        return newer

    def take(self, kind: ContentKind, version: str, content: bytes) -> bool:
        """Something was sent: keep it if it is good. True when it is in use or will be.

        Raises:
            OSError: it is good and the disk cannot take it; it should be sent again.
        """
        try:
            catalogue = self._tried(kind, version, content)
        except CatalogueError as error:
            _log.error(
                "content_refused", alarm=True, kind=kind.value, version=version, reason=str(error)
            )
            return False
        self._shelf.put(kind.value, version, content)
        _log.info("content_kept", kind=kind.value, version=version)
        with self._lock:
            self._newer = catalogue
        return True

    def _tried(self, kind: ContentKind, version: str, content: bytes) -> Catalogue:
        name = f"{kind} {version}"
        match kind:
            case ContentKind.CATALOGUE:
                return self._with_kept_fees(self._read(content, name))
            case ContentKind.FEES:
                return self._fitted(self._base(), read_fee_table(content, name), name)
            case ContentKind.TEMPLATES:
                raise CatalogueError(file=name, key="", reason="templates are no catalogue")
            case _:
                assert_never(kind)

    def _base(self) -> Catalogue:
        for kept in self._shelf.kept(ContentKind.CATALOGUE.value):
            try:
                return self._read(kept.content, f"kept catalogue {kept.version}")
            except CatalogueError as error:
                _log.error("kept_content_unusable", alarm=True, reason=str(error))
        return self._shipped

    def _with_kept_fees(self, base: Catalogue) -> Catalogue:
        for kept in self._shelf.kept(ContentKind.FEES.value):
            name = f"kept fees {kept.version}"
            try:
                return self._fitted(base, read_fee_table(kept.content, name), name)
            except CatalogueError as error:
                _log.error("kept_content_unusable", alarm=True, reason=str(error))
        return base

    def _read(self, content: bytes, name: str) -> Catalogue:
        catalogue = read_catalogue(content, name)
        self._check(catalogue, name)
        return catalogue

    def _fitted(self, base: Catalogue, table: FeeTable, name: str) -> Catalogue:
        """The catalogue with these fees, unless its own are newer."""
        if _order(table.fee_version) <= _order(base.fee_version):
            return base
        fitted = with_fees(base, table, name)
        self._check(fitted, name)
        return fitted


def _order(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in _NUMBERS.findall(version))
