"""The byte builder of python-escpos, imported without its side effects.

Its import adds a handler to the root logger and leaves a new temporary directory with a pickle at
each start (facts sheet receipts §1.6 B11). Here the root logger is put back as it was, and the
pickle is written into a private directory that is removed at once: reading a pickle that another
user could have planted would be worse than parsing again. The device classes of the library must
never be used.
"""

import importlib
import logging
import os
import tempfile
from collections.abc import Callable
from typing import Protocol, cast

_PICKLE_DIR = "ESCPOS_CAPABILITIES_PICKLE_DIR"


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
        align: str,
        bold: bool,
        normal_textsize: bool,
        double_width: bool,
        double_height: bool,
    ) -> None:
        """Append the bytes that choose place and weight of what follows."""

    def qr(self, content: str, *, ec: int, size: int, native: bool) -> None:
        """Append a QR code that the printer draws itself."""

    def clear(self) -> None:
        """Forget the bytes made so far, but not the code page."""


def new_builder(profile: str) -> ByteBuilder:
    """Return a fresh builder: one a slip, because it remembers the code page it has chosen."""
    return cast(ByteBuilder, _new_dummy(profile=profile))


def _import_dummy() -> Callable[..., object]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    chosen, usual_place = os.environ.get(_PICKLE_DIR), tempfile.tempdir
    with tempfile.TemporaryDirectory(prefix="kiosk-escpos-") as private:
        # Both are needed: the library makes its own directory even when it is told to use another.
        os.environ[_PICKLE_DIR] = tempfile.tempdir = private
        try:
            library = importlib.import_module("escpos.printer")
        finally:
            tempfile.tempdir = usual_place
            os.environ.pop(_PICKLE_DIR)
            if chosen is not None:
                os.environ[_PICKLE_DIR] = chosen
            root.handlers[:] = handlers
            root.setLevel(level)
    return cast(Callable[..., object], library.Dummy)


_new_dummy = _import_dummy()
