"""The printer's thread against the simulated printer, over a real pseudo-terminal."""

import time
from collections.abc import Callable, Iterator
from queue import Empty, SimpleQueue
from typing import Protocol

import pytest
import structlog
from structlog.testing import capture_logs

from drivers.printers.contract import (
    Paper,
    PrinterChanged,
    PrinterEvent,
    PrinterState,
    SlipFailed,
    SlipFailure,
    SlipPrinted,
)
from drivers.printers.thread import PrinterThread
from drivers.printers.timing import PrinterTiming
from drivers.transports.port import Port, TransportError

SLIP = b"\x1b@\x1bt\x11\x8f\xe0\xa8\xa2\xa5\xe2\n\x1bd\x04\x1dV\x00"
FAST = PrinterTiming(
    poll_s=0.1,
    answer_s=0.5,
    retry_s=0.05,
    reopen_s=0.05,
    write_s=1.0,
    fence_s=2.0,
    fence_look_s=0.1,
)
PATIENCE_S = 10.0


class Bench(Protocol):
    def open_port(self) -> Port: ...

    def order(self, words: str) -> str: ...

    def kept(self) -> list[bytes]: ...


class Watched:
    """A running printer thread and the events that it posts."""

    def __init__(self, bench: Bench) -> None:
        self._events: SimpleQueue[PrinterEvent] = SimpleQueue()
        self.thread = PrinterThread(bench.open_port, self._events.put, timing=FAST)
        self.thread.start()

    def next(self) -> PrinterEvent:
        try:
            return self._events.get(timeout=PATIENCE_S)
        except Empty:
            pytest.fail("the printer posted nothing")

    def until_state(self, wanted: Callable[[PrinterState], bool]) -> PrinterState:
        while True:
            event = self.next()
            if isinstance(event, PrinterChanged) and wanted(event.state):
                return event.state

    def until_slip(self) -> SlipPrinted | SlipFailed:
        while True:
            event = self.next()
            if not isinstance(event, PrinterChanged):
                return event


@pytest.fixture
def printer(bench: Bench) -> Iterator[Watched]:
    watched = Watched(bench)
    yield watched
    assert watched.thread.stop()


def test_the_first_state_is_posted_at_once(printer: Watched) -> None:
    event = printer.next()
    assert isinstance(event, PrinterChanged)
    assert event.state.can_print


def test_a_slip_is_printed_and_confirmed(printer: Watched, bench: Bench) -> None:
    printer.thread.print_slip(17, SLIP)
    assert printer.until_slip() == SlipPrinted(slip=17)
    assert bench.kept() == [SLIP]


def test_slips_come_out_in_order(printer: Watched) -> None:
    for slip in (1, 2, 3):
        printer.thread.print_slip(slip, SLIP)
    assert [printer.until_slip() for _ in range(3)] == [SlipPrinted(slip=n) for n in (1, 2, 3)]


@pytest.mark.parametrize(
    ("order", "seen"),
    [
        ("paper out", lambda state: state.paper is Paper.OUT),
        ("cover open", lambda state: state.cover_open),
        ("cutter error", lambda state: state.cutter_error),
    ],
)
def test_a_printer_that_cannot_print_gets_nothing(
    printer: Watched, bench: Bench, order: str, seen: Callable[[PrinterState], bool]
) -> None:
    printer.until_state(lambda state: state.can_print)
    bench.order(order)
    assert not printer.until_state(seen).can_print
    printer.thread.print_slip(5, SLIP)
    assert printer.until_slip() == SlipFailed(slip=5, why=SlipFailure.NOT_READY, sent=False)
    bench.order("clear")
    printer.until_state(lambda state: state.can_print)
    printer.thread.print_slip(6, SLIP)
    assert printer.until_slip() == SlipPrinted(slip=6)
    assert bench.kept() == [SLIP]


def test_near_end_is_told_and_still_prints(printer: Watched, bench: Bench) -> None:
    bench.order("near end")
    assert printer.until_state(lambda state: state.paper is Paper.NEAR_END).can_print
    printer.thread.print_slip(7, SLIP)
    assert printer.until_slip() == SlipPrinted(slip=7)


def test_silence_is_not_reachable_and_heals(printer: Watched, bench: Bench) -> None:
    printer.until_state(lambda state: state.can_print)
    bench.order("silence on")
    printer.until_state(lambda state: not state.reachable)
    printer.thread.print_slip(8, SLIP)
    assert printer.until_slip() == SlipFailed(slip=8, why=SlipFailure.NOT_REACHABLE, sent=False)
    bench.order("silence off")
    printer.until_state(lambda state: state.can_print)


