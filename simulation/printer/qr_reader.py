"""Reads the native QR functions of `GS ( k` as a strict printer would (facts sheet receipts §1.5)."""

from typing import Final

from kiosk.receipts.model import Align
from simulation.printer.paper import PrintedQr

CODE_TYPE: Final = 0x31
_CORRECTIONS: Final = {0x30: "L", 0x31: "M", 0x32: "Q", 0x33: "H"}
_MODEL, _SIZE, _CORRECTION, _STORE, _PRINT = 65, 67, 69, 80, 81
_LARGEST_MODULE: Final = 16


class WrongQrError(ValueError):
    """The function is not one that a slip may use. The text says which."""


class QrReader:
    """What the printer keeps between the functions of one code."""

    def __init__(self) -> None:
        self._payload = b""
        self._module = 3
        self._correction = "L"

    def read(self, function: int, values: bytes, align: Align) -> PrintedQr | None:
        """Carry out one function; the code when it is printed. Raises WrongQrError."""
        if function == _MODEL and values == b"2\x00":
            return None
        if function == _SIZE and len(values) == 1 and 1 <= values[0] <= _LARGEST_MODULE:
            self._module = values[0]
        elif function == _CORRECTION and len(values) == 1 and values[0] in _CORRECTIONS:
            self._correction = _CORRECTIONS[values[0]]
        elif function == _STORE and values[:1] == b"0":
            self._payload = values[1:]
        elif function == _PRINT and values == b"0" and self._payload:
            return self._printed(align)
        else:
            raise WrongQrError(f"wrong QR function {function}")
        return None

    def _printed(self, align: Align) -> PrintedQr:
        return PrintedQr(
            payload=self._payload.decode("utf-8", errors="replace"),
            module=self._module,
            correction=self._correction,
            align=align,
        )
