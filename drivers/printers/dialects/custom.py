"""Custom's full status `DLE EOT 20` (facts sheet receipts §2.5): `10 0F` and four bytes.

    byte             01           02          04        08        20             40     80
    2 paper          out          .           near end  .         slip held out  .      notch
    3 user           head up      cover open  spooling  motor     button         button .
    4 recoverable    head hot     line error  .         voltage   not understood jam    notch search
    5 unrecoverable  cutter       cutter open memory    memory    .              flash  presenter

Question 1 of the Epson set is asked besides, because the six bytes have no word for "offline". Left
out: the virtual paper end, which only counts, and the notch, about whose polarity sources disagree.
The line error is no fault of the printer's: the slip's fence tells whether it arrived.
"""

from typing import Final

from drivers.printers.contract import Paper, Presenter, PrinterState
from drivers.printers.dialects.dialect import Answers, Dialect, Question, bit
from drivers.printers.dialects.epson import online

_FULL: Final = 20
_PAPER, _USER, _RECOVERABLE, _FATAL = 2, 3, 4, 5

_OUT: Final = 0x01
_NEAR_END: Final = 0x04
_HELD_OUT: Final = 0x20
_COVER_OR_HEAD_UP: Final = 0x03
_SPOOLING_OR_MOTOR: Final = 0x0C
_HEAD_HOT: Final = 0x01
_VOLTAGE: Final = 0x08
_JAM: Final = 0x40
_OTHER_RECOVERABLE: Final = 0x80
_CUTTER: Final = 0x03
_MEMORY: Final = 0x4C
_PRESENTER: Final = 0x80


def decode(answers: Answers) -> PrinterState:
    """Read the six bytes."""
    return PrinterState(
        reachable=True,
        online=online(answers),
        cover_open=bit(answers, _FULL, _COVER_OR_HEAD_UP, at=_USER),
        paper=_paper(answers),
        cutter_error=bit(answers, _FULL, _CUTTER, at=_FATAL),
        jam=bit(answers, _FULL, _JAM, at=_RECOVERABLE),
        head_hot=bit(answers, _FULL, _HEAD_HOT, at=_RECOVERABLE),
        voltage_wrong=bit(answers, _FULL, _VOLTAGE, at=_RECOVERABLE),
        fatal_error=bit(answers, _FULL, _MEMORY, at=_FATAL),
        recoverable_error=bit(answers, _FULL, _OTHER_RECOVERABLE, at=_RECOVERABLE),
        presenter=_presenter(answers),
        busy=bit(answers, _FULL, _SPOOLING_OR_MOTOR, at=_USER),
    )


def _paper(answers: Answers) -> Paper:
    out = bit(answers, _FULL, _OUT, at=_PAPER)
    if out is None:
        return Paper.UNKNOWN
    if out:
        return Paper.OUT
    return Paper.NEAR_END if bit(answers, _FULL, _NEAR_END, at=_PAPER) else Paper.OK


def _presenter(answers: Answers) -> Presenter:
    held = bit(answers, _FULL, _HELD_OUT, at=_PAPER)
    if held is None:
        return Presenter.UNKNOWN
    if bit(answers, _FULL, _PRESENTER, at=_FATAL):
        return Presenter.JAM
    return Presenter.HOLDING if held else Presenter.EMPTY


CUSTOM: Final = Dialect(
    questions=(Question(1), Question(_FULL, full=True)),
    decode=decode,
    reports_off=b"\x1da\x00\x1d\xe0\x00",
    tells_rest=True,
)
