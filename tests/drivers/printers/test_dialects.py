"""Every byte value, for every question of every dialect."""

from collections.abc import Callable

import pytest

from drivers.printers.contract import Paper, Presenter, PrinterState
from drivers.printers.dialects import Dialect, Question, dialect_of
from drivers.printers.dialects.dialect import is_status_answer, look
from drivers.printers.models import StatusDialect

BYTES = range(256)
IDLE_FULL = bytes([0x10, 0x0F, 0, 0, 0, 0])
EPSON = dialect_of(StatusDialect.EPSON)
CUSTOM = dialect_of(StatusDialect.CUSTOM)
CITIZEN = dialect_of(StatusDialect.CITIZEN_PPU)
DIALECTS = {name: dialect_of(name) for name in StatusDialect}


def idle(dialect: Dialect) -> dict[int, bytes]:
    return {one.number: IDLE_FULL if one.full else b"\x12" for one in dialect.questions}


def seen(dialect: Dialect, number: int, byte: int) -> PrinterState:
    return look(dialect, {**idle(dialect), number: bytes([byte])})


def full(at: int, byte: int) -> PrinterState:
    data = bytearray(IDLE_FULL)
    data[at] = byte
    return look(CUSTOM, {**idle(CUSTOM), 20: bytes(data)})


def test_question_is_dle_eot_with_its_number() -> None:
    assert Question(3).order == b"\x10\x04\x03"
    assert Question(20, full=True).order == b"\x10\x04\x14"


def test_an_answer_has_its_fixed_bits() -> None:
    for byte in BYTES:
        bits = [bool(byte >> place & 1) for place in range(8)]
        expected = not bits[0] and bits[1] and bits[4] and not bits[7]
        assert is_status_answer(byte) == expected


@pytest.mark.parametrize("name", StatusDialect)
def test_an_idle_printer_can_print(name: StatusDialect) -> None:
    state = look(DIALECTS[name], idle(DIALECTS[name]))
    assert state.can_print
    assert (state.online, state.paper) == (True, Paper.OK)
    assert not state.has_fault
    assert state.raw


@pytest.mark.parametrize("name", StatusDialect)
def test_no_valid_answer_is_not_reachable(name: StatusDialect) -> None:
    dialect = DIALECTS[name]
    assert look(dialect, {}) == PrinterState(
        reachable=False, raw=" ".join("--" for _ in dialect.questions)
    )
    assert not look(dialect, {one.number: b"\x10" for one in dialect.questions}).reachable


@pytest.mark.parametrize("name", StatusDialect)
def test_a_missing_answer_is_never_good_news(name: StatusDialect) -> None:
    dialect = DIALECTS[name]
    for question in dialect.questions:
        answers = {n: data for n, data in idle(dialect).items() if n != question.number}
        state = look(dialect, answers)
        assert state.online is None
        assert not state.can_print


def test_what_a_dialect_cannot_say_is_unknown_and_no_fault() -> None:
    state = look(EPSON, idle(EPSON))
    assert (state.jam, state.head_hot, state.busy) == (None, None, None)
    assert state.presenter is Presenter.UNKNOWN
    assert state.can_print


@pytest.mark.parametrize("name", StatusDialect)
def test_no_byte_in_any_answer_makes_a_sick_printer_well(name: StatusDialect) -> None:
    """Every byte but the known healthy ones: with it the printer cannot print, or as before."""
    for byte in BYTES:
        dialect = DIALECTS[name]
        for question in dialect.questions:
            if question.full:
                continue
            state = seen(dialect, question.number, byte)
            if not is_status_answer(byte):
                assert not state.can_print
                assert state.online is None


@pytest.mark.parametrize("name", StatusDialect)
def test_every_printer_byte(name: StatusDialect) -> None:
    for byte in BYTES:
        state = seen(DIALECTS[name], 1, byte)
        assert (state.online is True) == (is_status_answer(byte) and not byte & 0x08)
        assert state.reachable


def test_every_epson_offline_cause() -> None:
    for byte in BYTES:
        state = seen(EPSON, 2, byte)
        valid = is_status_answer(byte)
        assert (state.online is True) == valid
        assert (state.cover_open is True) == (valid and bool(byte & 0x04))
        assert (state.cover_open is None) == (not valid)
        assert (state.paper is Paper.OUT) == (valid and bool(byte & 0x20))
        assert (state.recoverable_error is True) == (valid and bool(byte & 0x40))


