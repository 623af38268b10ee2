"""The simulated printer is strict, and honest about its faults."""

import pytest

from drivers.printers.contract import Paper
from kiosk.receipts.model import Align
from simulation.printer.device import SimulatedPrinter
from simulation.printer.paper import Cut, Fed, PaperSlip, PrintedLine, PrintedQr, Span

CUT = b"\x1dV\x00"
FENCE = b"\x1dr\x01"


def printed(data: bytes) -> PaperSlip:
    printer = SimulatedPrinter()
    printer.receive(data + CUT)
    (slip,) = printer.take_slips()
    return slip


def test_text_comes_out_in_its_style() -> None:
    slip = printed(b"\x1bt\x11\x1ba\x01\x1b!\x30\x1bE\x01\x84\xa0\n")
    line = PrintedLine(
        spans=(Span(text="Да", bold=True, wide=True, tall=True),), align=Align.CENTER
    )
    assert slip.marks == (line, Cut(partial=False))
    assert slip.complaints == ()


def test_russian_without_its_page_is_garbage_as_on_a_real_printer() -> None:
    (line, _) = printed(b"\x84\xa0\n").marks
    assert isinstance(line, PrintedLine)
    assert line.spans[0].text == "äá"


def test_reset_forgets_the_page() -> None:
    (line, _) = printed(b"\x1bt\x11\x1b@\x84\n").marks
    assert isinstance(line, PrintedLine)
    assert line.spans[0].text == "ä"


def test_native_qr_is_read() -> None:
    qr = (
        b"\x1d(k\x04\x001A2\x00\x1d(k\x03\x001C\x06\x1d(k\x03\x001E1"
        b"\x1d(k\x05\x001P0hi\x1d(k\x03\x001Q0"
    )
    code = PrintedQr(payload="hi", module=6, correction="M", align=Align.LEFT)
    assert printed(qr).marks == (code, Cut(partial=False))


@pytest.mark.parametrize(
    "bad",
    [
        b"\x00",
        b"\x07",
        b"\x7f",
        b"\x1bZ",
        b"\x1bt\x63",
        b"\x1b!\x01",
        b"\x1ba\x07",
        b"x\x1ba\x01\n",
        b"x" * 49 + b"\n",
        b"\x1dV\x42",
        b"x" + CUT + b"\n",
        b"\x1dr\x02",
        b"\x1d(k\x03\x001Q0",
        b"\x1d(L\x02\x00\x00\x00",
        b"x\x1b@",
        b"\x10\x04\x09",
        b"\x10\x11",
    ],
)
def test_what_no_slip_may_hold_is_a_complaint(bad: bytes) -> None:
    printer = SimulatedPrinter()
    printer.receive(bad)
    assert printer.complaints


def test_bytes_may_come_one_by_one() -> None:
    data = b"\x1b@\x1bt\x11\x8f\xe0\n\x1bd\x02" + CUT
    printer = SimulatedPrinter()
    for byte in data:
        printer.receive(bytes([byte]))
    (slip,) = printer.take_slips()
    assert slip.data == data
    assert slip.marks[1:] == (Fed(lines=2), Cut(partial=False))
    assert printer.complaints == []


def test_questions_are_no_part_of_a_slip() -> None:
    slip = printed(b"\x1da\x00\x10\x04\x01a\n" + FENCE)
    assert slip.data == b"a\n" + CUT


def test_real_time_questions_are_answered_while_nothing_prints() -> None:
    printer = SimulatedPrinter()
    printer.faults.paper = Paper.OUT
    answers = printer.receive(b"a\n" + FENCE + b"\x10\x04\x01\x10\x04\x02\x10\x04\x03\x10\x04\x04")
    assert answers == b"\x1a\x32\x12\x7e"


def test_a_stopped_slip_comes_out_when_paper_returns() -> None:
    printer = SimulatedPrinter()
    printer.faults.lines_left = 1
    assert printer.receive(b"a\nb\n" + CUT + FENCE) == b""
    assert printer.take_slips() == []
    printer.faults.paper = Paper.OK
    assert printer.proceed() == b"\x00"
    assert len(printer.take_slips()) == 1


def test_recovery_may_throw_the_stopped_slip_away() -> None:
    printer = SimulatedPrinter()
    printer.faults.cutter_error = True
    printer.receive(b"a\n" + CUT)
    printer.receive(b"\x10\x05\x02")
    assert printer.take_slips() == []
    assert printer.online


def test_a_silent_printer_answers_nothing_but_prints() -> None:
    printer = SimulatedPrinter()
    printer.faults.silent = True
    assert printer.receive(b"\x10\x04\x01a\n" + CUT + FENCE) == b""
    assert len(printer.take_slips()) == 1


def test_near_end_shows_in_both_answers() -> None:
    printer = SimulatedPrinter()
    printer.faults.paper = Paper.NEAR_END
    assert printer.receive(b"\x10\x04\x04" + FENCE) == b"\x1e\x03"
