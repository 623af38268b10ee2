"""Reads the pictures of a brand as the screen will, and says what is wrong with them.

A picture is decoded once at start, by the same reader that draws it later: what passes here is
drawn. It must never change a file.
"""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage, QImageReader

from ui.brand.contrast import ratio

LARGEST_FILE = 5_000_000
"""Bytes; a kiosk board decodes it before the first screen."""
SMALLEST_SIDE = 48
LARGEST_SIDE = 4_000
KINDS = {".png": "png", ".svg": "svg"}
SLIDE_KINDS = {**KINDS, ".jpg": "jpeg", ".jpeg": "jpeg"}

_SAMPLE = 48
_SEEN_FROM = 3.0
_SEEN_SHARE = 0.04
_OPAQUE = 128


class PictureError(ValueError):
    """The picture cannot be shown; the message says why."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A readable picture and its size in pixels (of an SVG: the size it names)."""

    path: Path
    width: int
    height: int

    @property
    def shape(self) -> float:
        """Its width for each pixel of height."""
        return self.width / self.height


def read_picture(path: Path, kinds: dict[str, str]) -> Picture:
    """Return the picture. Raises PictureError when there is none that can be shown."""
    kind = kinds.get(path.suffix.lower())
    if kind is None:
        raise PictureError(f"{path}: must be one of {', '.join(sorted(kinds))}")
    try:
        size = path.stat().st_size
    except OSError as error:
        raise PictureError(f"{path}: cannot be read: {error.strerror}") from None
    if not path.is_file() or size == 0:
        raise PictureError(f"{path}: is no file, or empty")
    if size > LARGEST_FILE:
        raise PictureError(f"{path}: has {size} bytes; at most {LARGEST_FILE} are allowed")
    return _decoded(path, kind)


def seen_on(picture: Picture, ground: str) -> bool:
    """Return True when enough of the picture stands out from a ground of this colour."""
    reader = QImageReader(str(picture.path))
    reader.setScaledSize(QSize(_SAMPLE, _SAMPLE))
    image = reader.read().convertToFormat(QImage.Format.Format_ARGB32)
    seen = sum(
        ratio(colour.name().upper(), ground) >= _SEEN_FROM
        for x in range(image.width())
        for y in range(image.height())
        for colour in [QColor.fromRgba(image.pixel(x, y))]
        if colour.alpha() >= _OPAQUE
    )
    return seen >= image.width() * image.height() * _SEEN_SHARE


def _decoded(path: Path, kind: str) -> Picture:
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    found = bytes(reader.format().data()).decode()
    if found != kind:
        raise PictureError(f"{path}: holds {found or 'no picture'}, not {kind}")
    size = reader.size()
    if not size.isValid() or not size.width() or not size.height():
        raise PictureError(f"{path}: names no size (an SVG needs width and height, or a viewBox)")
    smallest, largest = sorted((size.width(), size.height()))
    if smallest < SMALLEST_SIDE or largest > LARGEST_SIDE:
        raise PictureError(
            f"{path}: is {size.width()}x{size.height()} pixels; "
            f"each side must have {SMALLEST_SIDE} to {LARGEST_SIDE}"
        )
    if reader.read().isNull():
        raise PictureError(f"{path}: is damaged: {reader.errorString()}")
    return Picture(path=path, width=size.width(), height=size.height())
