"""Every sign that a printer has, and a QR code: what a technician looks at before the test slip.

Bytes and no receipt: it names nobody and says nothing about money. The slip behind it carries hotline
and terminal; this page must never end a slip by itself.
"""

from typing import Final

from drivers.printers.models import PrinterModel, QrMode
from kiosk.receipts._escpos import new_builder

_PROFILE: Final = "TM-T88V"
_RESET: Final = b"\x1b@"
_CHOOSE_PAGE: Final = b"\x1bt"
_LINE_FEED: Final = b"\n"
_IN_A_ROW: Final = 16
_FIRST_SIGN: Final = 0x20
_NO_SIGN: Final = 0x7F
_QR_CORRECTION_M: Final = 1
_QR_DOTS: Final = 4


def device_page(model: PrinterModel, qr: str) -> bytes:
    """The page for this model, from reset to the last line; `qr` is what the code says."""
    rows = [_row(model, start) for start in range(_FIRST_SIGN, 0x100, _IN_A_ROW)]
    builder = new_builder(_PROFILE)
    builder.qr(qr, ec=_QR_CORRECTION_M, size=_QR_DOTS, native=model.qr is QrMode.NATIVE)
    chosen = _CHOOSE_PAGE + bytes([model.code_page])
    return _RESET + chosen + _LINE_FEED.join(rows) + _LINE_FEED + builder.output


def _row(model: PrinterModel, start: int) -> bytes:
    """One row: the number of its first sign and the signs, a gap where the page has none."""
    signs = (_sign(model, code) for code in range(start, start + _IN_A_ROW))
    return f"{start:02X}  ".encode("ascii") + b"".join(signs)


def _sign(model: PrinterModel, code: int) -> bytes:
    one = bytes([code])
    if code == _NO_SIGN:
        return b" "
    sign = one.decode(model.encoding, errors="ignore")
    return one if sign and sign.isprintable() else b" "
