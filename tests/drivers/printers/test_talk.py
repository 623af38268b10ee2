"""The conversation itself: what comes late is not taken for something else."""

import pytest

from drivers.printers.dialects import dialect_of
from drivers.printers.models import StatusDialect
from drivers.printers.talk import PrinterTalk
from drivers.printers.timing import PrinterTiming


def test_a_late_full_answer_is_not_the_answer_of_the_fence() -> None:
    talk = PrinterTalk(dialect_of(StatusDialect.CUSTOM), PrinterTiming())
    looking = talk.look()
    talk.now = next(looking)
    next(looking)
    assert talk.data_to_send() == b"\x10\x04\x01", "the question before the full one"
    talk.heard(bytes.fromhex("10 0F 00 00 00 00"))  # belongs to the look before this
    waiting = talk.fence(0.0)
    with pytest.raises(StopIteration) as ended:
        next(waiting)
    assert ended.value.value is None
