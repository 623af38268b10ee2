"""Citizen PPU-700: the Epson questions with bits of its own and two more (facts sheet §2.7).

    question   bit 2 (04)               bit 3 (08)  bit 5 (20)     bit 6 (40)
    1, 2       as in the Epson set
    3 error    black mark or presenter  cutter      .              .
    4 paper    near end 1               near end 2  out            slip in the presenter
    5 machine  cover open               head hot    voltage low    voltage high
    6 fault    memory                   memory      presenter      processor

In question 4 the bits are four facts, not two pairs: read as Epson's, a held slip is an empty roll.
"""

from typing import Final

from drivers.printers.contract import Paper, Presenter, PrinterState
from drivers.printers.dialects.dialect import Answers, Dialect, Question, bit, either
from drivers.printers.dialects.epson import online, stopped_by_paper_end

_CAUSE, _ERROR, _PAPER, _MACHINE, _FAULT = 2, 3, 4, 5, 6

_COVER_OPEN: Final = 0x04
_ERROR_OCCURRED: Final = 0x40
_PRESENTER_OR_MARK: Final = 0x04
_CUTTER: Final = 0x08
_NEAR_END: Final = 0x0C
_OUT: Final = 0x20
_HELD: Final = 0x40
_HEAD_HOT: Final = 0x08
_VOLTAGE: Final = 0x60
_MEMORY_OR_PROCESSOR: Final = 0x4C
_PRESENTER: Final = 0x20


def decode(answers: Answers) -> PrinterState:
    """Join the answers to the six questions into one state."""
    cutter = bit(answers, _ERROR, _CUTTER)
    jam = either(
        bit(answers, _ERROR, _PRESENTER_OR_MARK),
        bit(answers, _FAULT, _PRESENTER),
    )
    head, voltage = bit(answers, _MACHINE, _HEAD_HOT), bit(answers, _MACHINE, _VOLTAGE)
    fatal = bit(answers, _FAULT, _MEMORY_OR_PROCESSOR)
    unnamed = True not in (cutter, jam, head, voltage, fatal)
    error = bit(answers, _CAUSE, _ERROR_OCCURRED)
    return PrinterState(
        reachable=True,
        online=online(answers),
        cover_open=either(
            bit(answers, _CAUSE, _COVER_OPEN),
            bit(answers, _MACHINE, _COVER_OPEN),
        ),
        paper=_paper(answers),
        cutter_error=cutter,
        jam=jam,
        head_hot=head,
        voltage_wrong=voltage,
        fatal_error=fatal,
        recoverable_error=None if error is None else error and unnamed,
        presenter=_presenter(answers),
    )


def _paper(answers: Answers) -> Paper:
    if stopped_by_paper_end(answers) or bit(answers, _PAPER, _OUT):
        return Paper.OUT
    near = bit(answers, _PAPER, _NEAR_END)
    if near is None:
        return Paper.UNKNOWN
    return Paper.NEAR_END if near else Paper.OK


def _presenter(answers: Answers) -> Presenter:
    if bit(answers, _FAULT, _PRESENTER):
        return Presenter.JAM
    held = bit(answers, _PAPER, _HELD)
    if held is None:
        return Presenter.UNKNOWN
    return Presenter.HOLDING if held else Presenter.EMPTY


CITIZEN_PPU: Final = Dialect(
    questions=tuple(Question(number) for number in range(1, 7)),
    decode=decode,
    reports_off=b"\x1da\x00",
    tells_rest=True,
)
