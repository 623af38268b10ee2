"""The Epson set, which most printers have (facts sheet receipts §2.1).

question   bit 2 (04)          bit 3 (08)          bit 5 (20)            bit 6 (40)
1 printer  drawer              offline             waits for recovery    feed button
2 offline  cover open          fed by button       stopped, paper end    error occurred
3 error    recoverable (some)  cutter              unrecoverable         recovers by itself
4 paper    near end            near end            out                   out
"""

from typing import Final

from drivers.printers.contract import Paper, PrinterState
from drivers.printers.dialects.dialect import Answers, Dialect, Question, bit

_PRINTER, _CAUSE, _ERROR, _PAPER = 1, 2, 3, 4

_OFFLINE: Final = 0x08
_COVER_OPEN: Final = 0x04
_STOPPED_BY_PAPER_END: Final = 0x20
_ERROR_OCCURRED: Final = 0x40
_CUTTER: Final = 0x08
_UNRECOVERABLE: Final = 0x20
_RECOVERABLE: Final = 0x44
_NEAR_END: Final = 0x0C
_PAPER_OUT: Final = 0x60


def decode(answers: Answers) -> PrinterState:
    """Join the answers to the four questions into one state."""
    cutter, fatal = bit(answers, _ERROR, _CUTTER), bit(answers, _ERROR, _UNRECOVERABLE)
    recoverable = bit(answers, _ERROR, _RECOVERABLE)
    if bit(answers, _CAUSE, _ERROR_OCCURRED) and True not in (cutter, fatal):
        recoverable = True
    return PrinterState(
        reachable=True,
        online=online(answers),
        cover_open=bit(answers, _CAUSE, _COVER_OPEN),
        paper=_paper(answers),
        cutter_error=cutter,
        fatal_error=fatal,
        recoverable_error=recoverable,
    )


def online(answers: Answers) -> bool | None:
    """What question 1 says; the same in every dialect."""
    offline = bit(answers, _PRINTER, _OFFLINE)
    return None if offline is None else not offline


def stopped_by_paper_end(answers: Answers) -> bool:
    """What question 2 says of the paper; the same in every dialect that has it."""
    return bit(answers, _CAUSE, _STOPPED_BY_PAPER_END) is True


def _paper(answers: Answers) -> Paper:
    # Either bit of a pair counts: some printers set only one of the two.
    if stopped_by_paper_end(answers) or bit(answers, _PAPER, _PAPER_OUT):
        return Paper.OUT
    near = bit(answers, _PAPER, _NEAR_END)
    if near is None:
        return Paper.UNKNOWN
    return Paper.NEAR_END if near else Paper.OK


EPSON: Final = Dialect(
    questions=(Question(_PRINTER), Question(_CAUSE), Question(_ERROR), Question(_PAPER)),
    decode=decode,
    reports_off=b"\x1da\x00",
    recovers=True,
)
