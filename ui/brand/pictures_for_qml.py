"""Gives the screens the brand's pictures: the logo, slides cut to their place, icons in its colours.

Addresses: `image://brand/logo`, `image://brand/slide/NUMBER`, `image://brand/icon/TONE/NAME`. A
picture that is gone meanwhile is an empty one, never an error on the screen.
"""

from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter, QPainterPath
from PySide6.QtQuick import QQuickImageProvider
from PySide6.QtSvg import QSvgRenderer

from ui.brand.brand import Brand
from ui.icons.paint import SOURCE, STROKE

NAME = "brand"
_CORNER = 0.09
"""Of a slide, for each pixel of its height."""
_TONES = {"brand": "brand", "action": "action", "warm": "warm"}
"""Tones of icons that a brand repaints, and the token that tells their colour."""


class BrandPictures(QQuickImageProvider):
    """Pictures by address; asked in the Qt thread, and cached by QML."""

    def __init__(self, brand: Brand) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)
        self._brand = brand

    def requestImage(self, address: str, _size: QSize, wanted: QSize) -> QImage:  # noqa: N802
        match address.split("/"):
            case ["logo"] if self._brand.logo is not None:
                return _scaled(self._brand.logo, wanted, Qt.AspectRatioMode.KeepAspectRatio)
            case ["slide", number]:
                return _slide(self._brand.slides[int(number)].image, wanted)
            case ["icon", tone, name]:
                return _icon(SOURCE / f"{name}.svg", self._brand.colours[_TONES[tone]], wanted)
            case _:
                return _empty(wanted)


def _scaled(path: Path, wanted: QSize, mode: Qt.AspectRatioMode) -> QImage:
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    reader.setScaledSize(reader.size().scaled(wanted, mode))
    image = reader.read()
    return image if not image.isNull() else _empty(wanted)


def _slide(path: Path, wanted: QSize) -> QImage:
    """Fill the place, cut what stands over, round the corners: the renderer cannot clip to them."""
    image = _scaled(path, wanted, Qt.AspectRatioMode.KeepAspectRatioByExpanding)
    cut = _empty(wanted)
    painter = QPainter(cut)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    corner = wanted.height() * _CORNER
    outline = QPainterPath()
    outline.addRoundedRect(QRectF(0, 0, wanted.width(), wanted.height()), corner, corner)
    painter.setClipPath(outline)
    left, top = (wanted.width() - image.width()) // 2, (wanted.height() - image.height()) // 2
    painter.drawImage(left, top, image)
    painter.end()
    return cut


def _icon(source: Path, colour: str, wanted: QSize) -> QImage:
    text = source.read_text(encoding="utf-8").replace("currentColor", colour)
    text = text.replace('stroke-width="2"', f'stroke-width="{STROKE}"')
    image = _empty(wanted)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(text.encode())).render(painter)
    painter.end()
    return image


def _empty(wanted: QSize) -> QImage:
    image = QImage(wanted.expandedTo(QSize(1, 1)), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    return image
