"""Coarse pictures of the screens: what is kept of a screen to see later that it still looks so.

A screen is shrunk to cells of a few letters' size and each cell keeps its mean colour. Another
rasteriser, hinting or font version changes the edges of letters but hardly a cell's mean; a text that
is gone, a block that moved, a colour that changed changes many. One file holds all pictures of one
kind, as a film strip.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter

CELL = 16
"""Pixels of a side; a line of small text is two cells high."""

NOTICED = 26
"""Of 255: so much another mean of a cell is a difference that is not the edge of a letter."""
ALLOWED = 0.006
"""Share of cells that may differ: a line of small text on an else equal screen is more."""


def coarse(picture: QImage) -> QImage:
    """Return the mean colours of a screen's cells."""
    return picture.scaled(
        picture.width() // CELL,
        picture.height() // CELL,
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    ).convertToFormat(QImage.Format.Format_RGB32)


def difference(one: QImage, other: QImage) -> float:
    """Return the share of cells that differ to the eye, from 0 to 1; 1 for another size."""
    if one.size() != other.size():
        return 1.0
    width, height = one.width(), one.height()
    first, second = bytes(one.constBits()), bytes(other.constBits())
    changed = sum(
        max(
            abs(first[at] - second[at]),
            abs(first[at + 1] - second[at + 1]),
            abs(first[at + 2] - second[at + 2]),
        )
        > NOTICED
        for at in range(0, width * height * 4, 4)
    )
    return changed / (width * height)


def write_strip(path: Path, pictures: Mapping[str, QImage]) -> None:
    """Write pictures of one size side by side into one PNG, with their names in order."""
    first = next(iter(pictures.values()))
    strip = QImage(first.width() * len(pictures), first.height(), QImage.Format.Format_RGB32)
    painter = QPainter(strip)
    for number, picture in enumerate(pictures.values()):
        painter.drawImage(number * first.width(), 0, picture)
    painter.end()
    strip.setText("names", " ".join(pictures))
    if not strip.save(str(path)):
        raise OSError(f"{path} could not be written")


def read_strip(path: Path) -> dict[str, QImage]:
    """Return the pictures of a strip by name; none when there is no such file."""
    strip = QImage(str(path))
    names: Sequence[str] = strip.text("names").split()
    if not names:
        return {}
    width = strip.width() // len(names)
    return {
        name: strip.copy(QRect(number * width, 0, width, strip.height())).convertToFormat(
            QImage.Format.Format_RGB32
        )
        for number, name in enumerate(names)
    }
