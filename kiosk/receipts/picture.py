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

_QR_MODULE_DOTS = 6
_MARGIN = 24


def render_picture(receipt: Receipt, model: PrinterModel, font: Path) -> bytes:
    """Return the slip as PNG. `font` is a monospaced TrueType file with Cyrillic letters.

    Raises:
        OSError: the font cannot be read.
    """
    canvas = SlipCanvas(model.dots, font)
    for line in lay_out(receipt, model.columns).lines:
        _draw(canvas, line)
    picture: Image.Image = ImageOps.invert(canvas.ink())
    picture = ImageOps.expand(picture, border=_MARGIN, fill=255)
    png = io.BytesIO()
    picture.save(png, format="PNG", optimize=True)
    return png.getvalue()


def _draw(canvas: SlipCanvas, line: Line) -> None:
    match line:
        case Row():
            wide, tall = line.size is Size.DOUBLE, line.size is not Size.NORMAL
            ink = Ink(text=line.text, bold=line.bold, wide=wide, tall=tall)
            canvas.line((ink,), line.align)
        case QrRow():
            canvas.qr(line.payload, module=_QR_MODULE_DOTS, correction="M", align=Align.CENTER)
        case _:
            assert_never(line)
