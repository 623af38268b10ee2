"""The byte builder of python-escpos, imported without its side effects.

Its import adds a handler to the root logger and leaves a new temporary directory with a pickle at
each start (facts sheet receipts §1.6 B11). Here the root logger is put back as it was, and the
pickle is written into a private directory that is removed at once: reading a pickle that another
user could have planted would be worse than parsing again. The device classes of the library must
never be used. The import takes a third of a second, so it waits for the first slip.
"""

import importlib
import logging
import os
import tempfile
from collections.abc import Callable
from functools import cache
from threading import Lock
from types import ModuleType
from typing import Protocol, cast

_PICKLE_DIR = "ESCPOS_CAPABILITIES_PICKLE_DIR"
_ONE_IMPORT = Lock()


class ByteBuilder(Protocol):
    """The few methods of the library's `Dummy` that slips are made with."""

    output: bytes

    def charcode(self, code: str) -> None:
        """Select a code page for all text that follows."""

    def text(self, txt: str) -> None:
        """Append text."""

    def set(
        self,
        *,
        align: str | None = None,
        bold: bool | None = None,
        normal_textsize: bool | None = None,
        double_width: bool | None = None,
        double_height: bool | None = None,
    ) -> None:
        """Append the bytes that choose place and weight of what follows, for what is given."""

    def qr(self, content: str, *, ec: int, size: int, native: bool) -> None:
        """Append a QR code: drawn by the printer itself, or sent as a picture."""

    def clear(self) -> None:
        """Forget the bytes made so far, but not the code page."""


def new_builder(profile: str) -> ByteBuilder:
    """Return a fresh builder: one a slip, because it remembers the code page it has chosen."""
    with _ONE_IMPORT:  # it borrows settings of the whole process while it is imported
        builder = _dummy_class()
    return cast(ByteBuilder, builder(profile=profile))


@cache
def _dummy_class() -> Callable[..., object]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    chosen, usual_place = os.environ.get(_PICKLE_DIR), tempfile.tempdir
    with tempfile.TemporaryDirectory(prefix="kiosk-escpos-") as private:
        # Both are needed: the library makes its own directory even when it is told to use another.
        os.environ[_PICKLE_DIR] = tempfile.tempdir = private
        try:
            library = importlib.import_module("escpos.printer")
            _teach_kazakh(importlib.import_module("escpos.codepages"))
        finally:
            tempfile.tempdir = usual_place
            os.environ.pop(_PICKLE_DIR)
            if chosen is not None:
                os.environ[_PICKLE_DIR] = chosen
            root.handlers[:] = handlers
            root.setLevel(level)
    return cast(Callable[..., object], library.Dummy)


def _teach_kazakh(library: ModuleType) -> None:
    """The library knows the number of the Kazakh page, but not the letters on it."""
    library.CodePages.get_encoding("RK1048")["python_encode"] = "kz1048"
