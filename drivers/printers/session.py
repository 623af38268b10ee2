"""Sorts the bytes that a printer sends, without I/O.

Five things share the line and must not be taken for one another: answers to `DLE EOT`, the full
answer of Custom printers (six bytes, §2.5), the answer of the fence `GS r 1` (facts sheet receipts
§2.2), XON and XOFF, and unasked status reports of four bytes (ASB, §2.3).

    byte                 bits 7 4 1 0   meaning
    0x11, 0x13                          XON, XOFF
    (b & 0x93) == 0x12   0 1 1 0        answer to DLE EOT
    (b & 0x93) == 0x10   0 1 0 0        head of a report; three bytes with bit 4 clear follow
    (b & 0x90) == 0x00   0 0 . .        answer to GS r 1, unless it belongs to a report
    10 0F                               head of a full answer, where they are given; four bytes of
                                        any value follow
"""

from dataclasses import dataclass
from typing import Final

from drivers.printers.dialects.dialect import FULL_HEAD, FULL_LENGTH, is_status_answer

FENCE: Final = b"\x1dr\x01"

_XON: Final = 0x11
_XOFF: Final = 0x13
_REPORT_LENGTH: Final = 4
_FENCE_PAPER_OUT: Final = 0x0C


@dataclass(frozen=True, slots=True)
class StatusByte:
    """The answer to a real-time query."""

    value: int


@dataclass(frozen=True, slots=True)
class FullStatus:
    """The answer of six bytes to a real-time query."""

    data: bytes


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


Incoming = StatusByte | FullStatus | FenceByte | FlowByte | Report | Noise


class ByteSorter:
    """Tells incoming bytes apart; feed it every byte, also those that nobody waits for."""

    def __init__(self) -> None:
        self._begun = bytearray()
        self._in_full = False
        self._full_expected = False

    def expect_full(self, *, expected: bool) -> None:
        """Whether this printer gives full answers: only then can one begin."""
        self._full_expected = expected

    def abandon(self) -> list[Incoming]:
        """The line has been quiet: what has begun will not be completed any more."""
        broken: list[Incoming] = [Noise(value) for value in self._begun]
        self._begun.clear()
        self._in_full = False
        return broken

    def feed(self, data: bytes) -> list[Incoming]:
        """Return what `data` completes, in order."""
        return [incoming for byte in data for incoming in self._take(byte)]

    def _take(self, byte: int) -> list[Incoming]:
        if self._in_full:
            return self._continue_full(byte)
        if byte in (_XON, _XOFF):
            return [FlowByte(byte == _XOFF)]
        if self._begins_full(byte):
            self._in_full = True
            return self._continue_full(byte)
        if self._begun and not byte & 0x90:
            return self._continue_report(byte)
        return self.abandon() + self._begin(byte)

    def _begins_full(self, byte: int) -> bool:
        return self._full_expected and bytes([*self._begun, byte]) == FULL_HEAD

    def _continue_full(self, byte: int) -> list[Incoming]:
        self._begun.append(byte)
        if len(self._begun) < FULL_LENGTH:
            return []
        full = FullStatus(bytes(self._begun))
        self._begun.clear()
        self._in_full = False
        return [full]

    def _continue_report(self, byte: int) -> list[Incoming]:
        self._begun.append(byte)
        if len(self._begun) < _REPORT_LENGTH:
            return []
        report = Report(bytes(self._begun))
        self._begun.clear()
        return [report]

    def _begin(self, byte: int) -> list[Incoming]:
        if is_status_answer(byte):
            return [StatusByte(byte)]
        if byte & 0x93 == 0x10:
            self._begun.append(byte)
            return []
        if byte & 0x90 == 0:
            return [FenceByte(byte)]
        return [Noise(byte)]
