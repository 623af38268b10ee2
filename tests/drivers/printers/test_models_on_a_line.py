"""Real bytes on a real pseudo-terminal, for each model: slips and what goes wrong with them."""

from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Protocol

import pytest

from drivers.printers.contract import (
    Paper,
    PrinterChanged,
    PrinterEvent,
    PrinterState,
    SlipFailed,
    SlipFailure,
    SlipNotTaken,
    SlipPrinted,
    SlipTaken,
)
from drivers.printers.models import find_model
from drivers.printers.thread import PrinterThread
from drivers.printers.timing import PrinterTiming
from drivers.transports.port import Port

FAST = PrinterTiming(
    poll_s=0.05,
    held_poll_s=0.05,
    answer_s=0.3,
    retry_s=0.02,
    reopen_s=0.05,
    write_s=0.3,
    fence_s=3.0,
    fence_look_s=0.05,
)
PATIENCE_S = 15.0
LONG_SLIP_LINES = 60


class Bench(Protocol):
    shelf: Path

    def open_port(self) -> Port: ...

    def order(self, words: str) -> str: ...

    def kept(self) -> list[bytes]: ...

    def complaints(self) -> list[str]: ...


class Line:
    """The driver of one model on the simulator of the same."""

    def __init__(self, bench: Bench, name: str) -> None:
        self.bench = bench
        self.model = find_model(name)
        self._events: SimpleQueue[PrinterEvent] = SimpleQueue()
        self.thread = PrinterThread(
            bench.open_port, self._events.put, model=self.model, timing=FAST
        )
        self.thread.start()
        self.until(lambda state: state.can_print)

    def next(self) -> PrinterEvent:
        try:
            return self._events.get(timeout=PATIENCE_S)
        except Empty:
            pytest.fail("the printer posted nothing")

    def until(self, wanted: Callable[[PrinterState], bool]) -> None:
        while True:
            event = self.next()
            if isinstance(event, PrinterChanged) and wanted(event.state):
                return

    def print(self, slip: int) -> SlipPrinted | SlipFailed:
        page = b"\x1b@\x1bt" + bytes([self.model.code_page])
        lines = ("Квитанция".encode(self.model.encoding) + b"\n") * LONG_SLIP_LINES
        end = b"\x1bd" + bytes([self.model.feed_lines]) + self.model.finish
        self.thread.print_slip(slip, page + lines + end)
        while True:
            event = self.next()
            if not isinstance(event, PrinterChanged | SlipTaken | SlipNotTaken):
                return event


# The others differ from the generic one in pages and widths only; `test_host` has them all.
MODELS = (
    "generic_epson",
    "custom_vkp80ii",
    "custom_vkp80iii",
    "custom_tg2480",
    "citizen_ppu700",
)


@pytest.fixture(params=MODELS)
def line(request: pytest.FixtureRequest, bench_of: Callable[[str], Bench]) -> Iterator[Line]:
    made = Line(bench_of(request.param), request.param)
    yield made
    assert made.thread.stop()
    assert made.bench.complaints() == []


def test_slips_come_out_and_every_trouble_is_told_and_heals(line: Line) -> None:
    """One life of a printer, so that the process is started once for each model."""
    order = line.bench.order
    assert line.print(1) == SlipPrinted(slip=1)
    assert len(line.bench.kept()) == 1

    order("cover open")
    line.until(lambda state: state.cover_open is True)
    assert line.print(2) == SlipFailed(slip=2, why=SlipFailure.NOT_READY, sent=False)
    order("cover close")
    line.until(lambda state: state.can_print)

    order("silence on")
    line.until(lambda state: not state.reachable)
    order("silence off")
    line.until(lambda state: state.can_print)

    order("garbage on")
    line.until(lambda state: not state.can_print)
    order("garbage off")
    line.until(lambda state: state.can_print)

    order("power off")
    line.until(lambda state: not state.reachable)
    order("power on")
    line.until(lambda state: state.can_print)

    order("xoff")
    assert line.print(3) == SlipFailed(slip=3, why=SlipFailure.WRITE_TIMED_OUT, sent=False)
    order("xon")

    order("paper left 20")
    assert line.print(4) == SlipFailed(slip=4, why=SlipFailure.NOT_CONFIRMED, sent=True)
    order("paper in")
    line.until(lambda state: state.paper is Paper.OK and state.can_print)
    assert line.print(5) == SlipPrinted(slip=5)
    # The first, what was left of the fourth, the cut behind it, and the fifth.
    assert len(line.bench.kept()) == 4
