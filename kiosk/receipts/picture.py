"""A slip as a picture, for the screen and for support.

Set in the same rows as the printed one, at the printer's own dots. It must never be the only proof
of a payment: the journal's text is.
"""

import io
from pathlib import Path
from typing import assert_never

from PIL import Image, ImageOps

from drivers.printers.models import PrinterModel
from kiosk.receipts.canvas import Ink, SlipCanvas
from kiosk.receipts.layout import Line, QrRow, Row, lay_out
from kiosk.receipts.model import Align, Receipt, Size
from kiosk.receipts.pages import page_for
from kiosk.receipts.wrapping import split_at

_QR_MODULE_DOTS = 6
_MARGIN = 24


def render_picture(receipt: Receipt, model: PrinterModel, font: Path) -> bytes:
    """Return the slip as PNG. `font` is a monospaced TrueType file with Cyrillic letters.

    Raises:
        OSError: the font cannot be read.
    """
    png = io.BytesIO()
    draw_picture(receipt, model, font).save(png, format="PNG", optimize=True)
    return png.getvalue()


def draw_picture(receipt: Receipt, model: PrinterModel, font: Path) -> Image.Image:
    """Return the slip as it lies before one, black on white.

    Raises:
        OSError: the font cannot be read.
    """
    canvas = SlipCanvas(model.dots, font)
    page = page_for(model, receipt.language)
    for line in lay_out(receipt, model.columns, page.name).lines:
        _draw(canvas, line)
    picture: Image.Image = ImageOps.invert(canvas.ink())
    return ImageOps.expand(picture, border=_MARGIN, fill=255)


def _draw(canvas: SlipCanvas, line: Line) -> None:
    match line:
        case Row():
            wide, tall = line.size is Size.DOUBLE, line.size is not Size.NORMAL
            stretches = split_at(line.text, line.accents)
            inks = (
                Ink(text=text, bold=bold or line.bold, wide=wide, tall=tall)
                for text, bold in stretches
            )
            canvas.line(tuple(inks), line.align)
        case QrRow():
            canvas.qr(line.payload, module=_QR_MODULE_DOTS, correction="M", align=Align.CENTER)
        case _:
            assert_never(line)
