"""Sorts the bytes that a printer sends, without I/O.

Four things share the line and must not be taken for one another: answers to `DLE EOT`, the answer
of the fence `GS r 1` (facts sheet receipts §2.2), XON and XOFF, and unasked status reports of four
bytes (ASB, §2.3).

    byte                 bits 7 4 1 0   meaning
    0x11, 0x13                          XON, XOFF
    (b & 0x93) == 0x12   0 1 1 0        answer to DLE EOT
    (b & 0x93) == 0x10   0 1 0 0        head of a report; three bytes with bit 4 clear follow
    (b & 0x90) == 0x00   0 0 . .        answer to GS r 1, unless it belongs to a report
"""

from dataclasses import dataclass

from drivers.printers.status import is_status_answer

FENCE = b"\x1dr\x01"
REPORTS_OFF = b"\x1da\x00"

_XON = 0x11
_XOFF = 0x13
_REPORT_LENGTH = 4
_FENCE_PAPER_OUT = 0x0C


@dataclass(frozen=True, slots=True)
class StatusByte:
    """The answer to a real-time query."""

    value: int


@dataclass(frozen=True, slots=True)
class FenceByte:
    """The answer of the fence: everything sent before it has been processed."""

    value: int

    @property
    def paper_out(self) -> bool:
        """True when the printer says that the roll ended; the slip may then be torn short."""
        return bool(self.value & _FENCE_PAPER_OUT)


@dataclass(frozen=True, slots=True)
class FlowByte:
    """The printer's buffer is full, or free again."""

    paused: bool


@dataclass(frozen=True, slots=True)
class Report:
    """A status report that nobody asked for."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Noise:
    """A byte that fits nothing."""

    value: int


Incoming = StatusByte | FenceByte | FlowByte | Report | Noise


class ByteSorter:
    """Tells incoming bytes apart; feed it every byte, also those that nobody waits for."""

    def __init__(self) -> None:
        self._report = bytearray()

    def feed(self, data: bytes) -> list[Incoming]:
        """Return what `data` completes, in order."""
        return [incoming for byte in data for incoming in self._take(byte)]

    def _take(self, byte: int) -> list[Incoming]:
        if byte in (_XON, _XOFF):
            return [FlowByte(byte == _XOFF)]
        if self._report and not byte & 0x90:
            return self._continue_report(byte)
        broken: list[Incoming] = [Noise(value) for value in self._report]
        self._report.clear()
        return broken + self._begin(byte)

    def _continue_report(self, byte: int) -> list[Incoming]:
        self._report.append(byte)
        if len(self._report) < _REPORT_LENGTH:
            return []
        report = Report(bytes(self._report))
        self._report.clear()
        return [report]

    def _begin(self, byte: int) -> list[Incoming]:
        if is_status_answer(byte):
            return [StatusByte(byte)]
        if byte & 0x93 == 0x10:
            self._report.append(byte)
            return []
        if byte & 0x90 == 0:
            return [FenceByte(byte)]
        return [Noise(byte)]