def test_every_epson_error_byte() -> None:
    for byte in BYTES:
        state = seen(EPSON, 3, byte)
        valid = is_status_answer(byte)
        assert (state.cutter_error is True) == (valid and bool(byte & 0x08))
        assert (state.fatal_error is True) == (valid and bool(byte & 0x20))
        assert (state.recoverable_error is True) == (valid and bool(byte & 0x44))
        assert state.can_print == (byte == 0x12)


def test_every_epson_paper_byte() -> None:
    for byte in BYTES:
        state = seen(EPSON, 4, byte)
        if not is_status_answer(byte):
            expected = Paper.UNKNOWN
        elif byte & 0x60:
            expected = Paper.OUT
        else:
            expected = Paper.NEAR_END if byte & 0x0C else Paper.OK
        assert state.paper is expected
        assert state.can_print == (expected in (Paper.OK, Paper.NEAR_END))


def test_an_error_that_is_named_is_not_also_unnamed() -> None:
    state = look(EPSON, {**idle(EPSON), 2: b"\x52", 3: b"\x1a"})
    assert (state.cutter_error, state.recoverable_error) == (True, False)


CUSTOM_BITS: dict[tuple[int, int], Callable[[PrinterState], bool]] = {
    (2, 0x01): lambda state: state.paper is Paper.OUT,
    (2, 0x20): lambda state: state.presenter is Presenter.HOLDING,
    (3, 0x03): lambda state: state.cover_open is True,
    (3, 0x0C): lambda state: state.busy is True,
    (4, 0x01): lambda state: state.head_hot is True,
    (4, 0x08): lambda state: state.voltage_wrong is True,
    (4, 0x40): lambda state: state.jam is True,
    (4, 0x80): lambda state: state.recoverable_error is True,
    (5, 0x03): lambda state: state.cutter_error is True,
    (5, 0x4C): lambda state: state.fatal_error is True,
    (5, 0x80): lambda state: state.presenter is Presenter.JAM,
}


@pytest.mark.parametrize("at", range(2, 6))
def test_every_byte_of_the_full_answer(at: int) -> None:
    for byte in BYTES:
        state = full(at, byte)
        for (place, mask), says in CUSTOM_BITS.items():
            assert says(state) == (place == at and bool(byte & mask))
        near = at == 2 and bool(byte & 0x04) and not byte & 0x01
        assert (state.paper is Paper.NEAR_END) == near


@pytest.mark.parametrize("at", range(2))
def test_a_full_answer_with_another_head_is_none(at: int) -> None:
    for byte in BYTES:
        assert (full(at, byte).online is True) == (byte == IDLE_FULL[at])


@pytest.mark.parametrize("length", [0, 1, 4, 5, 7])
def test_a_full_answer_has_six_bytes(length: int) -> None:
    data = (IDLE_FULL + b"\0")[:length]
    assert look(CUSTOM, {1: b"\x12", 20: data}).online is None


@pytest.mark.parametrize(
    ("byte", "harmless"), [(0x40, "virtual paper end"), (0x80, "notch"), (0x10, "unused")]
)
def test_what_custom_only_counts_or_is_disputed_stops_nothing(byte: int, harmless: str) -> None:
    assert full(2, byte).can_print, harmless


@pytest.mark.parametrize("byte", [one for one in BYTES if is_status_answer(one)])
def test_every_citizen_answer(byte: int) -> None:
    error, paper = seen(CITIZEN, 3, byte), seen(CITIZEN, 4, byte)
    machine, fault = seen(CITIZEN, 5, byte), seen(CITIZEN, 6, byte)
    assert (error.jam, error.cutter_error) == (bool(byte & 0x04), bool(byte & 0x08))
    assert (paper.paper is Paper.OUT) == bool(byte & 0x20)
    assert (paper.presenter is Presenter.HOLDING) == bool(byte & 0x40)
    assert (machine.cover_open, machine.head_hot) == (bool(byte & 0x04), bool(byte & 0x08))
    assert machine.voltage_wrong == bool(byte & 0x60)
    assert fault.fatal_error == bool(byte & 0x4C)
    assert (fault.presenter is Presenter.JAM) == bool(byte & 0x20)


def test_a_citizen_that_holds_a_slip_has_paper_and_one_bit_of_paper_end_is_enough() -> None:
    assert seen(CITIZEN, 4, 0x52).can_print
    assert seen(CITIZEN, 4, 0x32).paper is Paper.OUT
    assert seen(EPSON, 4, 0x32).paper is Paper.OUT
