"""One open port: asking, holding back, fencing. Time is scripted."""

from collections.abc import Callable

import pytest

from drivers.printers.contract import Paper
from drivers.printers.link import PrinterLink, PrinterTiming, WriteTimedOutError
from drivers.printers.session import FENCE, FenceByte

TIMING = PrinterTiming()


class ScriptedPort:
    """Answers by a function from written bytes to bytes; silence costs scripted time."""

    def __init__(self, answer: Callable[[bytes], bytes], leftover: bytes = b"") -> None:
        self.now = 0.0
        self.written: list[bytes] = []
        self._answer = answer
        self._ready = bytearray(leftover)

    def clock(self) -> float:
        return self.now

    def read(self, timeout_s: float) -> bytes:
        if not self._ready:
            self.now += timeout_s
        data = bytes(self._ready)
        self._ready.clear()
        return data

    def write(self, data: bytes) -> None:
        self.written.append(data)
        self._ready += self._answer(data)

    def close(self) -> None:
        raise AssertionError("a link is closed by its owner only")


def link_to(port: ScriptedPort) -> PrinterLink:
    return PrinterLink(port, port.clock, TIMING)


def idle(data: bytes) -> bytes:
    return b"\x12" if data.startswith(b"\x10\x04") else b""


def test_leftovers_are_never_read_as_todays_state() -> None:
    port = ScriptedPort(lambda _: b"", leftover=b"\x12\x12\x12\x12")
    assert link_to(port).look() is None


def test_a_look_asks_all_four_questions() -> None:
    port = ScriptedPort(idle)
    state = link_to(port).look()
    assert state is not None
    assert state.can_print
    assert port.written == [b"\x10\x04\x01", b"\x10\x04\x02", b"\x10\x04\x03", b"\x10\x04\x04"]


def test_flow_control_and_reports_around_an_answer_are_dropped() -> None:
    def noisy(data: bytes) -> bytes:
        return b"\x11\x14\x00\x00\x00" + (b"\x1e" if data[-1] == 4 else b"\x12")

    state = link_to(ScriptedPort(noisy)).look()
    assert state is not None
    assert state.paper is Paper.NEAR_END


def test_a_silent_printer_costs_one_answer_time() -> None:
    port = ScriptedPort(lambda _: b"")
    assert link_to(port).look() is None
    assert port.now == pytest.approx(TIMING.answer_s + TIMING.quiet_s)


def test_a_closed_buffer_stops_the_slip() -> None:
    port = ScriptedPort(lambda _: b"\x13")
    link = link_to(port)
    with pytest.raises(WriteTimedOutError):
        link.write_slip(bytes(1000))
    assert len(port.written) == 1
    assert link.paused_s >= TIMING.write_s


def test_a_slip_goes_in_chunks() -> None:
    port = ScriptedPort(lambda _: b"")
    link_to(port).write_slip(bytes(600))
    assert [len(chunk) for chunk in port.written] == [256, 256, 88]


def test_fence_takes_only_its_own_answer() -> None:
    port = ScriptedPort(lambda data: b"\x12\x13\x11\x03" if data == FENCE else b"")
    assert link_to(port).fence() == FenceByte(3)


def test_fence_gives_up_at_its_limit() -> None:
    port = ScriptedPort(lambda _: b"\x12")
    assert link_to(port).fence() is None
    assert port.now >= TIMING.fence_s


def test_late_fences_are_drained() -> None:
    port = ScriptedPort(lambda data: b"\x00\x00" if data == FENCE else b"")
    link = link_to(port)
    assert link.drain_old_fences()
    assert port.read(0.0) == b""


def test_a_new_slip_has_sent_nothing_yet() -> None:
    link = link_to(ScriptedPort(lambda _: b""))
    link.write_slip(b"a")
    assert link.slip_begun
    link.new_slip()
    assert not link.slip_begun
