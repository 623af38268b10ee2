"""Real-time status of ESC/POS printers: asking for it and reading the answers.

Implements `DLE EOT 1..4` (facts sheet receipts §2.1): one byte back, even when the printer is busy
or offline. Bits 0 and 7 are always clear, bits 1 and 4 always set; a byte that breaks this is no
answer. A missing answer is never good news: what is not known is reported as not ready. Leaves out
the full status of Custom printers (`DLE EOT 20`).

    query      bit 2 (04)          bit 3 (08)          bit 5 (20)            bit 6 (40)
    1 printer  drawer              offline             waits for recovery    feed button
    2 offline  cover open          fed by button       stopped, paper end    error occurred
    3 error    recoverable (some)  cutter              unrecoverable         recovers by itself
    4 paper    near end            near end            out                   out
"""

from collections.abc import Mapping
from enum import IntEnum

from drivers.printers.contract import Paper, PrinterState

_DLE_EOT = b"\x10\x04"
_FIXED_BITS = 0x93
_FIXED_VALUE = 0x12

_OFFLINE = 0x08
_COVER_OPEN = 0x04
_STOPPED_BY_PAPER_END = 0x20
_ERROR_OCCURRED = 0x40
_CUTTER = 0x08
_UNRECOVERABLE = 0x20
_RECOVERABLE = 0x44
_NEAR_END = 0x0C
_PAPER_OUT = 0x60


class StatusQuery(IntEnum):
    """What can be asked; the value is the command's argument."""

    PRINTER = 1
    OFFLINE_CAUSE = 2
    ERROR = 3
    PAPER = 4


def query_bytes(query: StatusQuery) -> bytes:
    """Return the command that asks for one status byte."""
    return _DLE_EOT + bytes([query])


def is_status_answer(byte: int) -> bool:
    """True when the fixed bits of `byte` are those of an answer to `DLE EOT`."""
    return byte & _FIXED_BITS == _FIXED_VALUE


def decode_status(answers: Mapping[StatusQuery, int]) -> PrinterState:
    """Join the answers to all four queries into one state.

    An absent or malformed answer counts as unknown: paper becomes UNKNOWN and any other gap means
    offline. With no valid answer at all the printer is not reachable.
    """
    valid = {query: byte for query, byte in answers.items() if is_status_answer(byte)}
    raw = " ".join(f"{answers[q]:02X}" if q in answers else "--" for q in StatusQuery)
    if not valid:
        return PrinterState(reachable=False, raw=raw)
    cause = valid.get(StatusQuery.OFFLINE_CAUSE, 0)
    error = valid.get(StatusQuery.ERROR, 0)
    cutter, fatal = bool(error & _CUTTER), bool(error & _UNRECOVERABLE)
    unnamed_error = bool(cause & _ERROR_OCCURRED) and not (cutter or fatal)
    return PrinterState(
        reachable=True,
        online=_is_online(valid),
        cover_open=bool(cause & _COVER_OPEN),
        paper=_paper(valid.get(StatusQuery.PAPER), cause),
        cutter_error=cutter,
        fatal_error=fatal,
        recoverable_error=bool(error & _RECOVERABLE) or unnamed_error,
        raw=raw,
    )


def _is_online(valid: Mapping[StatusQuery, int]) -> bool:
    printer = valid.get(StatusQuery.PRINTER, _OFFLINE)
    complete = StatusQuery.OFFLINE_CAUSE in valid and StatusQuery.ERROR in valid
    return complete and not printer & _OFFLINE


def _paper(sensor: int | None, cause: int) -> Paper:
    # Either bit of a pair counts: some printers set only one of the two.
    if cause & _STOPPED_BY_PAPER_END:
        return Paper.OUT
    if sensor is None:
        return Paper.UNKNOWN
    if sensor & _PAPER_OUT:
        return Paper.OUT
    return Paper.NEAR_END if sensor & _NEAR_END else Paper.OK
