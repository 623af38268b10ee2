"""Where a terminal keeps its bundles: a folder with one file a bundle, and a pointer to one of them.

A new bundle is on disk whole before the pointer moves, and the pointer moves by a rename, so that a
power cut leaves the old templates or the new ones. The one before is kept: a slip that it made can be
made again. A bundle is verified each time it is read.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import structlog
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from kiosk.receipts.errors import BundleError
from kiosk.receipts.templates.bundle import LONGEST, Bundle, check, unpack
from kiosk.receipts.templates.library import TemplateSet

_POINTER = "current"
_SUFFIX = ".bundle"
_ALARM = "template refused"

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleStore:
    """The bundles of one terminal, signed by `key`."""

    folder: Path
    key: Ed25519PublicKey

    def install(self, data: bytes) -> Bundle:
        """Take a bundle into use. The same one again changes nothing.

        Raises:
            BundleError: it is not signed, a template in it would be refused, or it is older than
                the one in use. That one stays in use.
            OSError: it cannot be written; the one in use stays in use.
        """
        bundle = unpack(data, self.key)
        present = self._present()
        if present is not None and present.id == bundle.id and present.version >= bundle.version:
            if present == bundle:
                return bundle
            raise BundleError(
                f"{bundle.id} {bundle.version} is not newer than version {present.version} in use"
            )
        check(bundle)
        name = _file_of(bundle)
        self._write(name, data)
        self._write(_POINTER, name.encode())
        self._forget_all_but(name, None if present is None else _file_of(present))
        _log.info("slip_templates_switched", bundle=bundle.id, version=bundle.version)
        return bundle

    def sets(self) -> tuple[TemplateSet, ...]:
        """The templates in use, and after them those that were before. A bundle that cannot be used
        is left out, with an alarm.
        """
        current = self._pointed_at()
        if current is None:
            return ()
        others = sorted(path.name for path in self.folder.glob(f"*{_SUFFIX}"))
        names = (current, *(name for name in others if name != current))
        return tuple(self._readable(names))

    def _readable(self, names: tuple[str, ...]) -> Iterator[TemplateSet]:
        for name in names:
            try:
                yield self._read(name).templates_set
            except (BundleError, OSError) as error:
                _log.error("slip_bundle_refused", alarm=_ALARM, bundle=name, why=str(error))

    def _present(self) -> Bundle | None:
        """The bundle in use; None where there is none that can be read: then any will do."""
        current = self._pointed_at()
        try:
            return None if current is None else self._read(current)
        except (BundleError, OSError):
            return None

    def _pointed_at(self) -> str | None:
        try:
            name = (self.folder / _POINTER).read_text("utf-8").strip()
        except (FileNotFoundError, UnicodeDecodeError):
            return None
        return name if name == Path(name).name and name.endswith(_SUFFIX) else None

    def _read(self, name: str) -> Bundle:
        with (self.folder / name).open("rb") as file:
            return unpack(file.read(LONGEST + 1), self.key)

    def _write(self, name: str, data: bytes) -> None:
        draft = self.folder / f"{name}.new"
        with draft.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.folder / name)
        folder = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def _forget_all_but(self, *kept: str | None) -> None:
        for path in self.folder.glob(f"*{_SUFFIX}"):
            if path.name not in kept:
                path.unlink(missing_ok=True)


def _file_of(bundle: Bundle) -> str:
    return f"{bundle.id}-{bundle.version}{_SUFFIX}"