def test_paper_that_ends_within_a_slip_is_not_confirmed(printer: Watched, bench: Bench) -> None:
    printer.until_state(lambda state: state.can_print)
    bench.order("paper left 3")
    printer.thread.print_slip(9, SLIP)
    printer.until_state(lambda state: state.paper is Paper.OUT)
    assert printer.until_slip() == SlipFailed(slip=9, why=SlipFailure.NOT_CONFIRMED, sent=True)


def test_a_late_confirmation_is_not_taken_for_the_next_slip(printer: Watched, bench: Bench) -> None:
    printer.until_state(lambda state: state.can_print)
    bench.order("paper left 3")
    printer.thread.print_slip(10, SLIP)
    assert isinstance(printer.until_slip(), SlipFailed)
    bench.order("paper in")
    until(lambda: len(bench.kept()) == 2)  # what was left came out and was cut off
    bench.order("paper left 3")
    printer.thread.print_slip(11, SLIP)
    assert printer.until_slip() == SlipFailed(slip=11, why=SlipFailure.NOT_CONFIRMED, sent=True)


def test_a_pulled_cable_is_seen_and_comes_back_by_itself(printer: Watched, bench: Bench) -> None:
    printer.until_state(lambda state: state.can_print)
    bench.order("unplug")
    printer.until_state(lambda state: not state.reachable)
    printer.thread.print_slip(12, SLIP)
    assert printer.until_slip() == SlipFailed(slip=12, why=SlipFailure.NOT_REACHABLE, sent=False)
    bench.order("plug")
    printer.until_state(lambda state: state.can_print)
    printer.thread.print_slip(13, SLIP)
    assert printer.until_slip() == SlipPrinted(slip=13)


def test_a_printer_that_is_absent_at_start_is_told_once(bench: Bench) -> None:
    bench.order("unplug")
    watched = Watched(bench)
    assert watched.next() == PrinterChanged(state=PrinterState(reachable=False))
    bench.order("plug")
    assert isinstance(watched.next(), PrinterChanged)
    assert watched.thread.stop()


def test_a_full_buffer_times_the_slip_out(printer: Watched, bench: Bench) -> None:
    printer.until_state(lambda state: state.can_print)
    bench.order("xoff")
    printer.thread.print_slip(14, SLIP)
    assert printer.until_slip() == SlipFailed(slip=14, why=SlipFailure.WRITE_TIMED_OUT, sent=False)


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.002)


def test_a_missing_printer_is_logged_once_with_port_and_reason() -> None:
    tries: list[int] = []

    def open_port() -> Port:
        tries.append(1)
        text = "COM1: not there" if len(tries) < 5 else "COM1: permission denied"
        raise TransportError(text)

    with capture_logs() as logs:
        thread = PrinterThread(open_port, lambda _: None, timing=FAST)
        thread.start()
        until(lambda: len(tries) >= 8)
        assert thread.stop()
    lost = [log["error"] for log in logs if log["event"] == "printer_line_lost"]
    assert lost == ["COM1: not there", "COM1: permission denied"]


def test_a_line_that_is_lost_again_is_logged_again(bench: Bench) -> None:
    with capture_logs() as logs:
        watched = Watched(bench)
        for _ in range(2):
            watched.until_state(lambda state: state.can_print)
            bench.order("unplug")
            watched.until_state(lambda state: not state.reachable)
            bench.order("plug")
        watched.until_state(lambda state: state.can_print)
        assert watched.thread.stop()
    lost = [log for log in logs if log["event"] == "printer_line_lost"]
    assert len(lost) >= 2


@pytest.fixture
def full_log() -> Iterator[None]:
    """A log on a full disk: every line raises."""

    def fail(*_: object) -> structlog.typing.EventDict:
        raise OSError("no space left on device")

    kept = structlog.get_config()
    structlog.configure(processors=[fail])
    yield
    structlog.configure(**kept)


@pytest.mark.usefixtures("full_log")
def test_a_log_that_cannot_be_written_ends_nothing(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_port, bugs = bench.open_port, ["a bug"]

    def open_with_a_bug() -> Port:
        if bugs:
            raise RuntimeError(bugs.pop())
        return open_port()

    monkeypatch.setattr(bench, "open_port", open_with_a_bug)
    watched = Watched(bench)
    watched.until_state(lambda state: not state.reachable)
    watched.until_state(lambda state: state.can_print)
    watched.thread.print_slip(15, SLIP)
    assert watched.until_slip() == SlipPrinted(slip=15)
    assert watched.thread.stop()
