"""A slip as the bytes that an ESC/POS printer takes.

The recipe (facts sheet receipts §1.7): a fresh builder for each slip, `ESC @` as raw bytes before
all, the page chosen once, text normalised before it is padded, no change of font, QR drawn by the
printer where it can. Cut and presenter come from the table of models. It must never send the reset
again: after it the builder would not choose the page anew and all Russian text would come out as
garbage.
"""

from dataclasses import dataclass
from typing import assert_never

import structlog

from drivers.printers.models import PrinterModel, QrMode
from kiosk.receipts._escpos import ByteBuilder, new_builder
from kiosk.receipts.layout import Line, QrRow, Row, lay_out
from kiosk.receipts.model import Align, Receipt, Size
from kiosk.receipts.pages import page_for
from kiosk.receipts.wrapping import split_at

PROFILE = "TM-T88V"
_NAMES = {"cp866": "CP866", "cp1251": "CP1251", "kz1048": "RK1048"}
"""What the library calls a page. Another page needs a name here, and a builder's profile with it."""
_RESET = b"\x1b@"
_CHOOSE_PAGE = b"\x1bt"
_FEED_LINES = b"\x1bd"
_QR_MODULE_DOTS = 6
_RASTER_MODULE_DOTS = 4
"""A code that has to be sent dot by dot is made smaller: the line is slow."""
_QR_CORRECTION_M = 1

_log = structlog.get_logger(__name__)


@dataclass(slots=True)
class _Pen:
    """The style that the printer is left in; it is told only what changes, the line is slow."""

    builder: ByteBuilder
    align: Align = Align.LEFT
    bold: bool = False
    size: Size = Size.NORMAL

    def style(self, align: Align, size: Size, *, bold: bool) -> None:
        if size is not self.size:
            self.builder.set(
                normal_textsize=size is Size.NORMAL,
                double_width=size is Size.DOUBLE,
                double_height=size is not Size.NORMAL,
            )
            self.size, self.bold = size, False  # the order for the size takes bold away
        if bold is not self.bold:
            self.builder.set(bold=bold)
            self.bold = bold
        if align is not self.align:
            self.builder.set(align=align.value)
            self.align = align


def render_bytes(receipt: Receipt, model: PrinterModel) -> bytes:
    """Return the bytes of one slip for one printer model, from reset to cut."""
    page = page_for(model, receipt.language)
    layout = lay_out(receipt, model.columns, page.name)
    if layout.unknown:
        signs = sorted(f"U+{ord(sign):04X}" for sign in layout.unknown)
        _log.warning("slip_signs_not_on_page", kind=receipt.kind.value, signs=signs)
    builder = new_builder(PROFILE)
    builder.charcode(_NAMES[page.name])
    builder.clear()  # the builder has its page; this printer may have it under another number
    pen = _Pen(builder)
    for line in layout.lines:
        _append_line(pen, line, model.qr)
    chosen = _CHOOSE_PAGE + bytes([page.number])
    end = _FEED_LINES + bytes([model.feed_lines]) + model.finish
    return _RESET + chosen + builder.output + end


def _append_line(pen: _Pen, line: Line, mode: QrMode) -> None:
    match line:
        case Row(text=""):
            pen.builder.text("\n")
        case Row(accents=()):
            pen.style(line.align, line.size, bold=line.bold)
            pen.builder.text(f"{line.text}\n")
        case Row():
            pen.style(line.align, line.size, bold=line.bold)
            for text, bold in split_at(line.text, line.accents):
                pen.style(line.align, line.size, bold=bold or line.bold)
                pen.builder.text(text)
            pen.builder.text("\n")
        case QrRow():
            pen.style(Align.CENTER, Size.NORMAL, bold=False)
            native = mode is QrMode.NATIVE
            dots = _QR_MODULE_DOTS if native else _RASTER_MODULE_DOTS
            pen.builder.qr(line.payload, ec=_QR_CORRECTION_M, size=dots, native=native)
        case _:
            assert_never(line)
