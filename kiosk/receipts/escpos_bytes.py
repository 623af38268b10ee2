"""A slip as the bytes that an ESC/POS printer takes.

The recipe (facts sheet receipts §1.7): a fresh builder for each slip, `ESC @` as raw bytes before
all, CP866 chosen once, text normalised before it is padded, no change of font, QR drawn by the
printer. The cut comes from the table of models. It must never send the reset again: after it the
builder would not choose the page anew and all Russian text would come out as garbage.
"""

from dataclasses import dataclass
from typing import assert_never

import structlog

from drivers.printers.models import PrinterModel
from kiosk.receipts._escpos import ByteBuilder, new_builder
from kiosk.receipts.layout import Line, QrRow, Row, lay_out
from kiosk.receipts.model import Align, Receipt, Size

_PROFILE = "TM-T88V"
_PROFILE_CP866 = 17
_RESET = b"\x1b@"
_CHOOSE_PAGE = b"\x1bt"
_FEED_LINES = b"\x1bd"
_QR_MODULE_DOTS = 6
_QR_CORRECTION_M = 1


@dataclass(frozen=True, slots=True)
class _Style:
    align: Align
    bold: bool
    size: Size


_AFTER_RESET = _Style(Align.LEFT, False, Size.NORMAL)

_log = structlog.get_logger(__name__)


def render_bytes(receipt: Receipt, model: PrinterModel) -> bytes:
    """Return the bytes of one slip for one printer model, from reset to cut."""
    layout = lay_out(receipt, model.columns)
    if layout.unknown:
        signs = sorted(f"U+{ord(sign):04X}" for sign in layout.unknown)
        _log.warning("slip_signs_not_on_page", kind=receipt.kind.value, signs=signs)
    builder = new_builder(_PROFILE)
    page = _choose_page(builder, model.code_page)
    style = _AFTER_RESET
    for line in layout.lines:
        style = _append_line(builder, line, style)
    return _RESET + page + builder.output + _FEED_LINES + bytes([model.feed_lines]) + model.finish


def _choose_page(builder: ByteBuilder, code_page: int) -> bytes:
    """Let the builder believe that it chose CP866, and return the bytes that choose it here."""
    builder.charcode("CP866")
    chosen = builder.output
    builder.clear()
    return chosen if code_page == _PROFILE_CP866 else _CHOOSE_PAGE + bytes([code_page])


def _append_line(builder: ByteBuilder, line: Line, style: _Style) -> _Style:
    """Append one row and return the style that the printer is left in."""
    match line:
        case Row():
            wanted = _Style(line.align, line.bold, line.size)
            _change_style(builder, style, wanted)
            builder.text(f"{line.text}\n")
        case QrRow():
            wanted = _Style(Align.CENTER, False, Size.NORMAL)
            _change_style(builder, style, wanted)
            builder.qr(line.payload, ec=_QR_CORRECTION_M, size=_QR_MODULE_DOTS, native=True)
        case _:
            assert_never(line)
    return wanted


def _change_style(builder: ByteBuilder, now: _Style, wanted: _Style) -> None:
    if wanted == now:  # on a slow line each needless command is felt
        return
    builder.set(
        align=wanted.align.value,
        bold=wanted.bold,
        normal_textsize=wanted.size is Size.NORMAL,
        double_width=wanted.size is Size.DOUBLE,
        double_height=wanted.size is not Size.NORMAL,
    )
