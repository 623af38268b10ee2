"""What a dialect is: the questions that make one look at a printer, and how the answers are read.

Implements the form of `DLE EOT n` (facts sheet receipts §2.1): one byte back, even when the printer
is busy or offline, in which bits 0 and 7 are always clear, bits 1 and 4 always set. A byte that
breaks this is no answer. A missing answer is never good news.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from drivers.printers.contract import PrinterState

_DLE_EOT: Final = b"\x10\x04"
_FIXED_BITS: Final = 0x93
_FIXED_VALUE: Final = 0x12
FULL_HEAD: Final = b"\x10\x0f"
FULL_LENGTH: Final = 6


@dataclass(frozen=True, slots=True)
class Question:
    """`DLE EOT number`; `full` when six bytes come back instead of one."""

    number: int
    full: bool = False

    @property
    def order(self) -> bytes:
        """The bytes that ask."""
        return _DLE_EOT + bytes([self.number])


Answers = Mapping[int, bytes]
"""Valid answers by the number of the question; a question without one has no entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """One way of telling the state.

    Attributes:
        questions: what is asked, in order.
        decode: reads the answers; only ever given valid ones.
        reports_off: bytes that switch unasked reports off.
        recovers: whether `DLE ENQ` is known to it; to another make it would be three strange bytes.
        tells_rest: whether motor, knife and presenter show in the state.
    """

    questions: tuple[Question, ...]
    decode: Callable[[Answers], PrinterState]
    reports_off: bytes
    recovers: bool = False
    tells_rest: bool = False


def is_status_answer(byte: int) -> bool:
    """True when the fixed bits of `byte` are those of an answer to `DLE EOT`."""
    return byte & _FIXED_BITS == _FIXED_VALUE


def is_answer(question: Question, data: bytes) -> bool:
    """True when `data` has the form of an answer to this question."""
    if question.full:
        return len(data) == FULL_LENGTH and data.startswith(FULL_HEAD)
    return len(data) == 1 and is_status_answer(data[0])


def look(dialect: Dialect, heard: Answers) -> PrinterState:
    """The state that these answers tell, valid or not."""
    valid = {
        question.number: heard[question.number]
        for question in dialect.questions
        if question.number in heard and is_answer(question, heard[question.number])
    }
    raw = " ".join(
        heard[question.number].hex(" ").upper() if question.number in heard else "--"
        for question in dialect.questions
    )
    if not valid:
        return PrinterState(reachable=False, raw=raw)
    state = dialect.decode(valid)
    complete = len(valid) == len(dialect.questions)
    return replace(state, raw=raw, online=state.online if complete else None)


def bit(answers: Answers, number: int, mask: int, *, at: int = 0) -> bool | None:
    """Whether any bit of `mask` is set in byte `at` of that answer; None without an answer."""
    return bool(answers[number][at] & mask) if number in answers else None


def either(*found: bool | None) -> bool | None:
    """Yes when one says yes, no when all say no, else unknown."""
    if True in found:
        return True
    return None if None in found else False
