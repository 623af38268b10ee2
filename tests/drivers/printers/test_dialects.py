"""Every byte value, for every question."""

import pytest

from drivers.printers.contract import Paper, PrinterState
from drivers.printers.status import StatusQuery, decode_status, is_status_answer, query_bytes

IDLE = dict.fromkeys(StatusQuery, 0x12)


def seen(query: StatusQuery, byte: int) -> PrinterState:
    return decode_status({**IDLE, query: byte})


@pytest.mark.parametrize("query", StatusQuery)
def test_question_is_dle_eot_with_its_number(query: StatusQuery) -> None:
    assert query_bytes(query) == bytes([0x10, 0x04, query.value])


@pytest.mark.parametrize("byte", range(256))
def test_an_answer_has_its_fixed_bits(byte: int) -> None:
    bits = [bool(byte >> place & 1) for place in range(8)]
    expected = not bits[0] and bits[1] and bits[4] and not bits[7]
    assert is_status_answer(byte) == expected


def test_an_idle_printer_can_print() -> None:
    state = decode_status(IDLE)
    assert state == PrinterState(reachable=True, online=True, paper=Paper.OK, raw="12 12 12 12")
    assert state.can_print


@pytest.mark.parametrize("byte", range(256))
def test_every_printer_byte(byte: int) -> None:
    state = seen(StatusQuery.PRINTER, byte)
    assert state.online == (is_status_answer(byte) and not byte & 0x08)
    assert state.reachable


@pytest.mark.parametrize("byte", range(256))
def test_every_offline_cause_byte(byte: int) -> None:
    state = seen(StatusQuery.OFFLINE_CAUSE, byte)
    valid = is_status_answer(byte)
    assert state.online == valid
    assert state.cover_open == (valid and bool(byte & 0x04))
    assert (state.paper is Paper.OUT) == (valid and bool(byte & 0x20))
    assert state.recoverable_error == (valid and bool(byte & 0x40))


@pytest.mark.parametrize("byte", range(256))
def test_every_error_byte(byte: int) -> None:
    state = seen(StatusQuery.ERROR, byte)
    valid = is_status_answer(byte)
    assert state.online == valid
    assert state.cutter_error == (valid and bool(byte & 0x08))
    assert state.fatal_error == (valid and bool(byte & 0x20))
    assert state.recoverable_error == (valid and bool(byte & 0x44))
    assert state.can_print == (byte == 0x12)


@pytest.mark.parametrize("byte", range(256))
def test_every_paper_byte(byte: int) -> None:
    state = seen(StatusQuery.PAPER, byte)
    if not is_status_answer(byte):
        expected = Paper.UNKNOWN
    elif byte & 0x60:
        expected = Paper.OUT
    else:
        expected = Paper.NEAR_END if byte & 0x0C else Paper.OK
    assert state.paper is expected
    assert state.can_print == (expected in (Paper.OK, Paper.NEAR_END))


def test_no_valid_answer_is_not_reachable() -> None:
    assert not decode_status({}).reachable
    assert decode_status(dict.fromkeys(StatusQuery, 0x10)) == PrinterState(
        reachable=False, raw="10 10 10 10"
    )


@pytest.mark.parametrize("query", StatusQuery)
def test_a_missing_answer_is_never_good_news(query: StatusQuery) -> None:
    answers = {asked: byte for asked, byte in IDLE.items() if asked is not query}
    assert not decode_status(answers).can_print


def test_an_error_that_is_named_is_not_also_unnamed() -> None:
    cutter = {**IDLE, StatusQuery.OFFLINE_CAUSE: 0x52, StatusQuery.ERROR: 0x1A}
    state = decode_status(cutter)
    assert (state.cutter_error, state.recoverable_error) == (True, False)
